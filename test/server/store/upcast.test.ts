import * as v from 'valibot';
import { expect, test } from 'vitest';
import { AgentEvent } from '../../../protocol/agent-events.ts';
import { EVENT_VERSION } from '../../../protocol/version.ts';
import { type Upcaster, upcast, upcasters } from '../../../server/store/upcast.ts';

/** A made-up history: `said` became `message-posted`, then it learned who wrote it. */
const made: readonly Upcaster[] = [
  ({ type, ...rest }) => ({ type: type === 'said' ? 'message-posted' : type, ...rest }),
  (body) => ({ author: { kind: 'customer' }, ...body }),
];

test('there is one upcaster for each step of the event version', () => {
  expect(upcasters).toHaveLength(EVENT_VERSION - 1);
});

test('an event of today is what was stored', () => {
  const body = { type: 'customer-returned' };
  expect(upcast(body, EVENT_VERSION)).toBe(body);
});

test.each([
  [1, { type: 'said' }, { type: 'message-posted', author: { kind: 'customer' } }],
  [2, { type: 'message-posted' }, { type: 'message-posted', author: { kind: 'customer' } }],
  [3, { type: 'message-posted', author: 1 }, { type: 'message-posted', author: 1 }],
])('an event of version %i is lifted step by step', (version, stored, today) => {
  expect(upcast(stored, version, made)).toEqual(today);
});

test.each([
  [
    1,
    { type: 'marked-done', by: 'agent', dispositions: [], incomplete: false },
    { resolved: null, sendTranscript: false },
  ],
  [1, { type: 'granted', interaction: 'c1', epoch: 1, role: 'owner' }, { channel: 'chat' }],
  [1, { type: 'revoked', interaction: 'c1', epoch: 1, reason: 'done' }, { role: 'owner' }],
])('a stored event of version %i is lifted to today’s shape: %o', (version, stored, added) => {
  expect(upcast(stored, version)).toEqual({ ...stored, ...added });
});

test('an event of a newer program is not guessed at', () => {
  expect(() => upcast({ type: 'x' }, 4, made)).toThrow('version 4');
});

/** As version 1 stored them, and what they are today. */
test.each([
  [
    {
      type: 'status-changed',
      channel: 'chat',
      from: 'ready',
      to: 'not-ready',
      reason: 'lunch',
      by: 'agent',
    },
    { until: null, next: 'stay', by: { kind: 'agent' } },
  ],
  [
    { type: 'pending-set', reason: 'lunch' },
    {
      channel: 'chat',
      to: 'not-ready',
      durationMs: null,
      next: 'stay',
      by: { kind: 'agent' },
    },
  ],
  [{ type: 'pending-cleared' }, { channel: 'chat' }],
  [{ type: 'granted', interaction: 'i1', epoch: 1, role: 'owner' }, { channel: 'chat' }],
  [{ type: 'wrap-up-started', interaction: 'i1' }, { blocks: false }],
  [{ type: 'revoked', interaction: 'i1', epoch: 1, reason: 'done' }, { role: 'owner' }],
])('an agent’s event of version 1 is what it would be today: $type', (stored, rest) => {
  const today = upcast(stored, 1);
  expect(today).toEqual({ ...stored, ...rest });
  expect(v.parse(AgentEvent, today)).toEqual(today);
});
