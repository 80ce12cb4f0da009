import type { Why } from '../../protocol/parts.ts';
import type { Candidate } from './candidate.ts';
import type { Waiting } from './waiting.ts';

/**
 * The agent for one waiting interaction, or null. `candidates` come in their order (see
 * `compareCandidates`); at most as many are looked at as are skipped, plus two.
 *
 * OFFER-6: an agent who rejected it is passed over until then, unless nobody else is left among
 * the `ready` agents of the queue (busy ones included). `rejected` counts those who could have got
 * it otherwise.
 */
export function choose(
  waiting: Pick<Waiting, 'skipped'>,
  candidates: Iterable<Candidate>,
  isAvailable: (agent: Candidate['agent']) => boolean,
  ready: { readonly size: number; readonly has: (agent: Candidate['agent']) => boolean },
  bestProficiency: boolean,
  now: number,
): Chosen | null {
  const skipped = new Set<Candidate['agent']>();
  for (const one of waiting.skipped)
    if (one.until > now && ready.has(one.agent)) skipped.add(one.agent);
  if (skipped.size >= ready.size) skipped.clear();

  let first: Candidate | null = null;
  for (const candidate of candidates) {
    if (skipped.has(candidate.agent)) continue;
    if (first === null) first = candidate;
    else return won(first, reasonOver(first, candidate, bestProficiency));
  }
  return first === null ? null : won(first, 'only');

  function won(candidate: Candidate, reason: Why['reason']): Chosen {
    return { candidate, reason, rejected: [...skipped].filter(isAvailable).length };
  }
}

export type Chosen = {
  readonly candidate: Candidate;
  readonly reason: Why['reason'];
  readonly rejected: number;
};

/** ROUTE-8: what put the winner before the next one. */
function reasonOver(winner: Candidate, next: Candidate, bestProficiency: boolean): Why['reason'] {
  if (bestProficiency && winner.proficiency > next.proficiency) return 'proficiency';
  return winner.load < next.load ? 'load' : 'longest';
}
