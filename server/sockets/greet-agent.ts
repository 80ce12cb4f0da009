import type { Ability, CentreCard, Limits } from '../../protocol/cards.ts';
import type { AgentFrameUp, AgentWelcome, CentreFrame } from '../../protocol/frames.ts';
import {
  type AgentId,
  agentStream,
  type CommandId,
  interactionStream,
  type StreamName,
} from '../../protocol/ids.ts';
import type { Role } from '../../protocol/members.ts';
import type { AgentState } from '../agents/state.ts';
import type { Clock } from '../clock.ts';
import {
  agentSnapshot,
  type MissedMemberships,
  membershipKey,
  membershipsOf,
  missedMemberships,
} from '../feed/snapshot.ts';
import { isWeather } from '../feed/weather.ts';
import type { Handle } from '../handle.ts';
import type { Store } from '../store/contract.ts';
import { SYSTEM } from './ask-system.ts';

export type AgentHello = Extract<AgentFrameUp, { readonly type: 'hello' }>;

/** An agent as the centre's file has them. */
export type Person = {
  readonly name: string;
  readonly role: 'agent' | 'supervisor' | 'admin';
  readonly abilities: readonly Ability[];
  readonly teams: readonly string[];
  readonly limits: Limits;
};

export type GreetDeps = {
  readonly handle: Pick<Handle, 'handle' | 'agent'>;
  readonly store: Pick<Store, 'read'>;
  readonly clock: Clock;
  readonly centreCard: () => CentreCard;
  readonly newCommandId: () => CommandId;
};

export type Greeting = {
  readonly welcome: AgentWelcome;
  /** This desk is the live one since this seq of the agent's stream. */
  readonly liveFrom: number;
  readonly subscriptions: readonly Subscribe[];
};

export type Subscribe = {
  readonly stream: StreamName;
  readonly epoch: number;
  readonly after: number;
  /** Null: the agent's own stream. */
  readonly role: Role | null;
};

/** A desk that is further behind starts from a snapshot: that is less than the events. */
const BEHIND_MAX = 500;

/** Makes the desk the live one and says what it must be told; or why it isn't let in. */
export async function greetAgent(
  deps: GreetDeps,
  agent: AgentId,
  person: Person,
  hello: AgentHello,
): Promise<Greeting | 'open-elsewhere' | 'try-later'> {
  const { handle, store, newCommandId } = deps;
  const { desk, claim } = hello;
  try {
    const answer = await handle.handle(SYSTEM, newCommandId(), {
      type: 'desk-connected',
      agent,
      desk,
      claim,
    });
    if (answer.type === 'refused')
      return answer.refusal === 'open-elsewhere' ? 'open-elsewhere' : 'try-later';
    const { state, seq } = await handle.agent(agent);
    if (state.desk !== desk) return 'open-elsewhere';
    const missed = await missedBy(store, hello, state, seq);
    const snapshot = missed === null ? await agentSnapshot(store, state, seq) : null;
    return {
      welcome: welcomeOf(deps, agent, person, hello, snapshot),
      liveFrom: seq,
      subscriptions: subscriptionsOf(hello, state, seq, missed),
    };
  } catch (error) {
    if (isWeather(error)) return 'try-later';
    throw error;
  }
}

/**
 * What happened to the agent's memberships after the desk's cursor. Null: its cursors are no good
 * start, it needs a snapshot: new, from another history, too far behind, or without a copy of
 * something that it held already at its cursor.
 */
async function missedBy(
  store: Pick<Store, 'read'>,
  { agentSeq, cursors }: AgentHello,
  state: AgentState,
  seq: number,
): Promise<MissedMemberships | null> {
  if (agentSeq === 0 || agentSeq > seq || seq - agentSeq > BEHIND_MAX) return null;
  const missed =
    agentSeq === seq
      ? NOTHING_MISSED
      : await missedMemberships(store, state.agent, agentSeq, seq - agentSeq);
  const held = new Set(cursors.map((one) => membershipKey(one.interaction, one.epoch)));
  const covered = membershipsOf(state).every(({ interaction, epoch }) => {
    const key = membershipKey(interaction, epoch);
    return held.has(key) || missed.granted.has(key);
  });
  return covered ? missed : null;
}

const NOTHING_MISSED: MissedMemberships = { granted: new Set(), revoked: new Map() };

/**
 * From the cursors: what the agent still holds, and what was taken away after the desk's cursor
 * (it gets the end of it before the revocation). With a snapshot everything held, from the
 * beginning where the desk has no copy; without one the grants among the missing events do that.
 */
function subscriptionsOf(
  { agentSeq, cursors }: AgentHello,
  state: AgentState,
  seq: number,
  missed: MissedMemberships | null,
): Subscribe[] {
  const at = new Map(cursors.map((one) => [membershipKey(one.interaction, one.epoch), one]));
  const own: Subscribe = {
    stream: agentStream(state.agent),
    epoch: 0,
    after: missed === null ? seq : agentSeq,
    role: null,
  };
  const held = membershipsOf(state).flatMap(({ interaction, epoch, role }): Subscribe[] => {
    const cursor = at.get(membershipKey(interaction, epoch));
    if (cursor === undefined && missed !== null) return [];
    return [{ stream: interactionStream(interaction), epoch, after: cursor?.seq ?? 0, role }];
  });
  const ended = [...at].flatMap(([key, { interaction, epoch, seq: after }]): Subscribe[] => {
    const role = missed?.revoked.get(key);
    return role === undefined
      ? []
      : [{ stream: interactionStream(interaction), epoch, after, role }];
  });
  return [own, ...held, ...ended];
}

const welcomeOf = (
  { clock, centreCard }: GreetDeps,
  agent: AgentId,
  person: Person,
  { protocol }: AgentHello,
  snapshot: AgentWelcome['snapshot'],
): AgentWelcome => ({
  type: 'welcome',
  protocol,
  now: clock.now(),
  ...agentFacts(agent, person, centreCard()),
  snapshot,
});

/** What the set-up says of an agent, for a welcome or once it has changed. */
export const agentFacts = (
  id: AgentId,
  { name, role, abilities, teams, limits }: Person,
  centre: CentreCard,
): Omit<CentreFrame, 'type'> => ({
  agent: { id, name, role, abilities: [...abilities], teams: [...teams] },
  limits,
  centre,
});
