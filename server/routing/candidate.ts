import type { AgentId } from '../../protocol/ids.ts';
import type { StatusName } from '../../protocol/parts.ts';

/** What a queue asks of an agent. */
export type QueueNeeds = {
  readonly skills: readonly { readonly skill: string; readonly minimum: number }[];
  /** ROUTE-3: the best proficiency goes before the least load. */
  readonly bestProficiency: boolean;
};

/** An agent as a queue sees them. */
export type Candidate = {
  readonly agent: AgentId;
  /** The sum over the queue's skills. */
  readonly proficiency: number;
  readonly load: number;
  readonly lastAcceptedAt: number;
};

/** ROUTE-3: best proficiency if the queue says so, else least load, then longest since the last accepted offer. */
export const compareCandidates =
  (bestProficiency: boolean) =>
  (one: Candidate, two: Candidate): number => {
    if (bestProficiency && one.proficiency !== two.proficiency)
      return two.proficiency - one.proficiency;
    if (one.load !== two.load) return one.load - two.load;
    if (one.lastAcceptedAt !== two.lastAcceptedAt) return one.lastAcceptedAt - two.lastAcceptedAt;
    return one.agent < two.agent ? -1 : one.agent > two.agent ? 1 : 0;
  };

/** Why an agent can or can't be offered something now. */
export type Availability =
  | 'available'
  | 'signed-out'
  | 'unreachable'
  | 'not-ready'
  | 'do-not-disturb'
  | 'cannot-show'
  | 'ringing'
  | 'no-room'
  | 'on-a-call';

/** STATE-2: an allow-list; STATE-3, OFFER-1, OFFER-4, CAP-1, CAP-2. Commands not answered yet count as load. */
export function availability(agent: {
  readonly signedIn: boolean;
  readonly reachable: boolean;
  readonly status: StatusName;
  readonly pending: boolean;
  readonly doNotDisturb: boolean;
  readonly canShow: boolean;
  readonly load: number;
  readonly limit: number;
  readonly rings: number;
  readonly ringsAtOnce: number;
  /** CAP-2: on a call, which blocks this channel. */
  readonly onCall: boolean;
}): Availability {
  if (!agent.signedIn) return 'signed-out';
  if (!agent.reachable) return 'unreachable';
  if (agent.status !== 'ready' || agent.pending) return 'not-ready';
  if (agent.doNotDisturb) return 'do-not-disturb';
  if (!agent.canShow) return 'cannot-show';
  if (agent.load >= agent.limit) return 'no-room';
  if (agent.onCall) return 'on-a-call';
  return agent.rings >= agent.ringsAtOnce ? 'ringing' : 'available';
}
