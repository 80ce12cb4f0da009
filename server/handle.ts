import { LRUCache } from 'lru-cache';
import type { Policy } from '../guard/policy.ts';
import { type Redacted, redact } from '../guard/redact.ts';
import type { AgentId, InteractionId, QueueId, StreamName } from '../protocol/ids.ts';
import { agentStream, type CommandId, interactionStream } from '../protocol/ids.ts';
import type { RefusalName } from '../protocol/refusals.ts';
import { can, subjectOf } from './access.ts';
import type { AgentState } from './agents/state.ts';
import { ack, refusalOf, repeat } from './answers.ts';
import { appendsOf, grow, type News, storedEvents } from './append.ts';
import { auditedActs } from './audit/acts.ts';
import type { Clock } from './clock.ts';
import { decide, streamsOf } from './decide.ts';
import type { Context, World } from './decision.ts';
import { createGuarding, type Decided, marked, refusedAt, withoutPieces } from './guarding.ts';
import { type Identify, identified } from './identified.ts';
import type { StoredFile } from './interactions/attachments.ts';
import { type Actor, type Command, principalOf } from './interactions/command.ts';
import { type InteractionState, isLive, isTalking } from './interactions/state.ts';
import { type Job, keyOf, lanesOf, union } from './job.ts';
import { createLanes } from './lanes.ts';
import { ABSENT, createStates, type Folded, worldOf } from './states.ts';
import type {
  LastOwner,
  LoadedStream,
  Store,
  StoredAnswer,
  StoredEvent,
} from './store/contract.ts';
import { StoreUnavailable } from './store/contract.ts';
import { NO_WORDS, needsWords, wordsFor } from './words.ts';

/** What the sender of a command hears; the same for every repetition of it (TRUST-2). */
export type Answer =
  | { readonly type: 'ack'; readonly stream: StreamName; readonly seq: number }
  | { readonly type: 'refused'; readonly refusal: RefusalName; readonly retryMs: number | null };

export type Handle = {
  /** Never rejects because of what was asked; a rejection is a bug. */
  readonly handle: (actor: Actor, id: CommandId, command: Command) => Promise<Answer>;
  /** The newest committed state, from memory or the store. */
  readonly interaction: (id: InteractionId) => Promise<InteractionState | null>;
  /** It is the one conversation that its customer has open: with it they can't begin another (ROUTE-10). */
  readonly isTalking: (id: InteractionId) => Promise<boolean>;
  readonly agent: (id: AgentId) => Promise<{ readonly state: AgentState; readonly seq: number }>;
  /** A stream as it was read at the start, before any command: its state, remembered for those that come. */
  readonly keep: (stream: StreamName, loaded: LoadedStream) => Folded;
  /** Words that are never stored and belong to no queue, by the centre's own policy (GUARD-2). */
  readonly guard: (text: string) => Redacted;
};

export type HandleDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly policies: Pick<
    Context,
    'queue' | 'agent' | 'isOpen' | 'isReason' | 'isTag' | 'person' | 'isTarget' | 'pushPage'
  >;
  readonly newInteraction: () => InteractionId;
  /** What may be written in this queue; null: in none. */
  readonly sensitiveData: (queue: QueueId | null) => Policy;
  /** Keyed hash of the command as parsed, before the guard: two bodies under one id are told apart. */
  readonly hash: (command: Command) => string;
  /** Who a site says that its customer is; null: it can't be believed. */
  readonly identify?: Identify;
  /** Hears of events once they are stored, in the order in which commits resolve. */
  readonly committed: (events: readonly StoredEvent[]) => void;
  /** Hears of every no, for figures. */
  readonly refused?: (refusal: RefusalName) => void;
  /** How many states and answers are kept in memory; left out: enough for a large centre. */
  readonly kept?: number;
};

/** A stream that changes under us more often than this is not in our lanes: another node is at it. */
const ATTEMPTS_MAX = 8;
/** Answers kept in memory; older ones are found in the store. */
const ANSWERS_MAX = 20_000;
/** Commands under way at once; beyond that the answer is `try-later`, nothing waits without bound. */
const UNDER_WAY_MAX = 20_000;
const HOUR_MS = 3_600_000;

export function createHandle(deps: HandleDeps): Handle {
  const { store, clock, policies, committed } = deps;
  const states = createStates(store, deps.kept);
  const lanes = createLanes();
  const guarding = createGuarding(store, deps.sensitiveData);
  const answers = new LRUCache<string, StoredAnswer>({ max: deps.kept ?? ANSWERS_MAX });
  /** A guess from outside the lanes at which streams a command touches; asked again inside. */
  const cached = { interaction: states.interaction, agent: states.agent };

  function tell(events: readonly StoredEvent[]): void {
    guarding.stored(events);
    committed(events);
  }

  const refuse = (refusal: RefusalName): Answer => {
    deps.refused?.(refusal);
    return refusalOf(refusal);
  };

  function forget(stream: StreamName): void {
    states.forget(stream);
    guarding.forget(stream);
  }

  async function handle(actor: Actor, id: CommandId, command: Command): Promise<Answer> {
    if (lanes.size() >= UNDER_WAY_MAX) return refuse('try-later');
    const job: Job = {
      actor,
      id,
      command,
      principal: principalOf(actor),
      hash: deps.hash(command),
    };
    const known = answers.get(keyOf(job));
    if (known !== undefined) return repeat(job, known);
    try {
      return await attempt(job);
    } catch (error) {
      if (error instanceof StoreUnavailable) return refuse('try-later');
      throw error;
    }
  }

  async function attempt(job: Job): Promise<Answer> {
    let more: readonly StreamName[] = [];
    for (let n = 0; n < ATTEMPTS_MAX; n++) {
      const fresh = deps.newInteraction();
      const streams = union(streamsOf(job.command, job.actor, cached, fresh), more);
      const result = await lanes.run(lanesOf(job, streams), () =>
        turn(job, streams, fresh).catch((error: unknown) => {
          /** Stored or not, nobody knows: what we hold of these streams may be old. Still in their lanes. */
          for (const stream of streams) forget(stream);
          throw error;
        }),
      );
      if (result.type !== 'again') return result;
      more = result.streams;
    }
    return refuse('try-later');
  }

  /** Our turn in all lanes: nothing else happens to these streams until the answer is stored. */
  async function turn(
    job: Job,
    streams: readonly StreamName[],
    fresh: InteractionId,
  ): Promise<Answer | Again> {
    const known = answers.get(keyOf(job));
    if (known !== undefined) return repeat(job, known);
    const folded = new Map<StreamName, Folded>();
    for (const stream of streams)
      folded.set(
        stream,
        states.peek(stream) ??
          (stream === interactionStream(fresh) ? ABSENT : await states.load(stream)),
      );
    const world = worldOf(folded);
    const needed = streamsOf(job.command, job.actor, world, fresh);
    if (needed.some((stream) => !folded.has(stream))) return { type: 'again', streams: needed };
    const { decision, at, pieces } = await decided(job, world, folded, fresh);
    const refusal = decision.type === 'refused' ? refuse(decision.refusal) : null;
    const news = decision.type === 'refused' ? [] : appendsOf(decision);
    const { actor, command } = job;
    const audited = refusal === null ? auditedActs(actor, command, world.interaction) : [];
    const left = withoutPieces(news, job.command, pieces);
    return answerStored(job, refusal, left, folded, at, audited);
  }

  /** The time is read when everything else is there: what is decided holds at the time it is stored with. */
  async function decided(
    job: Job,
    world: World,
    folded: ReadonlyMap<StreamName, Folded>,
    newInteraction: InteractionId,
  ): Promise<Decided> {
    const subject = subjectOf(job.command);
    const state = subject === null ? null : world.interaction(subject);
    const no = can(job.actor, job.command.type, state);
    if (no !== null) return refusedAt(no, clock.now());
    const known = await identified(job.command, deps.identify);
    if (known === null) return refusedAt('identity-refused', clock.now());
    const seq = (stream: StreamName) => folded.get(stream)?.seq ?? 0;
    const checked = await guarding.check(job.actor, known, { ...world, seq });
    const { command, drop, masked, pieces } = checked;
    if (drop) return refusedAt('sensitive-data', clock.now(), pieces);
    const words = needsWords(command) ? await wordsFor(store, command, state) : NO_WORDS;
    const transcriptsLately = command.type === 'send-transcript' ? await lately(job.principal) : 0;
    const lastOwner = await lastOwnerFor(job, world);
    const files = await filesOf(job.command);
    const at = clock.now();
    const read = { words, lastOwner, files, transcriptsLately };
    const context = { ...policies, now: at, newInteraction, ...read };
    const decision = marked(decide(command, job.actor, world, context), masked);
    return { decision, at, pieces: decision.type === 'refused' ? [] : pieces };
  }

  /** ROUTE-4: asked where somebody begins to wait for a person, and never for a message. */
  async function lastOwnerFor({ actor, command }: Job, world: World): Promise<LastOwner | null> {
    const begins = command.type === 'start' || command.type === 'leave-message';
    if (begins && actor.kind === 'customer') return store.lastOwner(actor.id);
    if (command.type !== 'bot-over') return null;
    const state = world.interaction(command.interaction);
    return state === null ? null : store.lastOwner(state.customer);
  }

  /** CHAT-6: read in the lane of the message, so that they are as no message after it sees them. */
  const filesOf = async (command: Command): Promise<readonly StoredFile[]> =>
    command.type === 'post' && command.files !== undefined
      ? store.files.byIds(command.files)
      : NO_FILES;

  /** END-6: mails cost others something; who asks for many waits. */
  const lately = (principal: string): Promise<number> =>
    store.mails.asked(principal, clock.now() - HOUR_MS);

  /** Stores the answer and what happened in one append; only then anybody hears of it. */
  async function answerStored(
    job: Job,
    refusal: Answer | null,
    news: readonly News[],
    folded: ReadonlyMap<StreamName, Folded>,
    at: number,
    audited: ReturnType<typeof auditedActs> = [],
  ): Promise<Answer | Again> {
    if (refusal?.type === 'refused' && refusal.retryMs !== null) return refusal;
    const after = news.map((one) => grow(one, folded.get(one.stream) ?? ABSENT, at));
    const answer = refusal ?? ack(job, after, folded);
    const stored = { hash: job.hash, answer: JSON.stringify(answer) };
    const result = await store.append({
      principal: job.principal,
      commandId: job.id,
      ...stored,
      at,
      streams: after.map((one) => one.append),
      served: after.flatMap(({ served }) => served ?? []),
      audited,
      mails: after.flatMap(({ mails }) => mails),
    });
    switch (result.type) {
      case 'appended':
        for (const { append, folded } of after) states.set(append.stream, folded);
        answers.set(keyOf(job), stored);
        if (after.length > 0) tell(storedEvents(job, at, result.position, after));
        return answer;
      case 'duplicate':
        answers.set(keyOf(job), result.stored);
        return repeat(job, result.stored);
      case 'conflict':
        forget(result.stream);
        return { type: 'again', streams: [] };
      case 'key-taken':
        if (job.command.type === 'leave-message')
          return answerStored(job, refuse('message-waiting'), [], folded, at);
        /** ROUTE-10: the customer's other start was first; this one means the same interaction. */
        return answerStored(job, { type: 'ack', stream: result.stream, seq: 1 }, [], folded, at);
      case 'file-taken':
        /** Cleared away, or taken by another node, since it was read: decided again it is unknown. */
        return { type: 'again', streams: [] };
      default:
        return result satisfies never;
    }
  }

  const interaction = async (id: InteractionId) =>
    (await states.look(interactionStream(id))).state as InteractionState | null;

  return {
    handle,
    keep: states.keep,
    interaction,
    isTalking: async (id) => {
      const state = await interaction(id);
      return state !== null && isTalking(state) && isLive(state);
    },
    guard: (text) => redact(text, deps.sensitiveData(null)),
    agent: async (id) => {
      const { state, seq } = await states.look(agentStream(id));
      return { state: state as AgentState, seq };
    },
  };
}

type Again = { readonly type: 'again'; readonly streams: readonly StreamName[] };

const NO_FILES: readonly StoredFile[] = [];
