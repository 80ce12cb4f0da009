import type { AgentId, QueueId } from '../../protocol/ids.ts';
import type { TransferTarget, WaitingTarget } from '../../protocol/interaction-events.ts';
import type { Content } from '../../protocol/parts.ts';
import { type Fact, fact } from './facts.ts';
import type { QueuePolicy } from './policy.ts';
import type { InteractionState } from './state.ts';

/** HAND-3: what the sender hands over besides the interaction. */
export type Parcel = {
  readonly note: string;
  readonly draft: string;
  readonly dispositions: readonly string[];
};

export function parcelContent({ note, draft, dispositions }: Parcel): Content {
  const content: Record<string, string> = {};
  if (note.trim() !== '') content.note = note;
  if (draft.trim() !== '') content.draft = draft;
  if (dispositions.length > 0) content.dispositions = dispositions.join(' ');
  return content;
}

export const transferred = (from: AgentId, to: TransferTarget, parcel: Parcel): Fact => {
  const content = parcelContent(parcel);
  return fact(
    { type: 'transferred', from, to },
    Object.keys(content).length === 0 ? undefined : content,
  );
};

const PRIORITY_MAX = 10;

/**
 * HAND-2: it waits again, with the age it had and one step more urgent. Who gave it away gets it
 * back only when nobody else is left, like one who rejected it.
 */
export const queuedByTransfer = (
  state: InteractionState,
  from: AgentId,
  queue: QueueId,
  target: WaitingTarget | null,
  policy: Pick<QueuePolicy, 'skipMs'>,
  now: number,
): Fact =>
  fact({
    type: 'queued',
    queue,
    priority: Math.min(PRIORITY_MAX, state.priority + 1),
    enqueuedAt: state.enqueuedAt,
    reason: 'transferred',
    skipped: [{ agent: from, until: now + policy.skipMs }],
    preferred: null,
    preferredUntil: null,
    target,
  });
