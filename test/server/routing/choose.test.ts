import { expect, test } from 'vitest';
import type { AgentId } from '../../../protocol/ids.ts';
import { type Candidate, compareCandidates } from '../../../server/routing/candidate.ts';
import { choose } from '../../../server/routing/choose.ts';
import type { Waiting } from '../../../server/routing/waiting.ts';

const NOW = 100_000;

type Agents = Readonly<Record<string, Partial<Candidate> | 'busy'>>;

/** Among these agents, in their order; busy ones are ready, without room. */
function chosen(waiting: Partial<Waiting>, agents: Agents, best = false): string {
  const candidates = Object.entries(agents)
    .filter(([, rest]) => rest !== 'busy')
    .map(([name, rest]) => ({
      agent: name as AgentId,
      proficiency: 3,
      load: 0,
      lastAcceptedAt: 0,
      ...(rest as Partial<Candidate>),
    }))
    .sort(compareCandidates(best));
  const found = choose(
    { skipped: [], ...waiting },
    candidates,
    (agent) => candidates.some((one) => one.agent === agent),
    new Set(Object.keys(agents) as AgentId[]),
    best,
    NOW,
  );
  if (found === null) return 'nobody';
  const { candidate, reason, rejected } = found;
  return `${candidate.agent}, ${reason}${rejected === 0 ? '' : `, ${rejected} rejected it`}`;
}

const skips = (...names: string[]) =>
  names.map((name) => ({ agent: name as AgentId, until: NOW + 1 }));

test.each<[string, Partial<Waiting>, Agents, string]>([
  ['nobody there', {}, {}, 'nobody'],
  ['only one there', {}, { bo: {} }, 'bo, only'],
  ['one with less to do', {}, { bo: { load: 2 }, cy: { load: 1 } }, 'cy, load'],
  [
    'one whose last is longer ago',
    {},
    { bo: { lastAcceptedAt: 2 }, cy: { lastAcceptedAt: 1 } },
    'cy, longest',
  ],
  ['all alike', {}, { bo: {}, cy: {} }, 'bo, longest'],
])('OFFER-2, ROUTE-3: the offer says why this agent: %s', (_, waiting, agents, expected) => {
  expect(chosen(waiting, agents)).toBe(expected);
});

test('OFFER-2, ROUTE-3: the best one, where the queue says so', () => {
  const agents = { bo: { load: 3, proficiency: 5 }, cy: { proficiency: 4 } };
  expect(chosen({}, agents, true)).toBe('bo, proficiency');
  expect(chosen({}, agents, false)).toBe('cy, load');
  expect(chosen({}, { bo: { load: 1 }, cy: {} }, true)).toBe('cy, load');
});

test.each<[string, Partial<Waiting>, Agents, string]>([
  [
    'who rejected it is passed over',
    { skipped: skips('bo') },
    { bo: {}, cy: { load: 3 } },
    'cy, only, 1 rejected it',
  ],
  [
    'for 60 s',
    { skipped: [{ agent: 'bo' as AgentId, until: NOW }] },
    { bo: {}, cy: { load: 3 } },
    'bo, load',
  ],
  ['even while the other one is busy', { skipped: skips('bo') }, { bo: {}, cy: 'busy' }, 'nobody'],
  ['until nobody else is left', { skipped: skips('bo') }, { bo: {} }, 'bo, only'],
  [
    'until all have rejected it',
    { skipped: skips('bo', 'cy') },
    { bo: {}, cy: { load: 1 } },
    'bo, load',
  ],
  [
    'those who are gone don’t count as left',
    { skipped: skips('bo', 'di') },
    { bo: {}, cy: 'busy' },
    'nobody',
  ],
  [
    'nor do they make others come back',
    { skipped: skips('di') },
    { bo: {}, cy: {} },
    'bo, longest',
  ],
])('OFFER-6: %s', (_, waiting, agents, expected) => {
  expect(chosen(waiting, agents)).toBe(expected);
});

test('OFFER-2, OFFER-6: only those count as rejecting who could have got it otherwise', () => {
  const waiting = { skipped: skips('bo', 'cy', 'di') };
  const agents: Agents = { bo: {}, cy: 'busy', ed: { load: 1 }, fi: { load: 2 } };
  expect(chosen(waiting, agents)).toBe('ed, load, 1 rejected it');
});

test('OFFER-6: at most as many candidates are looked at as are skipped, and two more', () => {
  let looked = 0;
  function* all() {
    for (let n = 0; n < 1_000; n++) {
      looked++;
      yield { agent: `a${n}` as AgentId, proficiency: 1, load: 0, lastAcceptedAt: n };
    }
  }
  choose(
    { skipped: skips('a0', 'a1', 'a2') },
    all(),
    () => true,
    { size: 1_000, has: () => true },
    false,
    NOW,
  );
  expect(looked).toBe(5);
});
