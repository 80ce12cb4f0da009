import type { Policy } from '../guard/policy.ts';
import { couldComplete, findSplitCard } from '../guard/split-card.ts';
import type { InteractionId, QueueId, StreamName } from '../protocol/ids.ts';
import { interactionOf, interactionStream } from '../protocol/ids.ts';
import type { RefusalName } from '../protocol/refusals.ts';
import { subjectOf } from './access.ts';
import type { News } from './append.ts';
import type { Decision, World } from './decision.ts';
import { guarded } from './guarded.ts';
import type { Actor, Command } from './interactions/command.ts';
import { type Fact, fact } from './interactions/facts.ts';
import { createRecentWords } from './recent-words.ts';
import type { Store, StoredEvent } from './store/contract.ts';

/** A command as it may be stored, and what of earlier words goes with it. */
export type Checked = {
  readonly command: Command;
  readonly drop: boolean;
  readonly masked: readonly string[];
  /** Seqs in the interaction's stream whose words are pieces of a number that this command completes. */
  readonly pieces: readonly number[];
};

/** `handle`'s step between `can()` and deciding: nothing after it ever holds the original (GUARD-2). */
export function createGuarding(
  store: Pick<Store, 'read'>,
  policyOf: (queue: QueueId | null) => Policy,
) {
  const recent = createRecentWords(store);

  /** Rejects as the store does. */
  async function check(actor: Actor, command: Command, seqs: World & Seqs): Promise<Checked> {
    const policy = policyOf(queueOf(command, seqs));
    const whole = guarded(command, policy);
    // Nobody could be told, and a customer would wait for a bot that has said something.
    const drop = whole.drop && actor.kind !== 'system';
    const alone = { ...whole, drop, pieces: [] };
    const { command: said } = alone;
    if (!isSaid(said, actor) || policy.entities.CREDIT_CARD === 'allow') return alone;
    const { text } = said;
    if (!couldComplete(text)) return alone;
    const stream = interactionStream(said.interaction);
    const author = actor.kind === 'agent' ? actor.id : 'customer';
    const before = await recent.by(stream, seqs.seq(stream), author);
    const split = findSplitCard(
      before.map((words) => words.text),
      text,
    );
    if (split === null) return alone;
    const { start, end } = split.own;
    return {
      command: {
        ...said,
        text:
          text.slice(0, start) +
          text.slice(start, end).replaceAll(EACH_DIGIT, '*') +
          text.slice(end),
      },
      drop: drop || policy.entities.CREDIT_CARD === 'drop',
      masked: [...new Set([...alone.masked, 'CREDIT_CARD'])].sort(),
      pieces: split.earlier.flatMap(({ index }) => before[index]?.seq ?? []),
    };
  }

  return {
    check,
    stored(events: readonly StoredEvent[]): void {
      for (const event of events)
        if (interactionOf(event.stream) !== null) recent.heard(event.stream, [event]);
    },
    forget: recent.forget,
  };
}

type Seqs = { readonly seq: (stream: StreamName) => number };

type Said = Extract<Command, { readonly type: 'post' | 'leave-message' }> & {
  readonly interaction: InteractionId;
};

/** A person's message in an interaction that there is. */
const isSaid = (command: Command, actor: Actor): command is Said =>
  actor.kind !== 'system' &&
  (command.type === 'post' || (command.type === 'leave-message' && command.interaction !== null));

const EACH_DIGIT = /\p{Nd}/gu;

/** Null for what belongs to no queue: the centre's own policy. */
function queueOf(command: Command, world: World): QueueId | null {
  const subject = subjectOf(command);
  const state = subject === null ? null : world.interaction(subject);
  if (state !== null) return state.queue;
  return command.type === 'start' || command.type === 'leave-message' ? command.queue : null;
}

/** What was decided, when, and the words that go with it: see `Checked`. */
export type Decided = {
  readonly decision: Decision;
  readonly at: number;
  readonly pieces: readonly number[];
};

export const refusedAt = (
  refusal: RefusalName,
  at: number,
  pieces: readonly number[] = [],
): Decided => ({ decision: { type: 'refused', refusal }, at, pieces });

/** The mark that clients show beside words of which something was masked; the names of attached data are people's own. */
export function marked(decision: Decision, masked: readonly string[]): Decision {
  if (decision.type === 'refused' || masked.length === 0) return decision;
  const mark = (one: Fact): Fact =>
    one.content?.text === undefined || one.body.type === 'data-set'
      ? one
      : { ...one, content: { ...one.content, masked: masked.join(' ') } };
  return {
    ...decision,
    interactions: decision.interactions.map(([id, facts]) => [id, facts.map(mark)]),
  };
}

/** The pieces go in the same transaction in which the number is stored without them, or refused. */
export function withoutPieces(
  news: readonly News[],
  command: Command,
  pieces: readonly number[],
): readonly News[] {
  const subject = subjectOf(command);
  if (pieces.length === 0 || subject === null) return news;
  const stream = interactionStream(subject);
  const removed = fact({ type: 'content-removed', seqs: [...pieces] });
  const own = news.find((one) => one.stream === stream) ?? { stream, events: [], blank: [] };
  return [
    { ...own, events: [removed, ...own.events], blank: [...own.blank, ...pieces] },
    ...news.filter((one) => one !== own),
  ];
}
