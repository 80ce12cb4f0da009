import type { AgentId, InteractionId, QueueId } from '../../protocol/ids.ts';
import type { Channel } from '../../protocol/parts.ts';

/** Only agents of this team, or with this skill (HAND-2); null: as the queue's steps say. */
export type Target =
  | { readonly kind: 'team'; readonly team: string }
  | { readonly kind: 'skill'; readonly skill: string }
  | null;

/** An interaction that waits in a queue, as far as routing looks at it. */
export type Waiting = {
  readonly interaction: InteractionId;
  readonly queue: QueueId;
  readonly channel: Channel;
  readonly target: Target;
  /** Came back from a lost agent. */
  readonly returned: boolean;
  readonly priority: number;
  readonly enqueuedAt: number;
  readonly skipped: readonly { readonly agent: AgentId; readonly until: number }[];
  readonly preferred: AgentId | null;
  /** Null: as long as it waits. */
  readonly preferredUntil: number | null;
};

/** ROUTE-1: those returned by a lost agent, then priority (10 first), then age; the id breaks ties. */
export function compareWaiting(one: Waiting, two: Waiting): number {
  if (one.returned !== two.returned) return one.returned ? -1 : 1;
  if (one.priority !== two.priority) return two.priority - one.priority;
  if (one.enqueuedAt !== two.enqueuedAt) return one.enqueuedAt - two.enqueuedAt;
  return one.interaction < two.interaction ? -1 : one.interaction > two.interaction ? 1 : 0;
}
