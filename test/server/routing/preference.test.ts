import { expect, test } from 'vitest';
import type { AgentId, InteractionId, QueueId } from '../../../protocol/ids.ts';
import type { Availability } from '../../../server/routing/candidate.ts';
import { keptFor } from '../../../server/routing/preference.ts';
import type { Waiting } from '../../../server/routing/waiting.ts';

const NOW = 100_000;
const bo = 'bo' as AgentId;

const prefers = (rest: Partial<Waiting> = {}): Waiting => ({
  interaction: 'c1' as InteractionId,
  queue: 'orders' as QueueId,
  channel: 'chat',
  target: null,
  returned: false,
  priority: 5,
  enqueuedAt: 0,
  skipped: [],
  preferred: bo,
  preferredUntil: NOW + 1,
  ...rest,
});

test.each<[string, Waiting, Availability | null, string | null]>([
  ['routable and with room', prefers(), 'available', 'bo'],
  ['for whom something else rings', prefers(), 'ringing', 'bo'],
  [
    'however long it takes, where nothing ends it',
    prefers({ preferredUntil: null }),
    'available',
    'bo',
  ],
  ['but not without room', prefers(), 'no-room', null],
  ['not ready', prefers(), 'not-ready', null],
  ['away', prefers(), 'unreachable', null],
  ['or without the skill', prefers(), null, null],
  ['nor after its time', prefers({ preferredUntil: NOW }), 'available', null],
  [
    'nor where they rejected it',
    prefers({ skipped: [{ agent: bo, until: NOW + 1 }] }),
    'available',
    null,
  ],
  ['nor for nobody', prefers({ preferred: null }), 'available', null],
])('ROUTE-4: it is kept for the preferred agent: %s', (_, waiting, stands, expected) => {
  expect(keptFor(waiting, () => stands, NOW)).toBe(expected);
});
