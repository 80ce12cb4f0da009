import type { Random } from './random.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
const SPANS = 5;

/** Opening hours of a queue that opens and closes every few minutes around this time, every day. */
export function randomHours(id: string, random: Random, now: number) {
  let minute = (Math.floor(now / MINUTE_MS) % DAY_MINUTES) - random.below(10);
  const spans: string[] = [];
  while (spans.length < SPANS) {
    const from = minute;
    const to = from + random.between(3, 20);
    minute = to + random.between(1, 10);
    if (to >= DAY_MINUTES) break;
    if (from >= 0) spans.push(`${clockTime(from)}-${clockTime(to)}`);
  }
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  return { id, timeZone: 'UTC', week: Object.fromEntries(days.map((day) => [day, spans])) };
}

const clockTime = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
