import { interactionOf, interactionStream, type StreamName } from '../protocol/ids.ts';
import { type RefusalName, refusals } from '../protocol/refusals.ts';
import { subjectOf } from './access.ts';
import type { Grown } from './append.ts';
import type { Answer } from './handle.ts';
import type { Job } from './job.ts';
import type { Folded } from './states.ts';
import type { StoredAnswer } from './store/contract.ts';

const RETRY_MS = 1_000;

export const refusalOf = (refusal: RefusalName): Answer => ({
  type: 'refused',
  refusal,
  retryMs: refusals[refusal].final ? null : RETRY_MS,
});

/** What the same command heard before; with another body it is another command (TRUST-2). */
export const repeat = (job: Job, known: StoredAnswer): Answer =>
  known.hash === job.hash ? (JSON.parse(known.answer) as Answer) : refusalOf('id-reused');

export function ack(
  job: Job,
  after: readonly Grown[],
  folded: ReadonlyMap<StreamName, Folded>,
): Answer {
  const first = after[0];
  if (first !== undefined)
    return { type: 'ack', stream: first.append.stream, seq: first.folded.seq };
  const subject = subjectOf(job.command);
  const stream: StreamName =
    subject !== null
      ? interactionStream(subject)
      : ([...folded.keys()].find((one) => interactionOf(one) === null) ??
        ('agent:none' as StreamName));
  return { type: 'ack', stream, seq: folded.get(stream)?.seq ?? 0 };
}
