import {
  type CommandId,
  type InteractionId,
  interactionOf,
  interactionStream,
  type QueueId,
} from '../../protocol/ids.ts';
import type { InteractionEvent } from '../../protocol/interaction-events.ts';
import { limits } from '../../protocol/limits.ts';
import type { Clock } from '../clock.ts';
import type { Handle } from '../handle.ts';
import type { SystemCommand } from '../interactions/command.ts';
import { type Store, type StoredEvent, StoreUnavailable } from '../store/contract.ts';
import { type Bot, BotFailed, type BotReply } from './contract.ts';
import { answered, type Conversation, hear, newConversation } from './conversation.ts';
import { type BotSetup, queueFor, wantsPerson } from './setup.ts';

export type BotRunnerDeps = {
  readonly store: Pick<Store, 'read'>;
  readonly handle: Pick<Handle, 'handle'>;
  readonly clock: Clock;
  /** Every stored event, in the order of positions. Returns a function that ends it. */
  readonly onEvents: (hear: (events: readonly StoredEvent[]) => void) => () => void;
  /** The bot of a queue, or null. */
  readonly setup: (queue: QueueId) => BotSetup | null;
  readonly bot: (setup: BotSetup) => Bot;
  readonly newCommand: () => CommandId;
  readonly failed: (bot: string, why: string) => void;
};

export type BotRunner = {
  /** Goes on with these, which were with a bot when the server went away. */
  readonly resume: (interactions: readonly InteractionId[]) => void;
  readonly size: () => number;
  readonly close: () => void;
};

/** Calls under way at once; a bot's answer takes a second, so hundreds of customers a minute. */
const CALLS_MAX = 100;
/** Who writes so much before the bot has answered once doesn't want a bot. */
const WAITING_MAX = 50;
const PAGE = 200;
const PAGE_BYTES = 256 * 1024;
const RETRY_MS = 1_000;

/** A reader of the log that brings each customer's words to the bot, and the bot's to `handle`. */
export function createBotRunner(deps: BotRunnerDeps): BotRunner {
  const { store, clock } = deps;
  const talks = new Map<InteractionId, Talk>();
  const ready: Talk[] = [];
  let calls = 0;
  let closed = false;

  const stop = deps.onEvents((events) => {
    for (const event of events) {
      const id = interactionOf(event.stream);
      if (id === null) continue;
      if (event.body.type === 'bot-started') open(id);
      const talk = talks.get(id);
      if (talk !== undefined) heard(talk, event);
    }
  });

  /** What was said before is read; what comes meanwhile waits. */
  function open(id: InteractionId): void {
    if (talks.has(id) || closed) return;
    const talk: Talk = {
      id,
      state: newConversation,
      later: [],
      busy: false,
      abort: new AbortController(),
    };
    talks.set(id, talk);
    void load(talk);
  }

  async function load(talk: Talk): Promise<void> {
    const stream = interactionStream(talk.id);
    try {
      for (;;) {
        const page = await store.read(stream, talk.state.seq, PAGE, PAGE_BYTES);
        for (const event of page) take(talk, event);
        // A page may end by its bytes: only an empty one is the last.
        if (page.length === 0) break;
      }
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      if (!closed) clock.at(clock.now() + RETRY_MS, () => void load(talk));
      return;
    }
    for (const event of talk.later ?? []) take(talk, event);
    talk.later = null;
    look(talk);
  }

  function heard(talk: Talk, event: StoredEvent): void {
    if (talk.later !== null) talk.later.push(event);
    else {
      take(talk, event);
      look(talk);
    }
  }

  function take(talk: Talk, { seq, body, content }: StoredEvent): void {
    talk.state = hear(talk.state, { seq, body: body as InteractionEvent, content });
  }

  function look(talk: Talk): void {
    if (talk.state.over) {
      talk.abort.abort();
      talks.delete(talk.id);
    } else if (!talk.busy && talk.state.waiting.length > 0) {
      talk.busy = true;
      ready.push(talk);
      next();
    }
  }

  function next(): void {
    while (calls < CALLS_MAX && !closed) {
      const talk = ready.shift();
      if (talk === undefined) return;
      calls++;
      void answer(talk).then(
        () => {
          calls--;
          talk.busy = false;
          look(talk);
          next();
        },
        (error: unknown) => {
          // A bug: asked again it would be the same, at once and for ever. The router's deadline ends it.
          calls--;
          next();
          throw error;
        },
      );
    }
  }

  /** One answer to the oldest thing that waits, stored before the next is asked for. */
  async function answer(talk: Talk): Promise<void> {
    const { id, state } = talk;
    const [first] = state.waiting;
    const setup = state.queue === null ? null : deps.setup(state.queue);
    if (first === undefined || state.over) return;
    const over = { type: 'bot-over', interaction: id, since: state.since } as const;
    const failed = (outcome: BotFailed['outcome'], why: string) => {
      if (talk.abort.signal.aborted) return Promise.resolve();
      deps.failed(setup?.id ?? 'none', why);
      return ask(talk, { ...over, outcome, note: '', queue: null, answer: null });
    };
    if (setup === null) return failed('failed', 'the queue has no bot any more');
    if (state.waiting.length > WAITING_MAX) return failed('failed', 'too much waits for it');
    const message = first.message === null ? null : meantBy(state.buttons, first.message);
    const words = message === null ? [] : [message, first.message ?? ''];
    if (words.some((one) => wantsPerson(setup.handOverWords, one))) {
      const queue = queueFor(setup.routes, state.data);
      return ask(talk, { ...over, outcome: 'handed-over', note: '', queue, answer: null });
    }
    const reply = await replyOf(setup, talk, message);
    if (reply instanceof BotFailed) return failed(reply.outcome, reply.message);
    if (Object.keys({ ...state.data, ...reply.data }).length > limits.dataKeys)
      return failed('failed', 'it fills too much data');
    await tell(talk, setup, first.seq, reply);
    talk.state = answered(talk.state, first.seq);
  }

  async function replyOf(
    setup: BotSetup,
    { id, state, abort }: Talk,
    message: string | null,
  ): Promise<BotReply | BotFailed> {
    const { language, data } = state;
    try {
      const asked = { conversation: id, message, language, data };
      return await deps.bot(setup).answer(asked, abort.signal);
    } catch (error) {
      if (error instanceof BotFailed) return error;
      throw error;
    }
  }

  function tell(talk: Talk, setup: BotSetup, answers: number, reply: BotReply): Promise<void> {
    const { says, data, handOver } = reply;
    const { id: interaction, state } = talk;
    if (says.length === 0 && Object.keys(data).length === 0 && handOver === null)
      return Promise.resolve();
    const answer = { name: setup.name, answers, says, data };
    if (handOver === null) return ask(talk, { type: 'bot-says', interaction, ...answer });
    return ask(talk, {
      type: 'bot-over',
      interaction,
      since: state.since,
      outcome: 'handed-over',
      note: handOver.note,
      queue: handOver.queue ?? queueFor(setup.routes, { ...state.data, ...data }),
      answer,
    });
  }

  /** Until it is answered for good; under one id, so that it is never said twice. */
  async function ask(talk: Talk, command: SystemCommand): Promise<void> {
    const id = deps.newCommand();
    while (!talk.abort.signal.aborted && !closed) {
      const done = await deps.handle.handle({ kind: 'system' }, id, command);
      if (done.type === 'ack' || done.retryMs === null) return;
      const { retryMs } = done;
      await new Promise<void>((resolve) => void clock.at(clock.now() + retryMs, resolve));
    }
  }

  return {
    resume: (interactions) => {
      for (const id of interactions) open(id);
    },
    size: () => talks.size,
    close: () => {
      closed = true;
      stop();
      for (const { abort } of talks.values()) abort.abort();
    },
  };
}

/** What a customer types is a name of anything, also of what every object has. */
const meantBy = (buttons: Conversation['buttons'], said: string): string =>
  Object.hasOwn(buttons, said) ? (buttons[said] ?? said) : said;

type Talk = {
  readonly id: InteractionId;
  state: Conversation;
  /** Heard while what was before is being read; null: all of it is known. */
  later: StoredEvent[] | null;
  /** The bot is being asked, or will be. */
  busy: boolean;
  readonly abort: AbortController;
};
