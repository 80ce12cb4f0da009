import { describe, expect, test } from 'vitest';
import { type Hours, openingAt, openingOf } from '../../../server/centre/opening-hours.ts';

const never = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const daily = (...spans: string[]) => ({
  mon: spans,
  tue: spans,
  wed: spans,
  thu: spans,
  fri: spans,
  sat: spans,
  sun: spans,
});
const hours = (timeZone: string, week: Partial<Hours['week']>, holidays: Hours['holidays'] = []) =>
  ({ id: 'h', timeZone, week: { ...never, ...week }, holidays }) satisfies Hours;
const at = (text: string) => Date.parse(text);
const shown = (of: Hours, text: string) => {
  const { open, until } = openingAt(of, at(text));
  return [open, until === null ? null : new Date(until).toISOString()];
};

const office = hours('Europe/Berlin', {
  mon: ['09:00-12:00', '13:00-17:30'],
  tue: ['09:00-17:30'],
  fri: ['09:00-17:30'],
});

describe('ROUTE-6: a queue is open by the clock of its time zone', () => {
  test.each<[string, string, boolean, string]>([
    ['before it opens', '2026-11-16T07:59:59.999Z', false, '2026-11-16T08:00:00.000Z'],
    ['the moment it opens', '2026-11-16T08:00:00Z', true, '2026-11-16T11:00:00.000Z'],
    ['the last moment before lunch', '2026-11-16T10:59:59.999Z', true, '2026-11-16T11:00:00.000Z'],
    ['at lunch', '2026-11-16T11:00:00Z', false, '2026-11-16T12:00:00.000Z'],
    ['at night, until the next day', '2026-11-16T20:00:00Z', false, '2026-11-17T08:00:00.000Z'],
    ['over days that are closed', '2026-11-17T17:00:00Z', false, '2026-11-20T08:00:00.000Z'],
  ])('%s', (_, time, open, until) => {
    expect(shown(office, time)).toEqual([open, until]);
  });

  test('in São Paulo it is another hour, and late evening there is the next day in UTC', () => {
    const saoPaulo = hours('America/Sao_Paulo', { mon: ['18:00-23:00'] });
    expect(shown(saoPaulo, '2026-11-17T01:30:00Z')).toEqual([true, '2026-11-17T02:00:00.000Z']);
    expect(shown(saoPaulo, '2026-11-16T20:59:00Z')).toEqual([false, '2026-11-16T21:00:00.000Z']);
  });

  test('a night that is written as two days is one', () => {
    const night = hours('Europe/Berlin', { fri: ['22:00-24:00'], sat: ['00:00-04:00'] });
    expect(shown(night, '2026-11-20T22:30:00Z')).toEqual([true, '2026-11-21T03:00:00.000Z']);
    expect(shown(night, '2026-11-21T02:59:00Z')).toEqual([true, '2026-11-21T03:00:00.000Z']);
  });
});

describe('ROUTE-6: where the clock is put forward or back', () => {
  // Berlin, 29 March 2026: at 02:00 it is 03:00. 25 October 2026: at 03:00 it is 02:00 again.
  test('opening at nine is an hour earlier for the rest of the world in summer', () => {
    const nine = hours('Europe/Berlin', daily('09:00-17:00'));
    expect(shown(nine, '2026-03-28T17:00:00Z')).toEqual([false, '2026-03-29T07:00:00.000Z']);
    expect(shown(nine, '2026-10-24T17:00:00Z')).toEqual([false, '2026-10-25T08:00:00.000Z']);
  });

  test('a night over the change is one hour shorter or longer', () => {
    const nights = hours('Europe/Berlin', daily('01:00-05:00'));
    expect(shown(nights, '2026-03-29T00:30:00Z')).toEqual([true, '2026-03-29T03:00:00.000Z']);
    expect(shown(nights, '2026-10-24T23:30:00Z')).toEqual([true, '2026-10-25T04:00:00.000Z']);
  });

  test('a time that the clock never shows is read as if it had not been put forward', () => {
    const gap = hours('Europe/Berlin', daily('02:30-05:00'));
    expect(shown(gap, '2026-03-29T00:00:00Z')).toEqual([false, '2026-03-29T01:30:00.000Z']);
  });

  test('an hour that comes twice counts from its first beginning to its last end', () => {
    const twice = hours('Europe/Berlin', daily('02:00-03:00'));
    expect(shown(twice, '2026-10-25T00:00:00Z')).toEqual([true, '2026-10-25T02:00:00.000Z']);
    expect(shown(twice, '2026-10-25T01:30:00Z')).toEqual([true, '2026-10-25T02:00:00.000Z']);
  });

  test('a zone that changes at midnight, and one of half an hour', () => {
    // Beirut, 29 March 2026: midnight is one o'clock. Lord Howe changes by 30 minutes.
    const beirut = hours('Asia/Beirut', daily('00:00-02:00'));
    expect(shown(beirut, '2026-03-28T21:59:00Z')).toEqual([false, '2026-03-28T22:00:00.000Z']);
    expect(shown(beirut, '2026-03-28T22:30:00Z')).toEqual([true, '2026-03-28T23:00:00.000Z']);
    const island = hours('Australia/Lord_Howe', daily('09:00-17:00'));
    expect(shown(island, '2026-04-03T23:00:00Z')[1]).toBe('2026-04-04T06:00:00.000Z');
    expect(shown(island, '2026-04-05T23:00:00Z')[1]).toBe('2026-04-06T06:30:00.000Z');
  });
});

describe('ROUTE-6: holidays', () => {
  const yearEnd = hours('Europe/Berlin', daily('09:00-17:00'), [
    { date: '2026-12-24', open: ['09:00-12:00'] },
    { date: '2026-12-25', open: [] },
  ]);
  test('a short one closes early, and the day after is closed', () => {
    expect(shown(yearEnd, '2026-12-24T10:00:00Z')).toEqual([true, '2026-12-24T11:00:00.000Z']);
    expect(shown(yearEnd, '2026-12-24T11:00:00Z')).toEqual([false, '2026-12-26T08:00:00.000Z']);
  });
  test('the date is the zone’s, not that of UTC', () => {
    const auckland = hours('Pacific/Auckland', daily('08:00-18:00'), [
      { date: '2026-12-25', open: [] },
    ]);
    expect(shown(auckland, '2026-12-24T20:00:00Z')[0]).toBe(false);
    expect(shown(auckland, '2026-12-23T20:00:00Z')[0]).toBe(true);
  });
});

test('no hours are always open; hours without a day are looked at again some time', () => {
  expect(openingAt(null, at('2026-11-16T08:00:00Z'))).toEqual({ open: true, until: null });
  const { open, until } = openingAt(hours('UTC', {}), 0);
  expect([open, (until ?? 0) > 7 * 86_400_000]).toEqual([false, true]);
  expect(openingAt(hours('UTC', daily('00:00-24:00')), at('2026-11-16T08:00:00Z')).open).toBe(true);
});

test('what was looked up once says the same as looking again, forwards and backwards', () => {
  const known = openingOf(office);
  const times = Array.from({ length: 400 }, (_, n) => at('2026-10-20T00:00:00Z') + n * 3_333_333);
  for (const time of [...times, ...times.toReversed()]) {
    const { open, until } = known(time);
    const fresh = openingAt(office, time);
    expect(open).toBe(fresh.open);
    // One that was looked up earlier may name an earlier time to look again, never a later one.
    expect(until ?? 0).toBeLessThanOrEqual(fresh.until ?? 0);
    expect(until ?? 0).toBeGreaterThan(time);
  }
});
