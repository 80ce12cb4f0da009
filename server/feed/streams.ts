import type { StreamName } from '../../protocol/ids.ts';
import type { Role } from '../../protocol/members.ts';
import type { StoredEvent } from '../store/contract.ts';
import { sightOf } from './audience.ts';
import { markBehind, type Reading } from './reading.ts';
import { newSubscription, type Subscription } from './subscription.ts';
import { drop, newTail, push, settle, type Tail, type TailCount } from './tail.ts';

/** Which streams are followed here, and by whom. */
export type Streams = {
  /** Begins (again) after this seq. */
  readonly follow: (
    reading: Reading,
    stream: StreamName,
    epoch: number,
    after: number,
    role: Role | null,
  ) => Subscription;
  readonly leave: (one: Subscription) => void;
  /** An event that was just stored, in its place in the order of all. */
  readonly hear: (event: StoredEvent) => void;
  readonly count: TailCount;
  readonly size: () => number;
};

/** `wake`: this reader may have something to send. */
export function createStreams(wake: (reading: Reading) => void): Streams {
  const tails = new Map<StreamName, Tail>();
  const count: TailCount = { lines: 0 };

  function follow(
    reading: Reading,
    stream: StreamName,
    epoch: number,
    after: number,
    role: Role | null,
  ) {
    const sight = sightOf(stream, reading.who, role);
    if (sight === null) throw new Error(`${reading.principal} may not read ${stream}`);
    const tail = tails.get(stream) ?? newTail(stream);
    tails.set(stream, tail);
    const one = newSubscription(reading, tail, sight, role, epoch, after);
    tail.subscriptions.push(one);
    // Only now, so that the tail lives on.
    const before = reading.subscriptions.get(stream);
    if (before !== undefined) end(before);
    reading.subscriptions.set(stream, one);
    if (sight === 'self') reading.own = one;
    if (one.interaction !== null) reading.hears.follows(one.interaction, epoch, role);
    markBehind(one);
    wake(reading);
    return one;
  }

  function leave(one: Subscription): void {
    if (one.over) return;
    end(one);
    if (one.interaction !== null) one.reading.hears.leaves(one.interaction);
  }

  function end(one: Subscription): void {
    const { tail, reading } = one;
    one.over = true;
    one.page = [];
    reading.subscriptions.delete(one.stream);
    if (reading.own === one) reading.own = null;
    tail.subscriptions.splice(tail.subscriptions.indexOf(one), 1);
    if (tail.subscriptions.length > 0) {
      settle(tail, count);
      return;
    }
    drop(tail, tail.lines.length, count);
    tails.delete(one.stream);
  }

  function hear(event: StoredEvent): void {
    const tail = tails.get(event.stream);
    if (tail === undefined || !push(tail, event, count)) return;
    if (event.body.type === 'placed') leavePlaced(tail, event.seq);
    for (const one of tail.subscriptions) {
      markBehind(one);
      wake(one.reading);
    }
    // A session may close its reader when it hears this: a copy of the list is walked.
    if (tail.isOwn) for (const one of [...tail.subscriptions]) one.reading.hears.own(event);
  }

  /** END-4: whose cursor lies beyond it will never be sent where it ends, and ends here. */
  function leavePlaced(tail: Tail, seq: number): void {
    for (const one of [...tail.subscriptions])
      if (one.sight === 'customer' && one.scanned >= seq) leave(one);
  }

  return { follow, leave, hear, count, size: () => tails.size };
}
