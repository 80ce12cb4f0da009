import type { ChannelStatus } from '../protocol/agent-events.ts';
import { Ability, type Limits } from '../protocol/cards.ts';
import type { AgentCommand } from '../protocol/commands.ts';
import type { StatusName } from '../protocol/parts.ts';
import type { AgentPolicy } from '../server/agents/policy.ts';

/** An agent who has the chat alone, with room for so many. */
export const chatsOnly = (chat = 4): Limits => ({
  chat,
  voice: 0,
  email: 0,
  messaging: 0,
  'work-item': 0,
});

/** What the tests' agents may do when a test says nothing else. */
export const plainAgent: AgentPolicy = {
  limits: chatsOnly(),
  voiceBlocks: true,
  ringsAtOnce: 1,
  pendingNotReady: true,
  abilities: Ability.options,
  teams: [],
};

type SetStatus = Extract<AgentCommand, { readonly type: 'set-status' }>;

/** One switch for everything, for as long as it takes. */
export const statusCommand = (
  to: SetStatus['to'],
  reason: string | null = null,
  rest: Partial<SetStatus> = {},
): SetStatus => ({
  type: 'set-status',
  channel: 'all',
  to,
  reason,
  durationMs: null,
  next: 'stay',
  ...rest,
});

export const channelStatus = (
  status: StatusName,
  reason: string | null = null,
  since = 0,
): ChannelStatus => ({ status, reason, since, until: null, next: 'stay', pending: null });
