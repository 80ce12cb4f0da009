import type {
  AgentSnapshot,
  ChannelStatus,
  Membership,
  OpenOffer,
} from '../../protocol/agent-events.ts';
import {
  type AgentId,
  agentStream,
  type CommitmentId,
  type InteractionId,
} from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Role } from '../../protocol/members.ts';
import type { Content } from '../../protocol/parts.ts';
import { type AgentState, type ChannelState, ringing } from '../agents/state.ts';
import type { Store } from '../store/contract.ts';
import { cutWords } from './cut-words.ts';

/**
 * An agent's stream folded up to `seq`, with the words of what is open: offers that ring, requests,
 * commitments. At most `limits.snapshotBytes` of JSON: words for which there is no room are cut.
 * Rejects when the store is away.
 */
export async function agentSnapshot(
  store: Pick<Store, 'read'>,
  state: AgentState,
  seq: number,
): Promise<AgentSnapshot> {
  const bare = withWords(state, seq, () => noWords);
  const room = limits.snapshotBytes - Buffer.byteLength(JSON.stringify(bare));
  const seqs = seqsOfWords(state);
  const words = await Promise.all(seqs.map((at) => wordsAt(store, state.agent, at)));
  const cut = cutWords(words, room);
  const bySeq = new Map(
    seqs.map((at, n) => {
      const { content = null, isCut = false } = cut[n] ?? {};
      return [at, { content, cutAt: isCut ? at : null }];
    }),
  );
  return withWords(state, seq, (at) => bySeq.get(at) ?? noWords);
}

type Words = Pick<OpenOffer, 'content' | 'cutAt'>;
/** Takes as much room as the longest number in `cutAt`. */
const noWords: Words = { content: null, cutAt: Number.MAX_SAFE_INTEGER };

const seqsOfWords = (state: AgentState): number[] => [
  ...ringing(state).map(({ seq }) => seq),
  ...Object.values(state.commitments).map(({ seq }) => seq),
  ...Object.values(state.requests).map(({ seq }) => seq),
];

function withWords(state: AgentState, seq: number, words: (at: number) => Words): AgentSnapshot {
  const { agent, channels, doNotDisturb, idle } = state;
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
    offers: ringing(state).map(({ facts, answerBy, seq: at }) => ({
      ...facts,
      answerBy,
      ...words(at),
    })),
    memberships: membershipsOf(state),
    commitments: Object.entries(state.commitments).map(([id, { seq: at, ...facts }]) => ({
      commitment: id as CommitmentId,
      ...facts,
      ...words(at),
    })),
    requests: Object.values(state.requests).map(({ facts, seq: at }) => ({
      ...facts,
      ...words(at),
    })),
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
