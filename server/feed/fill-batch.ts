import { interactionStream } from '../../protocol/ids.ts';
import { add, type Batch, isEmpty } from './batch.ts';
import type { Line } from './line.ts';
import type { Reading } from './reading.ts';
import type { Streams } from './streams.ts';
import { nextLine, type Subscription } from './subscription.ts';

/**
 * Fills a batch for a reader: their own stream first, then the interactions, those that have
 * waited longest first. Nothing of an interaction is sent before everything known of the own
 * stream is: a revocation on its way there is never overtaken by what it takes away (TRUST-4).
 *
 * Returns the subscription whose page from the store everything else waits for, or null.
 */
export function fillBatch(batch: Batch, reading: Reading, streams: Streams): Subscription | null {
  const { own } = reading;
  const stop = own === null ? null : takeOwn(batch, reading, own, streams);
  if (stop !== null) return stop === 'full' ? null : stop;
  for (const one of reading.behind)
    if (one !== own && !one.over && take(batch, one, Number.POSITIVE_INFINITY, streams) === 'full')
      return null;
  return null;
}

/** Null: all that is known of the own stream is in the batch or was sent before; else why not. */
function takeOwn(
  batch: Batch,
  reading: Reading,
  own: Subscription,
  streams: Streams,
): Subscription | 'full' | null {
  for (;;) {
    const line = nextLine(own);
    if (line === null) return null;
    if (line === 'page') return own;
    const revoked = revokedBy(line, reading);
    if (revoked !== null && !isDry(revoked, line.event.position)) {
      // What came before the revocation goes first, in a batch of its own.
      if (take(batch, revoked, line.event.position, streams) === 'page') return revoked;
      if (!isEmpty(batch)) return 'full';
    }
    if (!add(batch, own, line)) return 'full';
    const { event } = line;
    reading.hears.own(event);
    // The session may have closed its reader because of what it has just heard.
    if (reading.closed) return 'full';
    if (event.body.type === 'granted') {
      const { interaction, epoch, role } = event.body;
      streams.follow(reading, interactionStream(interaction), epoch, 0, role);
      batch.grants = true;
    }
    if (revoked !== null) streams.leave(revoked);
  }
}

/** The subscription that this line of the own stream ends, or null. */
function revokedBy({ event: { body } }: Line, reading: Reading): Subscription | null {
  if (body.type !== 'revoked') return null;
  const held = reading.subscriptions.get(interactionStream(body.interaction));
  return held?.epoch === body.epoch ? held : null;
}

/** Nothing that happened before this position is left to send. */
function isDry(one: Subscription, position: number): boolean {
  const line = nextLine(one);
  return line === null || (line !== 'page' && line.event.position >= position);
}

/** Takes lines before a position: all there are, as many as fit, or up to where the store must be asked. */
function take(
  batch: Batch,
  one: Subscription,
  before: number,
  streams: Streams,
): 'dry' | 'full' | 'page' {
  for (;;) {
    const line = nextLine(one);
    if (line === 'page') return 'page';
    if (line === null || line.event.position >= before) return 'dry';
    if (!add(batch, one, line)) return 'full';
    /** END-4: what follows is work, and nothing of the customer's. */
    if (one.sight === 'customer' && line.event.body.type === 'placed') {
      streams.leave(one);
      return 'dry';
    }
  }
}
