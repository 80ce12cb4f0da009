import { isFor } from './audience.ts';
import { CLOSING_BYTES, closingOf, type Line, textOf } from './line.ts';
import type { Piece } from './reading.ts';
import { advance, type Subscription } from './subscription.ts';

/** A batch being written: parts of text that are only joined, never parsed or written twice. */
export type Batch = {
  readonly bytesMax: number;
  bytes: number;
  parts: string;
  readonly pieces: Piece[];
  /** The subscription whose part is open, its events so far, and the last of them. */
  open: Subscription | null;
  events: string;
  last: number;
  /** It grants something whose events may still have to come from the store. */
  grants: boolean;
};

/** `{"type":"batch","batch":…,"parts":[…]}` */
const FRAME_BYTES = 64;
/** `{"of":"interaction","interaction":…,"epoch":…,"after":…,"upTo":…,"events":[…]},` with its numbers. */
const PART_BYTES = 256;

export const newBatch = (bytesMax: number): Batch => ({
  bytesMax,
  bytes: FRAME_BYTES,
  parts: '',
  pieces: [],
  open: null,
  events: '',
  last: 0,
  grants: false,
});

export const isEmpty = (batch: Batch): boolean => batch.parts === '' && batch.open === null;

/**
 * The next line of a subscription, if the reader may see it and it still fits; lines that they
 * may not see only move `scanned`. False: the batch is full. A single line always fits.
 */
export function add(batch: Batch, one: Subscription, line: Line): boolean {
  const seen = isFor(line.event.body, one.sight, one.reading.who.id);
  const text = seen ? textOf(line, one.sight) : null;
  if (text === null) {
    advance(one, line);
    markLagging(one);
    return true;
  }
  const bytes = text.bytes + CLOSING_BYTES + (batch.open === one ? 0 : PART_BYTES);
  if (batch.bytes + bytes > batch.bytesMax && !isEmpty(batch)) return false;
  if (batch.open !== one) openPart(batch, one);
  const closing = closingOf(line, one.reading.principal);
  batch.events += batch.events === '' ? text.open + closing : `,${text.open}${closing}`;
  batch.last = line.event.seq;
  batch.bytes += bytes;
  advance(one, line);
  return true;
}

/** A part without events, for each cursor that lags. Returns those for which there was no room. */
export function addLagging(batch: Batch, lagging: readonly Subscription[]): Subscription[] {
  closePart(batch);
  return lagging.filter((one) => {
    if (!one.over && one.told < one.scanned) {
      if (batch.bytes + PART_BYTES > batch.bytesMax) return true;
      openPart(batch, one);
      batch.bytes += PART_BYTES;
    }
    one.lags = false;
    return false;
  });
}

function markLagging(one: Subscription): void {
  if (one.lags) return;
  one.lags = true;
  one.reading.lagging.push(one);
}

function openPart(batch: Batch, one: Subscription): void {
  closePart(batch);
  batch.open = one;
  batch.last = 0;
}

/** The batch as a frame. */
export function finish(batch: Batch, number: number): string {
  closePart(batch);
  return `{"type":"batch","batch":${number},"parts":[${batch.parts}]}`;
}

/** The part reaches up to everything that was looked at, seen or not. */
function closePart(batch: Batch): void {
  const one = batch.open;
  if (one === null) return;
  const of =
    one.interaction === null
      ? '"of":"agent"'
      : `"of":"interaction","interaction":"${one.interaction}"`;
  const part = `{${of},"epoch":${one.epoch},"after":${one.told},"upTo":${one.scanned},"events":[${batch.events}]}`;
  batch.parts += batch.parts === '' ? part : `,${part}`;
  batch.pieces.push({ stream: one.stream, interaction: one.interaction, seq: batch.last });
  one.told = one.scanned;
  batch.open = null;
  batch.events = '';
}
