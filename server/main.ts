import { createApp } from './app.ts';
import { auditExports } from './audit/exports.ts';
import { auditLooks } from './audit/looks.ts';
import { watchRoles } from './audit/role-changes.ts';
import { createLocalBus } from './bus/local.ts';
import type { Centre } from './centre/centre.ts';
import { createLiveCentre } from './centre/live-centre.ts';
import { demoCentre } from './centre/load-centre.ts';
import { loadInThread } from './centre/load-in-thread.ts';
import { createReload, type Reloaded } from './centre/reload.ts';
import { systemClock } from './clock.ts';
import { banner } from './commands/banner.ts';
import { claimDataDirectory, databaseIn, filesIn, indexIn } from './commands/data-directory.ts';
import { forgetTheOld } from './commands/forget-the-old.ts';
import { listen } from './commands/listen.ts';
import { loggedReload } from './commands/logged-reload.ts';
import { obeySignals } from './commands/obey-signals.ts';
import { openStore } from './commands/open-store.ts';
import { orExit } from './commands/or-exit.ts';
import { builtWidget, demoPages } from './commands/paths.ts';
import { readCentre } from './commands/read-centre.ts';
import { openFiles } from './files/open-files.ts';
import { createShown } from './files/shown.ts';
import { createLog, type Log, readableStream } from './log.ts';
import { createMetrics } from './metrics/metrics.ts';
import { createPeople } from './people/people.ts';
import { queuesOf } from './routing/steps.ts';
import { startSearch } from './search/search.ts';
import { isDemoOpen, readSettings, type Settings } from './settings.ts';
import { type Spine, startSpine } from './start-spine.ts';
import { createPrinter } from './transcript/printer.ts';

export type Running = {
  readonly port: number;
  /** As this machine reaches it. */
  readonly url: string;
  readonly centre: Centre;
  /** Reads the centre's file anew; what it says of it is in the log. */
  readonly reload: () => Promise<Reloaded>;
  /** Takes no more work, finishes what is under way, closes from the doors inwards. */
  readonly close: () => Promise<void>;
};

/** Sockets and answers under way get so long to end; the whole closing takes less than 5 s. */
const CLOSE_MS = 2_000;

/**
 * Starts everything, the port first: who finds it taken has touched nothing yet. Rejects with
 * StartError when something is in the way, and leaves nothing behind.
 */
export async function startServer(
  settings: Settings,
  log: Log = createLog(settings.logLevel),
): Promise<Running> {
  const live = createLiveCentre(await readCentre(settings));
  const { centre } = live;
  const http = await listen(settings);
  const metrics = createMetrics((queue) => centre.queuePolicy(queue)?.targetMs ?? null);
  const rooms: (() => unknown)[] = [];
  let spine: Spine | null = null;
  let closing = false;
  const onBug = (error: unknown) => log.error({ error }, 'the demo’s password was not given');
  const onUnnoted = (error: unknown) => log.error({ error }, 'a change of roles was not audited');
  const reload = loggedReload(
    createReload(() => loadInThread(settings.centre ?? demoCentre), live),
    log,
  );
  const close = async () => {
    closing = true;
    await Promise.all([http.close(CLOSE_MS), spine?.close(CLOSE_MS)]);
    for (const room of rooms.splice(0).reverse()) await room();
  };
  try {
    rooms.push(metrics.close);
    rooms.push(claimDataDirectory(settings.dataDir));
    const warn = (message: string) => log.warn({}, message);
    const store = await openStore(databaseIn(settings.dataDir), warn, metrics.committed);
    rooms.push(store.close);
    const bus = createLocalBus((error) => log.error({ error }, 'a subscriber of the bus failed'));
    rooms.push(bus.close);
    const clock = systemClock((await store.newest()).at);
    const people = await createPeople({ store, bus, clock, centre });
    await people.demo(isDemoOpen(settings));
    rooms.push(await watchRoles(store, clock, live, onUnnoted));
    rooms.push(forgetTheOld(store, clock, log));
    // Those who are new in the file get the demo's password, or nobody has it.
    rooms.push(live.onChange(() => void people.demo(isDemoOpen(settings)).catch(onBug)));
    const printer = createPrinter();
    rooms.push(printer.close);
    const joined = { settings, live, reload, store, bus, clock, people, printer, metrics, log };
    spine = await startSpine({ ...joined, url: http.url });
    const { interaction } = spine;
    const files = await openFiles({
      ...{ store, clock, folder: filesIn(settings.dataDir), types: () => centre.fileTypes },
      guard: async (id) => centre.sensitiveData((await interaction(id))?.queue ?? null).entities,
      failed: (error) => log.warn({ error }, 'files could not be tended; it is tried again'),
    });
    rooms.push(files.close);
    const search = await startSearch({
      log: databaseIn(settings.dataDir),
      index: indexIn(settings.dataDir),
      country: settings.phoneCountry,
      clock,
      onEvents: spine.onEvents,
      warn,
    });
    rooms.push(search.close);
    const app = createApp({
      people,
      centre,
      log,
      probe: () => (closing ? Promise.reject(new Error('closing')) : store.probe()),
      web: settings,
      metrics,
      metricsFrom: settings.metricsFrom,
      audit: store.audit,
      transcripts: { store, interaction, printer },
      exports: { store, audit: auditExports(store, clock) },
      history: {
        store,
        search,
        interaction,
        queuesOf: (agent) => queuesOf(agent, centre.routing),
        audit: auditLooks(store, clock),
      },
      attachments: { files, shown: createShown(store), interaction },
      files: { widget: builtWidget, demo: settings.centre === null ? demoPages : null },
    });
    http.open(app.fetch, spine.upgrade);
  } catch (error) {
    await close();
    throw error;
  }
  log.info({ url: http.url, pid: process.pid }, 'ready');
  return { port: http.port, url: http.url, centre, reload, close };
}

/** Reads the environment, starts, says so, and closes when it is told to; what `npm start` comes to. */
export async function runServer(): Promise<Running & { readonly settings: Settings }> {
  return orExit(async () => {
    const settings = readSettings(process.env);
    const log = createLog(settings.logLevel, await readableStream());
    const running = await startServer(settings, log);
    process.stdout.write(banner(settings, running.centre, running.url));
    obeySignals(running, log);
    return { ...running, settings };
  });
}

if (import.meta.main) await runServer();
