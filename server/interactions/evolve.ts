import type { AgentId, InteractionId } from '../../protocol/ids.ts';
import type { InteractionEvent } from '../../protocol/interaction-events.ts';
import { type InteractionState, memberOf } from './state.ts';

/** The state after one more event. `seq` and `at` are the event's. Pure; throws on a stream that can't be. */
export function evolve(
  state: InteractionState | null,
  event: InteractionEvent,
  seq: number,
  at: number,
  id: InteractionId,
): InteractionState {
  if (event.type === 'started') {
    if (state !== null) throw new Error(`interaction ${id} is started twice`);
    return {
      id,
      customer: event.customer,
      legs: [{ channel: event.channel }],
      language: event.language,
      site: event.site ?? null,
      queue: event.queue,
      startedAt: at,
      priority: 5,
      enqueuedAt: at,
      skipped: [],
      preferred: null,
      preferredUntil: null,
      entered: { seq, at },
      returned: false,
      status: { name: 'queued' },
      presence: { name: 'here' },
      ownerAway: false,
      lastOwner: null,
      epoch: 0,
      tags: [],
      placedAt: null,
      target: null,
      members: [],
      requests: [],
      ownWrapUps: [],
      transcripts: [],
    };
  }
  if (state === null) throw new Error(`interaction ${id} begins with ${event.type}`);
  switch (event.type) {
    case 'queued':
      return {
        ...state,
        queue: event.queue,
        priority: event.priority,
        enqueuedAt: event.enqueuedAt,
        skipped: event.skipped,
        preferred: event.preferred,
        preferredUntil: event.preferredUntil,
        entered: isRequeue[event.reason] ? state.entered : { seq, at },
        target: event.target,
        returned: event.reason === 'owner-lost' || (state.returned && event.reason !== 'started'),
        ownerAway: false,
        status: { name: 'queued' },
      };
    case 'offered':
      return {
        ...state,
        status: {
          name: 'offered',
          agent: event.agent,
          offer: event.offer,
          showBy: event.showBy,
          answerBy: null,
        },
      };
    case 'offer-shown':
      return state.status.name === 'offered'
        ? { ...state, status: { ...state.status, answerBy: event.answerBy } }
        : state;
    case 'accepted':
      return {
        ...state,
        status: { name: 'active', owner: event.agent, epoch: event.epoch },
        epoch: event.epoch,
        lastOwner: event.agent,
        skipped: [],
        target: null,
        returned: false,
        ownerAway: false,
      };
    case 'message-left':
      return { ...state, legs: [...state.legs, { channel: 'email' }], presence: { name: 'here' } };
    case 'customer-away':
      return { ...state, presence: { name: 'away', since: seq, leftAt: event.leftAt } };
    case 'customer-returned':
      return { ...state, presence: { name: 'here' } };
    case 'owner-away':
      return { ...state, ownerAway: true };
    case 'owner-returned':
      return { ...state, ownerAway: false };
    case 'ended':
      return state.status.name === 'active' || state.status.name === 'parked'
        ? {
            ...state,
            status: {
              name: 'wrapping',
              owner: state.status.owner,
              epoch: state.status.epoch,
              since: seq,
              until: event.wrapUpUntil,
            },
          }
        : state;
    case 'abandoned':
      return { ...state, status: { name: 'done', owner: null, by: 'customer', at } };
    case 'marked-done':
      return { ...state, status: { name: 'done', owner: state.lastOwner, by: event.by, at } };
    case 'amended':
      return state.status.name === 'done'
        ? { ...state, status: { ...state.status, by: 'agent' } }
        : state;
    case 'wrap-up-extended':
      return state.status.name === 'wrapping'
        ? { ...state, status: { ...state.status, since: seq, until: event.until } }
        : state;
    case 'placed':
      return {
        ...state,
        legs: [{ channel: 'work-item' }],
        placedAt: seq,
        presence: { name: 'here' },
      };
    case 'tags-set':
      return { ...state, tags: event.tags };
    case 'parked':
      return state.status.name === 'active'
        ? {
            ...state,
            status: {
              name: 'parked',
              owner: state.status.owner,
              epoch: state.status.epoch,
              since: seq,
              until: event.until,
            },
            ownerAway: false,
          }
        : state;
    case 'unparked':
      return state.status.name === 'parked'
        ? {
            ...state,
            status: { name: 'active', owner: state.status.owner, epoch: state.status.epoch },
          }
        : state;
    case 'bot-started':
      return {
        ...state,
        status: { name: 'with-bot', since: seq, until: event.until, answered: 0 },
      };
    case 'data-set':
    case 'message-posted':
      return event.author.kind === 'bot' && state.status.name === 'with-bot'
        ? { ...state, status: { ...state.status, answered: event.author.answers } }
        : state;
    case 'requested': {
      const { request, kind, from, to, until } = event;
      return { ...state, requests: [...state.requests, { request, kind, from, to, until }] };
    }
    case 'request-ended':
      return {
        ...state,
        requests: state.requests.filter((one) => one.request !== event.request),
      };
    case 'joined':
      return joined(state, event, at);
    case 'left':
      // A change of role: `joined` or `owner-changed` follows and knows since when they are here.
      return event.reason === 'role-changed' ? state : without(state, event.agent);
    case 'owner-changed':
      return state.status.name === 'active'
        ? {
            ...without(state, event.to),
            status: { name: 'active', owner: event.to, epoch: event.epoch },
            epoch: event.epoch,
            lastOwner: event.to,
            ownerAway: false,
          }
        : state;
    case 'own-wrap-up-started':
      return { ...state, ownWrapUps: [...state.ownWrapUps, event.agent] };
    case 'own-wrap-up-ended':
      return { ...state, ownWrapUps: state.ownWrapUps.filter((one) => one !== event.agent) };
    case 'transcript-requested':
      return { ...state, transcripts: [...state.transcripts, seq] };
    case 'transcript-sent':
    case 'transcript-failed':
      return { ...state, transcripts: state.transcripts.filter((one) => one !== event.request) };
    case 'bot-ended':
    case 'note-added':
    case 'transferred':
    case 'side-message-posted':
    case 'offer-ended':
    case 'owner-lost':
    case 'content-removed':
      return state;
    default:
      return event satisfies never;
  }
}

type Queued = Extract<InteractionEvent, { type: 'queued' }>;

/** An offer ended: it never left its queue. */
const isRequeue: Readonly<Record<Queued['reason'], boolean>> = {
  started: false,
  rejected: true,
  expired: true,
  rescinded: true,
  'not-shown': true,
  'owner-lost': false,
  bot: false,
  workflow: false,
  replied: false,
  overflow: false,
  transferred: false,
  'message-left': true,
};
type Joined = Extract<InteractionEvent, { type: 'joined' }>;

function joined(state: InteractionState, event: Joined, at: number): InteractionState {
  const { agent, name, role, epoch } = event;
  const before = memberOf(state, agent);
  const member = { agent, name, role, epoch, since: before?.since ?? at };
  return { ...state, epoch, members: [...without(state, agent).members, member] };
}

const without = (state: InteractionState, agent: AgentId): InteractionState => ({
  ...state,
  members: state.members.filter((one) => one.agent !== agent),
});
