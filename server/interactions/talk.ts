import type { AgentId, FileId } from '../../protocol/ids.ts';
import type { Author } from '../../protocol/interaction-events.ts';
import { attachmentsOf, type StoredFile } from './attachments.ts';
import { type Fact, fact, type Outcome } from './facts.ts';
import type { QueuePolicy } from './policy.ts';
import { type InteractionState, isLive, roleOf } from './state.ts';

/** CHAT-7: a page for the customer, as it is in the address field, and how it opens there. */
export type PushPage = { readonly url: string; readonly opens: 'tab' | 'card' };

/** What is posted, by which principal, and what is known of its files. */
type Said = {
  readonly text: string;
  readonly files?: readonly FileId[] | undefined;
  readonly owner: string;
  readonly stored: readonly StoredFile[];
  readonly page: PushPage | null;
};

/**
 * The customer writes from the start until the end, owner and guests while it is active. What is
 * parked comes back with the customer's reply, as something new that waits, best for the same
 * agent (END-7).
 */
export function post(
  state: InteractionState,
  author: Author,
  { text, files = [], owner, stored, page }: Said,
  policy: QueuePolicy,
  now: number,
): Outcome {
  const { status } = state;
  if (isOver(state)) return 'not-active';
  if (author.kind === 'agent') {
    if (status.name !== 'active') return 'not-active';
    const role = roleOf(state, author.agent);
    if (role !== 'owner' && role !== 'guest') return 'not-allowed';
  }
  const attached = attachmentsOf(files, stored, owner, state.id);
  if (typeof attached === 'string') return attached;
  const { facts, names } = attached;
  const posted = fact(
    {
      ...{ type: 'message-posted', author },
      ...(facts.length > 0 && { files: [...facts] }),
      ...(page !== null && { page: page.opens }),
    },
    { text, ...names, ...(page !== null && { page: page.url }) },
  );
  return status.name === 'parked' ? replied(state, status.owner, posted, policy, now) : [posted];
}

/** CHAT-12: the last socket of all tabs closed. */
export function customerGone(state: InteractionState, policy: QueuePolicy, now: number): Outcome {
  if (state.presence.name === 'away' || isOver(state) || !isLive(state)) return [];
  return [fact({ type: 'customer-away', leftAt: now + policy.customerLeftMs })];
}

export function customerBack(state: InteractionState): Outcome {
  if (state.presence.name === 'here' || isOver(state)) return [];
  return [fact({ type: 'customer-returned' })];
}

/** STATE-8: the customer is told that the agent is away. */
export function ownerAway(state: InteractionState, agent: AgentId): Outcome {
  if (state.status.name !== 'active' || state.status.owner !== agent || state.ownerAway) return [];
  return [fact({ type: 'owner-away', agent })];
}

export function ownerBack(state: InteractionState, agent: AgentId): Outcome {
  if (state.status.name !== 'active' || state.status.owner !== agent || !state.ownerAway) return [];
  return [fact({ type: 'owner-returned', agent })];
}

/** A customer who is away by what we know gets the whole time to come back, as when it is unparked by hand. */
const replied = (
  { queue, priority, presence }: InteractionState,
  owner: AgentId,
  posted: Fact,
  { preferredMs, customerLeftMs }: QueuePolicy,
  now: number,
): Fact[] => [
  fact({ type: 'unparked', agent: owner, by: 'reply' }),
  ...(presence.name === 'away'
    ? [fact({ type: 'customer-away', leftAt: now + customerLeftMs })]
    : []),
  posted,
  fact({
    type: 'queued',
    queue,
    priority,
    enqueuedAt: now,
    reason: 'replied',
    skipped: [],
    preferred: preferredMs === 0 ? null : owner,
    preferredUntil: preferredMs === 0 ? null : now + preferredMs,
    target: null,
  }),
];

/** For the customer: the talk has ended, or it has become work (END-4). */
const isOver = ({ status, placedAt }: InteractionState): boolean =>
  placedAt !== null || status.name === 'wrapping' || status.name === 'done';
