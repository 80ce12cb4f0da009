import type { BatchPart } from '../../protocol/frames.ts';
import { agentStream, type InteractionId, interactionStream } from '../../protocol/ids.ts';
import type { BatchResult, Missing } from '../disk/contract.ts';
import { applyAgentPart } from './agent-part.ts';
import { applyInteractionPart } from './interaction-part.ts';
import type { Work } from './work.ts';

type Verdict = BatchResult['parts'][number];

/**
 * The parts of a batch in their order. Pure but for `work`.
 *
 *   upTo ≤ cursor           duplicate: nothing changes
 *   after ≤ cursor < upTo   applied: the events after the cursor
 *   after > cursor          gap: nothing changes, the stream is asked for again
 *
 * An epoch that isn't known yet is a gap, one that is over a duplicate.
 */
export function applyParts(
  work: Work,
  parts: readonly BatchPart[],
): Pick<BatchResult, 'parts' | 'missing'> {
  const verdicts: Verdict[] = [];
  const missing = new Map<string, Missing>();
  for (const part of parts) {
    const verdict = applyPart(work, part);
    verdicts.push(verdict);
    if (verdict !== 'gap') continue;
    for (const one of missingFor(work, part))
      if (!one.early || !missing.has(one.stream)) missing.set(one.stream, one);
  }
  return { parts: verdicts, missing: [...missing.values()] };
}

function applyPart(work: Work, part: BatchPart): Verdict {
  if (part.of === 'agent') {
    const verdict = compare(work.agent.seq, part);
    if (verdict === 'applied') applyAgentPart(work, part);
    return verdict;
  }
  const row = work.interactions.get(part.interaction);
  if (row === undefined || row.epoch < part.epoch) return 'gap';
  if (row.epoch > part.epoch) return 'duplicate';
  const verdict = compare(row.seq, part);
  if (verdict === 'applied') applyInteractionPart(work, row, part);
  return verdict;
}

function compare(cursor: number, { after, upTo }: BatchPart): Verdict {
  if (upTo <= cursor) return 'duplicate';
  return after > cursor ? 'gap' : 'applied';
}

/** An unknown epoch begins with a grant in the agent's stream: that one is asked for, too. */
function missingFor(work: Work, part: BatchPart): readonly Missing[] {
  const stream = agentStream(work.me);
  const after = work.agent.seq;
  const { epoch } = part;
  if (part.of === 'agent') return [{ stream, epoch, after, early: false }];
  const row = work.interactions.get(part.interaction);
  const own = interactionStream(part.interaction);
  return row?.epoch === epoch
    ? [{ stream: own, epoch, after: row.seq, early: false }]
    : [
        { stream, epoch: 0, after, early: true },
        { stream: own, epoch, after: 0, early: true },
      ];
}

/** The interactions whose rows a batch may touch. */
export function interactionsIn(parts: readonly BatchPart[]): readonly InteractionId[] {
  const ids = new Set<InteractionId>();
  for (const part of parts) {
    if (part.of === 'interaction') ids.add(part.interaction);
    else
      for (const { event } of part.events) if ('interaction' in event) ids.add(event.interaction);
  }
  return [...ids];
}
