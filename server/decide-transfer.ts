import type { AgentCommand } from '../protocol/commands.ts';
import type { AgentId, QueueId, RequestId } from '../protocol/ids.ts';
import type { WaitingTarget } from '../protocol/interaction-events.ts';
import type { RequestKind } from '../protocol/members.ts';
import { departed, refusesRequest, requestMade } from './agents/membership.ts';
import { refusesTaking } from './agents/offers.ts';
import { change, decisionOf, together } from './change.ts';
import { comes } from './coming.ts';
import { type Context, type Decision, refused, type World } from './decision.ts';
import type { Actor } from './interactions/command.ts';
import { fact } from './interactions/facts.ts';
import { ownWrapUpUntil } from './interactions/members.ts';
import { addNote } from './interactions/notes.ts';
import type { QueuePolicy } from './interactions/policy.ts';
import { requested } from './interactions/requests.ts';
import { channelOf, type InteractionState, memberOf } from './interactions/state.ts';
import { type Parcel, queuedByTransfer, transferred } from './interactions/transfer.ts';
import { refusesTarget } from './outside-team.ts';
import { holds, ownershipPasses } from './ownership.ts';
import { everybodyParts } from './parting.ts';

type Agent = Extract<Actor, { readonly kind: 'agent' }>;
type Of<Type extends AgentCommand['type']> = Extract<AgentCommand, { readonly type: Type }>;

/** HAND-2: gives it away, or asks a colleague to take it. */
export function transfer(
  { to, ...parcel }: Of<'transfer'>,
  owner: Agent,
  state: InteractionState,
  policy: QueuePolicy,
  world: World,
  context: Context,
): Decision {
  if (!isOwner(state, owner.id)) return refused('not-active');
  if (parcel.dispositions.some((one) => !policy.dispositions.includes(one)))
    return refused('unknown-disposition');
  const no = refusesTarget(owner.id, to, context);
  if (no !== null) return refused(no);
  switch (to.kind) {
    case 'agent':
      /** HAND-5: who was consulted takes it in one step. */
      return policy.transfer === 'immediate' || isConsulted(state, to.agent)
        ? hand(to.agent, parcel, owner, state, policy, world, context)
        : ask('transfer', to.agent, parcel, owner, state, policy, world, context);
    case 'queue': {
      const there = context.queue(to);
      if (there === null) return refused('unknown-queue');
      if (!there.channels.includes(channelOf(state))) return refused('channel-not-taken');
      return giveBack(to.queue, null, transferred(owner.id, to, parcel), owner.id);
    }
    case 'team':
    case 'skill':
      if (!context.isTarget(to)) return refused('unknown-target');
      return giveBack(state.queue, to, transferred(owner.id, to, parcel), owner.id);
    default:
      return to satisfies never;
  }

  /** It waits again, and the sender's part has ended (HAND-4). */
  function giveBack(
    queue: QueueId,
    target: WaitingTarget | null,
    first: ReturnType<typeof transferred>,
    from: AgentId,
  ): Decision {
    const { now } = context;
    const until = ownWrapUpUntil(state, from, 'sender', policy, now);
    return decisionOf(
      state,
      together(
        everybodyParts(state, policy, world, now),
        change(
          [
            first,
            queuedByTransfer(state, from, queue, target, policy, now),
            ...(until === null ? [] : [fact({ type: 'own-wrap-up-started', agent: from, until })]),
          ],
          [from, departed(world.agent(from), state.id, 'transferred', until)],
        ),
      ),
    );
  }
}

/** HAND-5, HAND-6. */
export function request(
  { kind, to, note }: Of<'request'>,
  owner: Agent,
  state: InteractionState,
  policy: QueuePolicy,
  world: World,
  context: Context,
): Decision {
  if (!isOwner(state, owner.id)) return refused('not-active');
  if (isConsulted(state, to)) {
    if (kind === 'consult') return refused('already-inside');
    return conference(to, note, owner, state, world, context);
  }
  const parcel = { note, draft: '', dispositions: [] };
  return ask(kind, to, parcel, owner, state, policy, world, context);
}

/** The setting `transfer: immediate`, or a colleague who is consulted: they aren't asked. */
function hand(
  to: AgentId,
  parcel: Parcel,
  owner: Agent,
  state: InteractionState,
  policy: QueuePolicy,
  world: World,
  context: Context,
): Decision {
  const person = context.person(to);
  if (person === null) return refused('unknown-agent');
  if (to === owner.id) return refused('already-inside');
  const { desk, reach } = world.agent(to);
  if (desk === null || !reach.reachable) return refused('not-reachable');
  const no = holds(state, to)
    ? null
    : refusesTaking(world.agent(to), channelOf(state), context.agent(to));
  if (no !== null) return refused(no);
  const passing = {
    from: owner.id,
    to: { agent: to, name: person.name },
    reason: 'transferred',
    stays: null,
    answered: null,
  } as const;
  return decisionOf(
    state,
    together(
      change([transferred(owner.id, { kind: 'agent', agent: to }, parcel)]),
      ownershipPasses(state, passing, policy, world, context.now),
    ),
  );
}

function ask(
  kind: RequestKind,
  to: AgentId,
  parcel: Parcel,
  owner: Agent,
  state: InteractionState,
  policy: QueuePolicy,
  world: World,
  context: Context,
): Decision {
  const person = context.person(to);
  if (person === null) return refused('unknown-agent');
  const no = refusesRequest(world.agent(to));
  /** An id that nobody else has. */
  const id = context.newInteraction as string as RequestId;
  const { now } = context;
  const asked = { agent: to, name: person.name, isSupervisor: person.role !== 'agent' };
  const outcome = requested(state, owner.id, kind, asked, id, parcel, policy, now);
  if (typeof outcome === 'string') return refused(outcome);
  if (no !== null) return refused(no);
  const facts = {
    request: id,
    interaction: state.id,
    kind,
    from: owner.id,
    fromName: owner.name,
    channel: channelOf(state),
    queue: state.queue,
    startedAt: state.startedAt,
    until: now + policy.requestMs,
  };
  const { note } = parcel;
  const content = note.trim() === '' ? context.words : { ...context.words, note };
  return decisionOf(state, change([outcome], [to, requestMade(facts, content)]));
}

/** HAND-5: who was consulted joins in one step; the note is for everybody who then is in it. */
function conference(
  to: AgentId,
  note: string,
  owner: Agent,
  state: InteractionState,
  world: World,
  context: Context,
): Decision {
  const person = context.person(to);
  if (person === null) return refused('unknown-agent');
  const author = { kind: 'agent', agent: owner.id, name: owner.name } as const;
  const noted = note.trim() === '' ? [] : addNote(state, author, note, context.now);
  if (typeof noted === 'string') return refused(noted);
  const who = { agent: to, name: person.name };
  return decisionOf(state, together(change(noted), comes(state, who, 'guest', world)));
}

const isConsulted = (state: InteractionState, agent: AgentId): boolean =>
  memberOf(state, agent)?.role === 'consultant';

const isOwner = ({ status }: InteractionState, agent: AgentId): boolean =>
  status.name === 'active' && status.owner === agent;
