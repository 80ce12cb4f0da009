/**
 * How quickly a queue moves: for each of its last accepted interactions, how long it stood first in
 * line, in milliseconds. Hours in which nobody waits don't count.
 */
export type Rate = {
  /** Oldest first. */
  readonly spans: readonly number[];
  readonly lastAcceptedAt: number;
};

export const noRate: Rate = { spans: [], lastAcceptedAt: 0 };

/** ROUTE-7: none below so many samples. */
const SAMPLES_MIN = 5;
/** The last so many say how quickly a queue moves now. */
const SAMPLES_MAX = 20;

/** One more was accepted: it was first in line since the one before went, or since it came into this queue. */
export function measured(rate: Rate, enteredAt: number, acceptedAt: number): Rate {
  const span = Math.max(0, acceptedAt - Math.max(rate.lastAcceptedAt, enteredAt));
  return { spans: [...rate.spans, span].slice(-SAMPLES_MAX), lastAcceptedAt: acceptedAt };
}

/**
 * How long the one at `position` (1 is next) will still wait, in milliseconds; null: too few
 * samples to say. `firstSince` is when the next one came: waiting longer than usual it slows the
 * rate down before anybody is accepted again.
 */
export function estimateMs(
  rate: Rate,
  position: number,
  firstSince: number,
  now: number,
): number | null {
  if (rate.spans.length < SAMPLES_MIN) return null;
  const usual = mean(rate.spans);
  const open = now - Math.max(rate.lastAcceptedAt, firstSince);
  return Math.round(position * (open > usual ? mean([...rate.spans, open]) : usual));
}

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
