import type { SiteCard } from '../../protocol/cards.ts';
import type { CustomerCommand } from '../../protocol/commands.ts';
import { CustomerFrameUp, type CustomerWelcome, type QueueDoor } from '../../protocol/frames.ts';
import {
  type CustomerId,
  type InteractionId,
  interactionOf,
  interactionStream,
  type QueueId,
} from '../../protocol/ids.ts';
import { can } from '../access.ts';
import { isWeather } from '../feed/weather.ts';
import type { Answer, Handle } from '../handle.ts';
import type { Actor } from '../interactions/command.ts';
import type { Store } from '../store/contract.ts';
import { type CommandDoor, createCommandDoor } from './command-door.ts';
import type { CustomerSocket, CustomersHere } from './customers-here.ts';
import { schemasByType } from './read-frame.ts';
import {
  type Acts,
  createSession,
  type LiveFrame,
  type Out,
  type Session,
  type Shell,
} from './session.ts';
import { openSide, type Side, type SideDeps } from './side.ts';

export type CustomerSessionDeps = SideDeps & {
  readonly handle: Pick<Handle, 'handle' | 'interaction' | 'isTalking'>;
  readonly store: Pick<Store, 'streamByKey'>;
  readonly customers: CustomersHere;
  /** The principal of a secret: base64url of its SHA-256. */
  readonly customerOf: (secret: string) => CustomerId;
  /** Null: the centre has no such site. */
  readonly siteCard: (site: string) => SiteCard | null;
  /** ROUTE-6. */
  readonly queueDoor: (queue: QueueId) => QueueDoor;
};

type CustomerHello = Extract<CustomerFrameUp, { readonly type: 'hello' }>;
type CustomerActor = Extract<Actor, { readonly kind: 'customer' }>;

const schemas = schemasByType<CustomerFrameUp>(CustomerFrameUp.options);

/** The customer's door, for one tab. */
export function createCustomerSession(deps: CustomerSessionDeps, out: Out): Session {
  const { customerHeartbeatMs: heartbeatMs, customerSilenceMs: silenceMs } = deps.limits;
  return createSession(deps, { name: 'customer', schemas, heartbeatMs, silenceMs }, out, (shell) =>
    actsOf(deps, shell),
  );
}

/** What a tab starts from. */
type Known = {
  readonly open: InteractionId | null;
  /** The tab's cursor, if that interaction is theirs. */
  readonly cursor: CustomerHello['cursor'];
};

function actsOf(deps: CustomerSessionDeps, shell: Shell): Acts<CustomerFrameUp> {
  const { clock, limits, handle, store, customers, customerOf, siteCard, queueDoor, listeners } =
    deps;
  let side: Side | null = null;
  /** Made with the first command: most tabs only listen. */
  let commandDoor: (() => CommandDoor<CustomerCommand>) | null = null;
  let commands: CommandDoor<CustomerCommand> | null = null;
  let socket: CustomerSocket | null = null;
  let stopQueues = () => {};
  /** Begun by this customer while this tab was being let in. */
  let begunMeanwhile: InteractionId | null = null;

  async function hello(hello: CustomerHello): Promise<void> {
    const site = siteCard(hello.site);
    if (site === null) {
      shell.end('wrong-origin');
      return;
    }
    const actor: CustomerActor = {
      kind: 'customer',
      id: customerOf(hello.secret),
      site: hello.site,
    };
    socket = customers.connect(actor.id, begun);
    if (socket === null) {
      shell.end('too-many');
      return;
    }
    const known = await knownOf(actor, hello);
    if (shell.isOver()) return;
    if (known === 'try-later') shell.end('try-later');
    else welcome(actor, hello, site, known);
  }

  async function knownOf(actor: CustomerActor, hello: CustomerHello): Promise<Known | 'try-later'> {
    try {
      const open = await openOf(actor.id);
      const { cursor } = hello;
      if (cursor === null || cursor.interaction === open) return { open, cursor };
      const state = await handle.interaction(cursor.interaction);
      /** END-4: nothing that comes after it was placed is theirs. */
      const isOver = state !== null && state.placedAt !== null && cursor.seq >= state.placedAt;
      return { open, cursor: can(actor, 'read', state) === null && !isOver ? cursor : null };
    } catch (error) {
      if (isWeather(error)) return 'try-later';
      throw error;
    }
  }

  /** After a start all come at once, and what they had open is known. */
  async function openOf(customer: CustomerId): Promise<InteractionId | null> {
    const known = customers.interactionOf(customer);
    if (known !== null && (await handle.isTalking(known))) return known;
    const stream = await store.streamByKey(`customer:${customer}`);
    return stream === null ? null : interactionOf(stream);
  }

  function welcome(
    actor: CustomerActor,
    { protocol }: CustomerHello,
    site: SiteCard,
    { open: found, cursor }: Known,
  ): void {
    const open = begunMeanwhile ?? found;
    const frame: CustomerWelcome = {
      type: 'welcome',
      protocol,
      now: clock.now(),
      site,
      queues: site.queues.map(({ id }) => queueDoor(id)),
      interaction: open,
    };
    shell.send(JSON.stringify(frame));
    if (shell.isOver()) return;
    const mine = new Set(site.queues.map(({ id }) => id));
    stopQueues = listeners.onQueues((changed) => {
      const queues = changed.filter(({ queue }) => mine.has(queue));
      if (queues.length > 0) shell.send(JSON.stringify({ type: 'queues', queues }));
    });
    commandDoor = () =>
      createCommandDoor(deps, shell, {
        perSecond: limits.customerCommandsPerSecond,
        burst: limits.customerCommandsBurst,
        ask: (id, command) => handle.handle(actor, id, command),
        answered,
      });
    side = openSide(deps, shell, {
      actor,
      mark: 'customer',
      own: () => {},
    });
    if (cursor !== null) follow(cursor.interaction, cursor.seq);
    if (open !== null) {
      if (open !== cursor?.interaction) follow(open, 0);
      socket?.opened(open);
    }
  }

  /** In whichever tab: all of them go on with it. */
  function begun(interaction: InteractionId): void {
    if (side === null) begunMeanwhile = interaction;
    else if (side.reader.sent(interactionStream(interaction)) === null) follow(interaction, 0);
  }

  const follow = (interaction: InteractionId, after: number) =>
    side?.reader.subscribe(interactionStream(interaction), 0, after, null);

  /**
   * ROUTE-10: started twice it is the interaction that this tab may follow already. A message that
   * was left is followed where it was written; it is nothing that they are in (ROUTE-6).
   */
  function answered({ type }: CustomerCommand, answer: Answer): void {
    const begins = type === 'start' || type === 'leave-message';
    if (!begins || answer.type !== 'ack' || shell.isOver()) return;
    const interaction = interactionOf(answer.stream);
    if (interaction === null) return;
    if (side?.reader.sent(answer.stream) === null) follow(interaction, 0);
    if (type === 'start') socket?.opened(interaction);
  }

  function frame(frame: LiveFrame<CustomerFrameUp>): void {
    if (frame.type !== 'command') side?.take(frame);
    else if (commandDoor !== null) {
      commands ??= commandDoor();
      commands.take(frame.id, frame.command);
    }
  }

  return {
    hello,
    frame,
    heard: () => {},
    owedSince: () => side?.reader.waitingSince() ?? null,
    over: () => {
      stopQueues();
      side?.close();
      socket?.close();
    },
  };
}
