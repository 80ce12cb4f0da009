import type { QueueId } from '../../protocol/ids.ts';
import type { InteractionEvent } from '../../protocol/interaction-events.ts';
import { waitingText } from './automatic.ts';
import { type Fact, fact, type Outcome } from './facts.ts';
import { dataSet } from './notes.ts';
import type { QueuePolicy } from './policy.ts';
import { type LastOwner, preferredOf } from './preferred.ts';
import type { InteractionState } from './state.ts';

/** What a bot says: a text, and what the customer may choose from. */
export type BotWords = {
  readonly text: string;
  readonly buttons: readonly { readonly title: string; readonly payload: string }[];
};

/** One answer of a bot. `answers` is the seq of what it was asked with: late or repeated it is nothing. */
export type BotAnswer = {
  /** What customers see. */
  readonly name: string;
  readonly answers: number;
  readonly says: readonly BotWords[];
  readonly data: Readonly<Record<string, string>>;
};

type BotOutcome = Extract<InteractionEvent, { type: 'bot-ended' }>['outcome'];

export function botSays(state: InteractionState, answer: BotAnswer): Outcome {
  if (state.status.name !== 'with-bot' || answer.answers <= state.status.answered) return [];
  return spoken(answer);
}

/**
 * CHAT-11: the bot is through, or can't go on: the customer waits for a person, from now.
 * `since` is the seq of `bot-started`; `queue` is where, with the queue's policy.
 */
export function botEnded(
  state: InteractionState,
  since: number,
  end: { readonly outcome: BotOutcome; readonly note: string; readonly answer: BotAnswer | null },
  queue: QueueId,
  policy: QueuePolicy,
  last: LastOwner | null,
  now: number,
): Outcome {
  const { status } = state;
  if (status.name !== 'with-bot' || status.since !== since) return [];
  const { outcome, note, answer } = end;
  return [
    ...(answer === null || answer.answers <= status.answered ? [] : spoken(answer)),
    fact({ type: 'bot-ended', outcome }, note.trim() === '' ? undefined : { note }),
    fact({
      type: 'queued',
      queue,
      priority: policy.priority,
      enqueuedAt: now,
      reason: 'bot',
      skipped: [],
      ...preferredOf(last, policy, now),
      target: null,
    }),
    ...waitingText(policy, state.language),
  ];
}

function spoken({ name, answers, says, data }: BotAnswer): Fact[] {
  const author = { kind: 'bot', name, answers } as const;
  return [
    ...says.map(({ text, buttons }) =>
      fact(
        { type: 'message-posted', author },
        buttons.length === 0 ? { text } : { text, buttons: JSON.stringify(buttons) },
      ),
    ),
    ...(Object.keys(data).length === 0 ? [] : [dataSet(author, data)]),
  ];
}
