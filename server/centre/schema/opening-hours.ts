import * as v from 'valibot';
import { group, id, list, needed, setting } from '../expect.ts';

const spanMessage = 'hours like "09:00-17:30", the later one after the earlier';
const span = v.pipe(
  v.string(spanMessage),
  v.regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, spanMessage),
  v.check((text) => text.slice(0, 5) < text.slice(6), spanMessage),
);
const spans = list(span, 10);

const dateMessage = 'a date like 2026-12-25';
const date = v.pipe(
  v.string(dateMessage),
  v.regex(/^\d{4}-\d\d-\d\d$/, dateMessage),
  v.check((text) => isDate(text), dateMessage),
);

const timeZoneMessage = 'a time zone like Europe/Berlin';
const timeZone = v.pipe(
  v.string(timeZoneMessage),
  v.check((text) => isTimeZone(text), timeZoneMessage),
);

export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

const closed = (day: string) =>
  setting(spans, [], `${day}: \`["09:00-12:00", "13:00-17:30"]\`; until midnight is \`24:00\``);

/** ROUTE-6. */
export const Hours = v.strictObject({
  id: needed(id, 'queues name it'),
  timeZone: needed(timeZone, 'a name of the IANA database, such as `America/Sao_Paulo`'),
  week: setting(
    group({
      mon: closed('Monday'),
      tue: closed('Tuesday'),
      wed: closed('Wednesday'),
      thu: closed('Thursday'),
      fri: closed('Friday'),
      sat: closed('Saturday'),
      sun: closed('Sunday'),
    }),
    {},
    'when it is open, by the clock of the time zone; a day that is left out is closed',
  ),
  holidays: setting(
    list(
      v.strictObject({
        date: needed(date, '`2026-12-25`; quotes are not needed'),
        open: setting(spans, [], 'the hours of that day'),
      }),
      1_000,
    ),
    [],
    'days that are not like their weekday',
  ),
});

function isDate(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** Asking takes Node half a millisecond, and a centre names the same few again and again. */
const timeZones = new Set<string>();

function isTimeZone(text: string): boolean {
  if (timeZones.has(text)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    timeZones.add(text);
    return true;
  } catch {
    return false;
  }
}
