import { expect, test } from 'vitest';
import { newAgent } from '../../../server/agents/state.ts';
import { fold } from '../../../server/states.ts';
import { channelStatus } from '../../channels.ts';
import { desk, id, offerFacts, who } from '../stories.ts';

/** What version 1 stored of an agent who talks, wraps up, rings and is soon not ready. */
const stored = {
  agent: 'bo',
  desk: 'desk-of-bo',
  reach: { reachable: true, since: 3, at: 1_000 },
  chat: { status: 'ready', reason: null, since: 900 },
  pending: { reason: 'lunch' },
  canShow: true,
  rejectsInRow: 2,
  lastAcceptedAt: 800,
  assignments: {
    c1: { phase: 'active', epoch: 1 },
    c2: { phase: 'wrapping', epoch: 3 },
    c3: { phase: 'offered', facts: offerFacts('c3'), answerBy: null, seq: 9 },
  },
};

test('an agent’s snapshot of version 1 is loaded as what it would be today', () => {
  const stream = 'agent:bo' as const;
  const loaded = { stream, seq: 9, snapshot: { seq: 9, state: stored }, events: [] } as never;
  const { state } = fold(stream as never, loaded);
  const fresh = newAgent(who('bo'));
  const pending = {
    to: 'not-ready',
    reason: 'lunch',
    durationMs: null,
    next: 'stay',
    by: { kind: 'agent' },
  };
  expect(state).toEqual({
    ...fresh,
    desk: desk('desk-of-bo'),
    reach: stored.reach,
    channels: {
      ...fresh.channels,
      chat: { ...channelStatus('ready', null, 900), pending, before: null },
    },
    rejectsInRow: 2,
    lastAcceptedAt: 800,
    assignments: {
      [id('c1')]: { phase: 'active', epoch: 1, role: 'owner', channel: 'chat' },
      [id('c2')]: { phase: 'wrapping', epoch: 3, role: 'owner', channel: 'chat', blocks: false },
      [id('c3')]: stored.assignments.c3,
    },
  });
});

test('a snapshot of today is loaded as it is', () => {
  const state = newAgent(who('bo'));
  const loaded = { stream: 'agent:bo', seq: 1, snapshot: { seq: 1, state }, events: [] } as never;
  expect(fold('agent:bo' as never, loaded).state).toEqual(state);
});
