import { hash } from 'node:crypto';
import { nanoid } from 'nanoid';
import type { CommandId, InteractionId, OfferId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import { createApp } from './app.ts';
import { auditLooks } from './audit/looks.ts';
import { watchRoles } from './audit/role-changes.ts';
import { makeBot } from './bot/make-bot.ts';
import { createBotRunner } from './bot/runner.ts';
import type { Bus } from './bus/contract.ts';
import { createLocalBus } from './bus/local.ts';
import type { Centre } from './centre/centre.ts';
import { createLiveCentre, type LiveCentre } from './centre/live-centre.ts';
import { demoCentre } from './centre/load-centre.ts';
import { loadInThread } from './centre/load-in-thread.ts';
import { createReload, type Reloaded } from './centre/reload.ts';
import { type Clock, systemClock } from './clock.ts';
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
import { createDirectory } from './directory/directory.ts';
import { createFeed } from './feed/feed.ts';
import { createFollow } from './feed/follow.ts';
import { openFiles } from './files/open-files.ts';
import { createShown } from './files/shown.ts';
import { createHandle } from './handle.ts';
import { createLog, type Log, readableStream } from './log.ts';
import { createMetrics, type Metrics } from './metrics/metrics.ts';
import { clientAddress } from './people/address.ts';
import { createIdentify } from './people/identity.ts';
import { createPeople, type People } from './people/people.ts';
import { customerOf, keyFact } from './people/secret.ts';
import { createRouter } from './router/router.ts';
import { queuesOf } from './routing/steps.ts';
import { startSearch } from './search/search.ts';
import { isDemoOpen, readSettings, type Settings } from './settings.ts';
import { createDoors } from './sockets/doors.ts';
import { openAtStart } from './sockets/open-at-start.ts';
import { isOriginAllowed } from './sockets/origins.ts';
import { createSessions } from './sockets/sessions.ts';
import type { Store } from './store/contract.ts';
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

/** Other nodes' events come at the latest after this. */
const POLL_MS = 3_000;
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
    await Promise.all([http.close(CLOSE_MS), spine?.close()]);
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
    spine = await startSpine({ settings, live, reload, store, bus, clock, people, metrics, log });
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

type SpineDeps = {
  readonly settings: Settings;
  readonly live: LiveCentre;
  readonly reload: Running['reload'];
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly people: Pick<People, 'verifyAccess'>;
  readonly metrics: Metrics;
  readonly log: Log;
};
type Spine = Awaited<ReturnType<typeof startSpine>>;

/** Commands in, events out: handle, feed, router and the two doors, joined. */
async function startSpine(deps: SpineDeps) {
  const { settings, live, reload, store, bus, clock, people, metrics, log } = deps;
  const { centre } = live;
  /** Before the text, in one call: an HMAC object for each command took an eighth of the main thread. Nobody sees these hashes. */
  const keyText = Buffer.from(await keyFact(store, 'command-key')).toString('base64url');
  const bug = (error: unknown) => log.error({ error }, 'a bug ended one connection');
  const newCommand = () => nanoid() as CommandId;
  const atDoors = { clock, limits, bug, refused: metrics.refusedAtDoor };
  const follow = createFollow({ store, bus, clock, pollMs: POLL_MS });
  const handle = createHandle({
    store,
    clock,
    policies: {
      queue: ({ queue }) => centre.queuePolicy(queue),
      agent: centre.agentPolicy,
      isOpen: (queue, at) => centre.routing.opening(queue, at).open,
      isReason: centre.isReason,
      isTag: centre.isTag,
      person: centre.agent,
      isTarget: centre.isTarget,
    },
    identify: createIdentify(centre, clock),
    newInteraction: () => nanoid() as InteractionId,
    sensitiveData: (queue) => centre.sensitiveData(queue),
    hash: (command) => hash('sha256', keyText + JSON.stringify(command), 'base64url'),
    committed: follow.committed,
    refused: metrics.refused,
  });
  const feed = createFeed({ store, follow, clock });
  const directory = createDirectory({ clock, setUp: () => centre, limits });
  const sessions = createSessions({
    directory,
    handle,
    store,
    bus,
    follow,
    feed,
    ...atDoors,
    newCommandId: newCommand,
    verify: people.verifyAccess,
    person(id) {
      const agent = centre.agent(id);
      if (agent === null) return null;
      const { abilities, teams, limits } = centre.agentPolicy(id);
      return { name: agent.name, role: agent.role, abilities, teams, limits };
    },
    centreCard: () => centre.card,
    onSetUp: live.onChange,
    queueDoor: (queue) => router.door(queue),
    questions: () => router.questions,
    reloadCentre: reload,
    siteCard: (site) => centre.site(site)?.card ?? null,
    customerOf,
  });
  const doors = createDoors({
    sessions,
    isOriginAllowed: isOriginAllowed(settings),
    addressOf: ({ socket, headers }) =>
      clientAddress(
        socket.remoteAddress,
        String(headers['x-forwarded-for'] ?? ''),
        settings.proxies,
      ),
    ...atDoors,
  });
  const router = createRouter({
    store,
    handle,
    clock,
    bus,
    onEvents: follow.onEvents,
    watch: directory,
    setup: centre.routing,
    policy: centre.queuePolicy,
    liveness: () => centre.liveness,
    newCommand,
    newOffer: () => nanoid() as OfferId,
  });

  const stopSetUp = live.onChange(() => {
    router.setUpChanged();
    directory.setUpChanged();
  });
  metrics.watch(sessions.size);
  const bots = createBotRunner({
    store,
    handle,
    clock,
    onEvents: follow.onEvents,
    setup: (queue) => centre.bot(queue),
    bot: makeBot,
    newCommand,
    failed: (bot, why) => log.warn({ bot, why }, 'a bot failed; its customer waits for a person'),
  });

  await follow.start();
  follow.onEvents(metrics.hear);
  const before = await openAtStart(store, handle.keep, metrics.seed);
  await sessions.expect(before);
  await router.start();
  bots.resume(before.withBot);
  return {
    upgrade: doors.upgrade,
    interaction: handle.interaction,
    onEvents: follow.onEvents,
    async close() {
      stopSetUp();
      sessions.close();
      await doors.close(CLOSE_MS);
      bots.close();
      router.close();
      feed.close();
      follow.close();
    },
  };
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
