import type { AgentEvent } from '../../protocol/agent-events.ts';
import type { CommitmentId, InteractionId } from '../../protocol/ids.ts';
import type { Channel } from '../../protocol/parts.ts';
import type { AgentState, Assignment, Before, ChannelState, Commitment } from './state.ts';

/** The state after one more event. `seq` and `at` are the event's. Pure. */
export function evolveAgent(
  state: AgentState,
  event: AgentEvent,
  seq: number,
  at: number,
): AgentState {
  switch (event.type) {
    case 'signed-in':
      return { ...state, desk: event.desk, canShow: true };
    case 'signed-out':
      return {
        ...state,
        desk: null,
        reach: { reachable: false, since: seq, at },
        channels: withoutPending(state.channels),
        doNotDisturb: false,
        idle: false,
      };
    case 'reachable':
      return { ...state, reach: { reachable: true, since: seq, at } };
    case 'unreachable':
      return { ...state, reach: { reachable: false, since: seq, at } };
    case 'status-changed': {
      const { channel, to: status, reason, until, next, by } = event;
      const { pending, before, ...old } = state.channels[channel];
      const kept = status !== 'wrap-up' ? null : old.status === 'wrap-up' ? before : beforeOf(old);
      const now = { status, reason, since: at, until, next, pending, before: kept };
      return {
        ...withChannel(state, channel, now),
        rejectsInRow: status === 'ready' && by.kind !== 'system' ? 0 : state.rejectsInRow,
      };
    }
    case 'pending-set': {
      const { type: _, channel, ...pending } = event;
      return withChannel(state, channel, { ...state.channels[channel], pending });
    }
    case 'pending-cleared':
      return withChannel(state, event.channel, { ...state.channels[event.channel], pending: null });
    case 'do-not-disturb-set':
      return { ...state, doNotDisturb: event.on };
    case 'idle-set':
      return { ...state, idle: event.idle };
    case 'offer-made': {
      const { type: _, ...facts } = event;
      return assign(state, event.interaction, { phase: 'offered', facts, answerBy: null, seq });
    }
    case 'offer-shown': {
      const ring = Object.values(state.assignments).find(
        (one) => one.phase === 'offered' && one.facts.offer === event.offer,
      );
      return ring?.phase === 'offered'
        ? assign(state, ring.facts.interaction, { ...ring, answerBy: event.answerBy })
        : state;
    }
    case 'offer-ended': {
      const after = event.outcome === 'accepted' ? state : drop(state, event.interaction);
      return {
        ...after,
        canShow: event.outcome === 'not-shown' ? false : after.canShow,
        rejectsInRow:
          event.outcome === 'rejected'
            ? after.rejectsInRow + 1
            : event.outcome === 'accepted'
              ? 0
              : after.rejectsInRow,
        lastAcceptedAt: event.outcome === 'accepted' ? at : after.lastAcceptedAt,
      };
    }
    case 'can-show':
      return { ...state, canShow: true };
    case 'granted':
      return assign(state, event.interaction, {
        phase: 'active',
        epoch: event.epoch,
        role: event.role,
        channel: event.channel,
      });
    case 'wrap-up-started': {
      const held = state.assignments[event.interaction];
      return held === undefined || held.phase === 'offered'
        ? state
        : assign(state, event.interaction, {
            ...held,
            phase: 'wrapping',
            blocks: event.blocks,
          });
    }
    case 'parked': {
      const held = state.assignments[event.interaction];
      return held?.phase === 'active'
        ? assign(state, event.interaction, { ...held, phase: 'parked', until: event.until })
        : state;
    }
    case 'unparked': {
      const held = state.assignments[event.interaction];
      return held?.phase === 'parked' ? assign(state, event.interaction, active(held)) : state;
    }
    case 'revoked':
      return drop(state, event.interaction);
    case 'commitment-made': {
      const { about, due, channel } = event;
      return promise(state, event.commitment, { about, due, channel, isDue: false, seq });
    }
    case 'commitment-due': {
      const made = state.commitments[event.commitment];
      return made === undefined
        ? state
        : promise(state, event.commitment, { ...made, isDue: true });
    }
    case 'commitment-ended': {
      return { ...state, commitments: without(state.commitments, event.commitment) };
    }
    case 'request-made': {
      const { type: _, ...facts } = event;
      return { ...state, requests: { ...state.requests, [event.request]: { facts, seq } } };
    }
    case 'request-ended':
      return { ...state, requests: without(state.requests, event.request) };
    case 'own-wrap-up-started': {
      const { channel, until } = event;
      const own = { channel, until, since: seq };
      return { ...state, ownWrapUps: { ...state.ownWrapUps, [event.interaction]: own } };
    }
    case 'own-wrap-up-ended':
      return { ...state, ownWrapUps: without(state.ownWrapUps, event.interaction) };
    default:
      return event satisfies never;
  }
}

const withoutPending = (channels: AgentState['channels']): AgentState['channels'] => ({
  chat: { ...channels.chat, pending: null },
  voice: { ...channels.voice, pending: null },
  email: { ...channels.email, pending: null },
  messaging: { ...channels.messaging, pending: null },
  'work-item': { ...channels['work-item'], pending: null },
});

const withChannel = (state: AgentState, channel: Channel, now: ChannelState): AgentState => ({
  ...state,
  channels: { ...state.channels, [channel]: now },
});

const beforeOf = ({ status, reason, until, next }: Before): Before => ({
  status,
  reason,
  until,
  next,
});

const assign = (
  state: AgentState,
  interaction: InteractionId,
  assignment: Assignment,
): AgentState => ({
  ...state,
  assignments: { ...state.assignments, [interaction]: assignment },
});

const active = ({
  epoch,
  role,
  channel,
}: Exclude<Assignment, { phase: 'offered' }>): Assignment => ({
  phase: 'active',
  epoch,
  role,
  channel,
});

const promise = (state: AgentState, id: CommitmentId, commitment: Commitment): AgentState => ({
  ...state,
  commitments: { ...state.commitments, [id]: commitment },
});

const drop = (state: AgentState, interaction: InteractionId): AgentState => ({
  ...state,
  assignments: without(state.assignments, interaction),
});

function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  const { [key]: _, ...rest } = record;
  return rest;
}
