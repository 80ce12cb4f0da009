import type { RequestFacts } from '../../protocol/agent-events.ts';
import type { AgentCommand } from '../../protocol/commands.ts';
import type { AgentId, RequestId } from '../../protocol/ids.ts';
import type { RequestKind, RequestOutcome, RevokedReason, Role } from '../../protocol/members.ts';
import type { Command } from '../../server/interactions/command.ts';
import { agent, chat, START, saying, type Told } from './given.ts';
import { id, queue, talking, who } from './stories.ts';

/** Histories and commands of colleagues around the interaction c1, which is bo's. */

export const request = (n = 1) => `request-${n}` as RequestId;
export const UNTIL = START + 45_000;

/** Bo asks a colleague. */
export const asked = (kind: RequestKind, to: string, n = 1): Told[] => [
  chat('c1', {
    type: 'requested',
    request: request(n),
    kind,
    from: who('bo'),
    to: who(to),
    toName: to,
    until: UNTIL,
    supervisor: false,
  }),
  agent(to, saying({ type: 'request-made', ...facts(kind, n) }, { name: 'Ana', note: 'help' })),
];

export const facts = (kind: RequestKind, n = 1): RequestFacts => ({
  request: request(n),
  interaction: id('c1'),
  kind,
  from: who('bo'),
  fromName: 'bo',
  channel: 'chat',
  queue,
  startedAt: START,
  until: UNTIL,
});

/** Both halves of a request's end. */
export const ended = (kind: RequestKind, to: string, outcome: RequestOutcome, n = 1) => ({
  chat: { type: 'request-ended', request: request(n), kind, to: who(to), outcome } as const,
  agent: { type: 'request-ended', request: request(n), interaction: id('c1'), outcome } as const,
});

export const granted = (epoch: number, role: Role) =>
  ({ type: 'granted', interaction: id('c1'), epoch, role, channel: 'chat' }) as const;

export const revoked = (epoch: number, role: Role, reason: RevokedReason) =>
  ({ type: 'revoked', interaction: id('c1'), epoch, role, reason }) as const;

export const joined = (
  name: string,
  epoch: number,
  was: Role | null = null,
  role = 'guest' as const,
) => ({ type: 'joined', agent: who(name), name, role, was, epoch }) as const;

export const left = (
  name: string,
  reason: 'left' | 'removed' | 'ended' | 'lost' | 'role-changed',
  role: 'guest' | 'consultant' = 'guest',
) => ({ type: 'left', agent: who(name), name, role, reason }) as const;

/** Is in it beside bo, with this epoch. */
export const inside = (
  name: string,
  epoch: number,
  role: 'guest' | 'consultant' | 'monitor' = 'guest',
): Told[] => [
  chat('c1', { type: 'joined', agent: who(name), name, role, was: null, epoch }),
  agent(name, granted(epoch, role)),
];

/** Bo and cy talk with the customer. */
export const conference: Told[] = [...talking('c1', 'bo'), ...inside('cy', 2)];

export const transferTo = (
  to: Extract<AgentCommand, { type: 'transfer' }>['to'],
  rest: Partial<Extract<AgentCommand, { type: 'transfer' }>> = {},
): Command => ({
  type: 'transfer',
  interaction: id('c1'),
  to,
  note: '',
  draft: '',
  dispositions: [],
  ...rest,
});
export const toAgent = (name: string) => transferTo({ kind: 'agent', agent: who(name) });

export const ask = (to: string, kind: 'join' | 'consult' = 'join', note = ''): Command => ({
  type: 'request',
  interaction: id('c1'),
  kind,
  to: who(to),
  note,
});

export const answer = (
  type: 'accept-request' | 'reject-request' | 'cancel-request' | 'request-expired',
  n = 1,
): Command => ({ type, interaction: id('c1'), request: request(n) });

export const inC1 = (type: 'end-conference' | 'leave'): Command => ({
  type,
  interaction: id('c1'),
});

export const ownerChanged = (
  to: string,
  epoch: number,
  reason: 'transferred' | 'handed-over' | 'owner-lost',
  was: Role | null = null,
) =>
  ({
    type: 'owner-changed',
    from: who('bo') as AgentId,
    to: who(to) as AgentId,
    name: to,
    epoch,
    reason,
    was,
  }) as const;
