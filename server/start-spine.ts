import { hash } from 'node:crypto';
import { nanoid } from 'nanoid';
import type { CommandId, InteractionId, OfferId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import { makeBot } from './bot/make-bot.ts';
import { createBotRunner } from './bot/runner.ts';
import type { Bus } from './bus/contract.ts';
import type { LiveCentre } from './centre/live-centre.ts';
import { pushPages } from './centre/push-page.ts';
import type { Reloaded } from './centre/reload.ts';
import type { Clock } from './clock.ts';
import { mailsIn } from './commands/data-directory.ts';
import { createDirectory } from './directory/directory.ts';
import { createFeed } from './feed/feed.ts';
import { createFollow } from './feed/follow.ts';
import { createHandle } from './handle.ts';
import type { Log } from './log.ts';
import { startMail } from './mail/start-mail.ts';
import type { Metrics } from './metrics/metrics.ts';
import { clientAddress } from './people/address.ts';
import { createIdentify } from './people/identity.ts';
import type { People } from './people/people.ts';
import { customerOf, keyFact } from './people/secret.ts';
import { createRouter } from './router/router.ts';
import type { Settings } from './settings.ts';
import { createDoors } from './sockets/doors.ts';
import { openAtStart } from './sockets/open-at-start.ts';
import { isOriginAllowed } from './sockets/origins.ts';
import { createSessions } from './sockets/sessions.ts';
import type { Store } from './store/contract.ts';
import type { Printer } from './transcript/printer.ts';

/** Other nodes' events come at the latest after this. */
const POLL_MS = 3_000;

type SpineDeps = {
  readonly settings: Settings;
  readonly live: LiveCentre;
  /** Reads the centre's file anew. */
  readonly reload: () => Promise<Reloaded>;
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly people: Pick<People, 'verifyAccess'>;
  readonly printer: Printer;
  readonly metrics: Metrics;
  readonly log: Log;
  /** As this machine reaches the server. */
  readonly url: string;
};
export type Spine = Awaited<ReturnType<typeof startSpine>>;

/** Commands in, events out: handle, feed, router and the two doors, joined. */
export async function startSpine(deps: SpineDeps) {
  const { settings, live, reload, store, bus, clock, people, printer, metrics, log } = deps;
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
      pushPage: pushPages(centre, settings.publicOrigin ?? deps.url),
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
  const mail = await startMail({
    ...{ store, centre, printer, handle, clock, onEvents: follow.onEvents },
    ...{ smtp: settings.smtp, from: settings.mailFrom, folder: mailsIn(settings.dataDir) },
    newCommandId: newCommand,
    failed: (mail, attempts, why) => log.warn({ ...mail, attempts, why }, 'a mail didn’t go out'),
  });
  return {
    upgrade: doors.upgrade,
    interaction: handle.interaction,
    onEvents: follow.onEvents,
    /** Sockets and mails under way get so long to end. */
    async close(waitMs: number) {
      stopSetUp();
      sessions.close();
      await Promise.all([doors.close(waitMs), mail.close(waitMs)]);
      bots.close();
      router.close();
      feed.close();
      follow.close();
    },
  };
}
