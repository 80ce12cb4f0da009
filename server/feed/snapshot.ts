import type {
  AgentSnapshot,
  ChannelStatus,
  Membership,
  OpenCommitment,
  OpenOffer,
} from '../../protocol/agent-events.ts';
import {
  type AgentId,
  agentStream,
  type CommitmentId,
  type InteractionId,
} from '../../protocol/ids.ts';
import type { Role } from '../../protocol/members.ts';
import type { Content } from '../../protocol/parts.ts';
import { type AgentState, type ChannelState, ringing } from '../agents/state.ts';
import type { Store } from '../store/contract.ts';

/** An agent's stream folded up to `seq`, with the words of the offers that ring and of open commitments. Rejects when the store is away. */
export async function agentSnapshot(
  store: Pick<Store, 'read'>,
  state: AgentState,
  seq: number,
): Promise<AgentSnapshot> {
  const { agent, channels, doNotDisturb, idle } = state;
  const requests = Object.values(state.requests).map(async ({ facts, seq: at }) => ({
    ...facts,
    content: await wordsAt(store, agent, at),
  }));
  const offers = ringing(state).map(async ({ facts, answerBy, seq: at }): Promise<OpenOffer> => {
    return { ...facts, answerBy, content: await wordsAt(store, agent, at) };
  });
  const commitments = Object.entries(state.commitments).map(
    async ([id, { seq: at, ...facts }]): Promise<OpenCommitment> => ({
      commitment: id as CommitmentId,
      ...facts,
      content: await wordsAt(store, agent, at),
    }),
  );
  return {
    seq,
    agent,
    channels: {
      chat: asTold(channels.chat),
      voice: asTold(channels.voice),
      email: asTold(channels.email),
      messaging: asTold(channels.messaging),
      'work-item': asTold(channels['work-item']),
    },
    doNotDisturb,
    idle,
    offers: await Promise.all(offers),
    memberships: membershipsOf(state),
    commitments: await Promise.all(commitments),
    requests: await Promise.all(requests),
    ownWrapUps: Object.entries(state.ownWrapUps).map(([id, { channel, until }]) => ({
      interaction: id as InteractionId,
      channel,
      until,
    })),
  };
}

/** Of an event of the agent's stream. */
async function wordsAt(
  store: Pick<Store, 'read'>,
  agent: AgentId,
  seq: number,
): Promise<Content | null> {
  const [event] = await store.read(agentStream(agent), seq - 1, 1, 1);
  return event?.content ?? null;
}
const asTold = ({ before: _, ...told }: ChannelState): ChannelStatus => told;

/** What the agent holds, as the desk knows it. */
export function membershipsOf(state: AgentState): Membership[] {
  const memberships: Membership[] = [];
  for (const [id, held] of Object.entries(state.assignments))
    if (held.phase !== 'offered')
      memberships.push({
        interaction: id as InteractionId,
        epoch: held.epoch,
        role: held.role,
        channel: held.channel,
        wrappingUp: held.phase === 'wrapping',
        parkedUntil: held.phase === 'parked' ? held.until : null,
      });
  return memberships;
}

/** A membership by its interaction and epoch. */
export const membershipKey = (interaction: InteractionId, epoch: number): string =>
  `${interaction} ${epoch}`;

export type MissedMemberships = {
  /** Keys of memberships that began, and of those that ended, after the seq. */
  readonly granted: ReadonlySet<string>;
  /** With the role that ended. */
  readonly revoked: ReadonlyMap<string, Role>;
};

/** What a desk at `after` doesn't know yet of its agent's memberships; looks at `limit` events. */
export async function missedMemberships(
  store: Pick<Store, 'read'>,
  agent: AgentId,
  after: number,
  limit: number,
): Promise<MissedMemberships> {
  const granted = new Set<string>();
  const revoked = new Map<string, Role>();
  const stream = agentStream(agent);
  for (let from = after; from < after + limit; ) {
    const page = await store.read(stream, from, after + limit - from, PAGE_BYTES);
    for (const { body } of page) {
      if (body.type === 'granted') granted.add(membershipKey(body.interaction, body.epoch));
      if (body.type === 'revoked')
        revoked.set(membershipKey(body.interaction, body.epoch), body.role);
    }
    const last = page.at(-1);
    if (last === undefined) break;
    from = last.seq;
  }
  return { granted, revoked };
}

const PAGE_BYTES = 256 * 1024;
