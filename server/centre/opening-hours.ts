import { weekdays } from './schema/opening-hours.ts';
import type { CentreFile } from './schema.ts';

export type Hours = CentreFile['openingHours'][number];

/** ROUTE-6: open or not, and until when that holds at least; null: for ever. */
export type Opening = { readonly open: boolean; readonly until: number | null };

const DAY_MS = 24 * 3_600_000;
/** What lies further ahead is looked at when it is nearer. */
const DAYS_AHEAD = 14;

/**
 * Hours are those of the clock on the wall of the time zone. Where a clock is put forward, a time
 * that it never shows is read as if it hadn't been; where it is put back, an hour that comes
 * twice counts from its first beginning to its last end.
 *
 * By `Intl` and not by a library: it needs one conversion each way, and Node has the time zones.
 * `Temporal` will do it in one line.
 */
export function openingAt(hours: Hours | null, at: number): Opening {
  return hours === null ? { open: true, until: null } : openingIn(lookUp(hours, at), at);
}

/** The same, asked about again and again, for now and for later by turns: looked up once a week. */
export function openingOf(hours: Hours): (at: number) => Opening {
  let known: Known | null = null;
  return (at) => {
    if (known === null || at < known.from || at >= known.from + KNOWN_MS) known = lookUp(hours, at);
    return openingIn(known, at);
  };
}

/** What is looked up at `from` holds for any time in the week after it. */
type Known = { readonly from: number; readonly spans: readonly Span[] };
const KNOWN_MS = (DAYS_AHEAD / 2) * DAY_MS;

const lookUp = (hours: Hours, at: number): Known => ({
  from: at,
  spans: spansFrom(hours, localDate(hours.timeZone, at)),
});

function openingIn({ from: lookedAt, spans }: Known, at: number): Opening {
  const now = spans.find(({ from, to }) => from <= at && at < to);
  if (now !== undefined) return { open: true, until: now.to };
  const next = spans.find(({ from }) => from > at);
  return { open: false, until: next?.from ?? lookedAt + (DAYS_AHEAD - 1) * DAY_MS };
}

type Span = { readonly from: number; readonly to: number };

/** In their order, those that touch (at midnight) made one. From the day before: its last may still run. */
function spansFrom(hours: Hours, today: number): Span[] {
  const merged: Span[] = [];
  for (let day = -1; day <= DAYS_AHEAD; day++) {
    for (const { from, to } of spansOf(hours, today + day * DAY_MS)) {
      const last = merged.at(-1);
      if (to <= from) continue;
      if (last !== undefined && from <= last.to)
        merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, to) };
      else merged.push({ from, to });
    }
  }
  return merged;
}

/** One day's, as server times. `day` is its midnight in UTC. */
function spansOf(hours: Hours, day: number): Span[] {
  const date = new Date(day).toISOString().slice(0, 10);
  const holiday = hours.holidays.find((one) => one.date === date);
  const weekday = weekdays[new Date(day).getUTCDay()] ?? 'sun';
  return [...(holiday?.open ?? hours.week[weekday])].sort().map((span) => ({
    from: instantOf(hours.timeZone, day + minutesOf(span.slice(0, 5)) * 60_000, 'first'),
    to: instantOf(hours.timeZone, day + minutesOf(span.slice(6)) * 60_000, 'last'),
  }));
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Midnight in UTC of the date that the zone's calendar shows. */
const localDate = (timeZone: string, at: number): number =>
  Math.floor((at + offsetAt(timeZone, at)) / DAY_MS) * DAY_MS;

/** When the zone's clock shows `local` (as if it were UTC), for the first or the last time. */
function instantOf(timeZone: string, local: number, which: 'first' | 'last'): number {
  const before = offsetAt(timeZone, local - DAY_MS);
  const after = offsetAt(timeZone, local + DAY_MS);
  if (before === after) return local - before;
  const offsets = [before, after];
  const times = offsets
    .map((offset) => local - offset)
    .filter((time) => time + offsetAt(timeZone, time) === local);
  if (times.length === 0) return local - Math.min(...offsets);
  return which === 'first' ? Math.min(...times) : Math.max(...times);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the zone's clock is before UTC at this time, in milliseconds. */
function offsetAt(timeZone: string, at: number): number {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  // As text and not in parts, which take three times as long: the order of en-US is month, day, year, time.
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] =
    format.format(at).match(/\d+/g)?.map(Number) ?? [];
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}
