import type { AgentId } from '../../protocol/ids.ts';
import { type AgentState, type Assignment, newAgent } from './state.ts';

/**
 * The state of a stored snapshot in today's shape. What a snapshot of an older program doesn't
 * know is what it is for a new agent.
 */
export function liftAgent(stored: unknown): AgentState {
  if (!isVersion1(stored)) return stored as AgentState;
  const { chat, pending, ...rest } = stored;
  const fresh = newAgent(stored.agent);
  const pendingNow =
    pending === null
      ? null
      : ({
          to: 'not-ready',
          reason: pending.reason,
          durationMs: null,
          next: 'stay',
          by: { kind: 'agent' },
        } as const);
  return {
    ...fresh,
    ...rest,
    channels: {
      ...fresh.channels,
      chat: { ...fresh.channels.chat, ...chat, pending: pendingNow },
    },
    assignments: Object.fromEntries(
      Object.entries(stored.assignments).map(([id, held]) => [id, liftAssignment(held)]),
    ),
  };
}

/** Of version 1 as far as it differs: chat was the one channel. */
type Version1 = Omit<AgentState, 'channels' | 'doNotDisturb' | 'idle' | 'assignments'> & {
  readonly agent: AgentId;
  readonly chat: Pick<AgentState['channels']['chat'], 'status' | 'reason' | 'since'>;
  readonly pending: { readonly reason: string | null } | null;
  readonly assignments: Readonly<Record<string, OldAssignment>>;
};
type OldAssignment =
  | Extract<Assignment, { readonly phase: 'offered' }>
  | { readonly phase: 'active' | 'wrapping'; readonly epoch: number };

const isVersion1 = (stored: unknown): stored is Version1 =>
  typeof stored === 'object' && stored !== null && 'chat' in stored;

function liftAssignment(held: OldAssignment): Assignment {
  const { phase } = held;
  if (phase === 'offered') return held;
  const owned = { epoch: held.epoch, role: 'owner', channel: 'chat' } as const;
  return phase === 'active' ? { phase, ...owned } : { phase, ...owned, blocks: false };
}
