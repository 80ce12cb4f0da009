import type { InteractionId, StreamName } from '../../protocol/ids.ts';
import type { Role } from '../../protocol/members.ts';
import type { StoredEvent } from '../store/contract.ts';
import { principalOf, type Reader } from './audience.ts';
import type { Batch } from './batch.ts';
import type { Subscription } from './subscription.ts';

/** What a reader's session hears besides batches. Nothing here may throw. */
export type ReaderHears = {
  /** From now on events of this interaction are sent (again). */
  readonly follows: (interaction: InteractionId, epoch: number, role: Role | null) => void;
  readonly leaves: (interaction: InteractionId) => void;
  /**
   * An event of the agent's own stream: as soon as it is stored, and again when it is sent (it
   * may have been stored before the reader came).
   */
  readonly own: (event: StoredEvent) => void;
};

/** A batch that the reader hasn't acknowledged. */
export type Flight = {
  readonly batch: number;
  readonly since: number;
  readonly pieces: readonly Piece[];
};

/** A part of a batch, and the last event in it that the reader sees. */
export type Piece = {
  readonly stream: StreamName;
  /** Null for the agent's own stream. */
  readonly interaction: InteractionId | null;
  /** 0: they see none of it. */
  readonly seq: number;
};

/** One reader: what they follow and what is on its way to them. */
export type Reading = {
  readonly who: Reader;
  /** Under which the reader's own commands are stored. */
  readonly principal: string;
  readonly hears: ReaderHears;
  readonly send: (text: string) => void;
  readonly subscriptions: Map<StreamName, Subscription>;
  /** The subscription to the agent's own stream. */
  own: Subscription | null;
  /** Those that may have something to send, oldest first. */
  behind: Subscription[];
  /** Those whose reader doesn't know yet that invisible events have passed. */
  lagging: Subscription[];
  /** They are told with the next batch, or after a while by one of their own. */
  lagDue: 'no' | 'later' | 'now';
  /** A batch that grants something, and waits for the first page of it. */
  begun: Batch | null;
  flight: Flight | null;
  batches: number;
  /** Already waiting for its turn to send. */
  due: boolean;
  closed: boolean;
};

export const newReading = (
  who: Reader,
  hears: ReaderHears,
  send: (text: string) => void,
): Reading => ({
  who,
  principal: principalOf(who),
  hears,
  send,
  subscriptions: new Map(),
  own: null,
  behind: [],
  lagging: [],
  lagDue: 'no',
  begun: null,
  flight: null,
  batches: 0,
  due: false,
  closed: false,
});

export function markBehind(one: Subscription): void {
  if (one.behind || one.over) return;
  one.behind = true;
  one.reading.behind.push(one);
}

/** Keeps those that still have something to send, or may have. */
export function forgetDone(reading: Reading, isDone: (one: Subscription) => boolean): void {
  let kept = 0;
  for (const one of reading.behind) {
    if (one.over || isDone(one)) one.behind = false;
    else reading.behind[kept++] = one;
  }
  reading.behind.length = kept;
}
