import type { QueueId } from '../../protocol/ids.ts';
import type { BotWords } from '../interactions/bot.ts';

/** What talks to a customer before an agent does (CHAT-11). */
export type Bot = {
  /**
   * The bot's next words. Rejects with BotFailed, never with anything else; ends when `signal` is
   * aborted. It may be asked the same again: after a restart nobody knows what it answered.
   */
  readonly answer: (ask: BotAsk, signal: AbortSignal) => Promise<BotReply>;
};

export type BotAsk = {
  /** The same for a whole conversation, and nothing else. */
  readonly conversation: string;
  /** What the customer said, or the payload of the button that they pressed; null: they have come. */
  readonly message: string | null;
  readonly language: string;
  /** What is known so far. */
  readonly data: Readonly<Record<string, string>>;
};

export type BotReply = {
  readonly says: readonly BotWords[];
  readonly data: Readonly<Record<string, string>>;
  /** The bot is through: the customer waits for a person. `queue` null: where the data says. */
  readonly handOver: { readonly note: string; readonly queue: QueueId | null } | null;
};

/** The bot can't go on; the message is for the log and never holds what it said. */
export class BotFailed extends Error {
  override readonly name = 'BotFailed';
  readonly outcome: 'failed' | 'time-out';
  constructor(message: string, outcome: 'failed' | 'time-out' = 'failed') {
    super(message);
    this.outcome = outcome;
  }
}
