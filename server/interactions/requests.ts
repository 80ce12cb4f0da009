import type { AgentId, RequestId } from '../../protocol/ids.ts';
import type { RequestKind } from '../../protocol/members.ts';
import type { RefusalName } from '../../protocol/refusals.ts';
import { type Fact, fact } from './facts.ts';
import { MEMBERS_MAX } from './members.ts';
import type { QueuePolicy } from './policy.ts';
import { type InteractionState, memberOf, type Request, requestOf } from './state.ts';
import { type Parcel, parcelContent } from './transfer.ts';

/** An owner asks so many colleagues at once. */
const REQUESTS_MAX = 5;

/** Who is asked, as the centre's file has them. */
type To = { readonly agent: AgentId; readonly name: string; readonly isSupervisor: boolean };

/** The owner asks a colleague to take over, to advise or to join. */
export function requested(
  state: InteractionState,
  from: AgentId,
  kind: RequestKind,
  to: To,
  request: RequestId,
  parcel: Parcel,
  policy: Pick<QueuePolicy, 'requestMs'>,
  now: number,
): Fact | RefusalName {
  if (to.agent === from) return 'already-inside';
  if (state.requests.some((one) => one.to === to.agent)) return 'already-asked';
  if (state.requests.length >= REQUESTS_MAX) return 'too-many-requests';
  if (kind !== 'transfer') {
    const member = memberOf(state, to.agent);
    if (member !== null && member.role !== 'monitor') return 'already-inside';
    if (member === null && state.members.length >= MEMBERS_MAX) return 'conference-full';
  }
  const content = parcelContent(parcel);
  return fact(
    {
      type: 'requested',
      request,
      kind,
      from,
      to: to.agent,
      toName: to.name,
      until: now + policy.requestMs,
      supervisor: to.isSupervisor,
    },
    Object.keys(content).length === 0 ? undefined : content,
  );
}

/** Compare-and-set, as with an offer: the open request to this colleague. */
export function openRequestTo(
  state: InteractionState,
  request: RequestId,
  to: AgentId,
): Request | null {
  const open = requestOf(state, request);
  return open?.to === to ? open : null;
}
