import type { AgentEvent } from '../../../protocol/agent-events.ts';
import type {
  AgentId,
  CommitmentId,
  CustomerId,
  DeskId,
  InteractionId,
  OfferId,
  QueueId,
  RequestId,
  TeamId,
} from '../../../protocol/ids.ts';
import type { InteractionEvent } from '../../../protocol/interaction-events.ts';
import type { Content } from '../../../protocol/parts.ts';

export const ana = 'ana' as AgentId;
export const ben = 'ben' as AgentId;
export const carla = 'a-hash-of-a-secret' as CustomerId;
export const one = 'i-1' as InteractionId;
export const two = 'i-2' as InteractionId;
export const sales = 'sales' as QueueId;
export const ring = 'offer-of-ana' as OfferId;
const asked = 'request-of-ana' as RequestId;

const why = {
  reason: 'load',
  skills: [{ skill: 'french', proficiency: 4 }],
  candidates: 3,
  step: 0,
  passedOver: { busy: 2 },
} as const;

type Sample<Event> = { readonly event: Event; readonly content?: Content };

/** One event of every type that may stand in an interaction's stream, with every field filled. */
export const interactionSamples: {
  readonly [T in InteractionEvent['type']]: Sample<Extract<InteractionEvent, { type: T }>>;
} = {
  started: {
    event: { type: 'started', channel: 'chat', customer: carla, queue: sales, language: 'en' },
    content: { name: 'Carla', email: 'carla@example.org' },
  },
  queued: {
    event: {
      type: 'queued',
      queue: sales,
      priority: 5,
      enqueuedAt: 1,
      reason: 'owner-lost',
      skipped: [{ agent: ben, until: 9 }],
      preferred: ana,
      preferredUntil: 10,
      target: { kind: 'team', team: 'team-of-ana' as TeamId },
    },
  },
  offered: {
    event: {
      type: 'offered',
      offer: ring,
      agent: ana,
      showBy: 2,
      why: { ...why, skills: [...why.skills] },
    },
  },
  'offer-shown': { event: { type: 'offer-shown', offer: ring, agent: ana, answerBy: 3 } },
  'offer-ended': { event: { type: 'offer-ended', offer: ring, agent: ana, outcome: 'accepted' } },
  accepted: { event: { type: 'accepted', offer: ring, agent: ana, name: 'Ana', epoch: 1 } },
  'transcript-requested': {
    event: {
      type: 'transcript-requested',
      author: { kind: 'agent', agent: ana, name: 'Ana' },
      address: 'unverified',
    },
    content: { email: 'typed@example.org' },
  },
  'transcript-sent': { event: { type: 'transcript-sent', request: 9 } },
  'transcript-failed': { event: { type: 'transcript-failed', request: 9, why: 'refused' } },
  'message-left': {
    event: { type: 'message-left' },
    content: { email: 'carla@example.org' },
  },
  'message-posted': {
    event: { type: 'message-posted', author: { kind: 'agent', agent: ana, name: 'Ana' } },
    content: { text: 'Good morning' },
  },
  'customer-away': { event: { type: 'customer-away', leftAt: 4 } },
  'customer-returned': { event: { type: 'customer-returned' } },
  'owner-away': { event: { type: 'owner-away', agent: ana } },
  'owner-returned': { event: { type: 'owner-returned', agent: ana } },
  'owner-lost': { event: { type: 'owner-lost', agent: ana } },
  ended: { event: { type: 'ended', by: 'agent', wrapUpUntil: 5 } },
  abandoned: { event: { type: 'abandoned', by: 'customer' } },
  'marked-done': {
    event: {
      type: 'marked-done',
      by: 'agent',
      dispositions: ['angry'],
      incomplete: true,
      resolved: true,
      sendTranscript: true,
    },
    content: { note: 'she was angry' },
  },
  amended: {
    event: {
      type: 'amended',
      agent: ana,
      dispositions: ['angry'],
      resolved: true,
      sendTranscript: true,
    },
    content: { note: 'she was angry' },
  },
  'wrap-up-extended': { event: { type: 'wrap-up-extended', until: 6 } },
  placed: { event: { type: 'placed', queue: sales } },
  'note-added': {
    event: { type: 'note-added', author: { kind: 'agent', agent: ana, name: 'Ana' } },
    content: { text: 'she was angry' },
  },
  'tags-set': {
    event: {
      type: 'tags-set',
      author: { kind: 'agent', agent: ana, name: 'Ana' },
      tags: ['angry'],
    },
  },
  'data-set': {
    event: { type: 'data-set', author: { kind: 'bot', name: 'Pip', answers: 1 } },
    content: { mood: 'angry' },
  },
  parked: { event: { type: 'parked', agent: ana, until: 7 } },
  unparked: { event: { type: 'unparked', agent: ana, by: 'reply' } },
  'bot-started': { event: { type: 'bot-started', until: 8 } },
  'bot-ended': {
    event: { type: 'bot-ended', outcome: 'handed-over' },
    content: { note: 'she is angry' },
  },
  requested: {
    event: {
      type: 'requested',
      request: asked,
      kind: 'transfer',
      from: ana,
      to: ben,
      toName: 'Ben',
      until: 6,
      supervisor: true,
    },
    content: { note: 'she was angry', draft: 'Dear', dispositions: 'angry' },
  },
  'request-ended': {
    event: { type: 'request-ended', request: asked, kind: 'join', to: ben, outcome: 'rejected' },
  },
  transferred: {
    event: { type: 'transferred', from: ana, to: { kind: 'agent', agent: ben } },
    content: { note: 'she was angry' },
  },
  joined: {
    event: { type: 'joined', agent: ben, name: 'Ben', role: 'guest', was: null, epoch: 2 },
  },
  left: { event: { type: 'left', agent: ben, name: 'Ben', role: 'guest', reason: 'removed' } },
  'owner-changed': {
    event: {
      type: 'owner-changed',
      from: ana,
      to: ben,
      name: 'Ben',
      epoch: 3,
      reason: 'transferred',
      was: 'monitor',
    },
  },
  'own-wrap-up-started': { event: { type: 'own-wrap-up-started', agent: ana, until: 7 } },
  'own-wrap-up-ended': {
    event: { type: 'own-wrap-up-ended', agent: ana, by: 'agent' },
    content: { note: 'she was angry' },
  },
  'side-message-posted': {
    event: {
      type: 'side-message-posted',
      author: { agent: ana, name: 'Ana' },
      owner: ana,
      with: ben,
    },
    content: { text: 'she is angry' },
  },
  'content-removed': { event: { type: 'content-removed', seqs: [1] } },
};

/** One event of every type that may stand in an agent's stream. */
export const agentSamples: {
  readonly [T in AgentEvent['type']]: Sample<Extract<AgentEvent, { type: T }>>;
} = {
  'signed-in': { event: { type: 'signed-in', desk: 'desk-1' as DeskId } },
  'signed-out': { event: { type: 'signed-out' } },
  unreachable: { event: { type: 'unreachable' } },
  reachable: { event: { type: 'reachable' } },
  'status-changed': {
    event: {
      type: 'status-changed',
      channel: 'chat',
      from: 'not-ready',
      to: 'ready',
      reason: null,
      until: null,
      next: 'stay',
      by: { kind: 'agent' },
    },
  },
  'pending-set': {
    event: {
      type: 'pending-set',
      channel: 'chat',
      to: 'not-ready',
      reason: 'lunch',
      durationMs: null,
      next: 'stay',
      by: { kind: 'agent' },
    },
  },
  'pending-cleared': { event: { type: 'pending-cleared', channel: 'chat' } },
  'do-not-disturb-set': { event: { type: 'do-not-disturb-set', on: true } },
  'idle-set': { event: { type: 'idle-set', idle: true } },
  'offer-made': {
    event: {
      type: 'offer-made',
      offer: ring,
      interaction: one,
      channel: 'chat',
      queue: sales,
      startedAt: 1,
      enqueuedAt: 1,
      showBy: 2,
      answerMs: 45_000,
      why: { ...why, skills: [...why.skills] },
    },
    content: { name: 'Carla' },
  },
  'offer-shown': { event: { type: 'offer-shown', offer: ring, answerBy: 3 } },
  'offer-ended': {
    event: { type: 'offer-ended', offer: ring, interaction: one, outcome: 'accepted' },
  },
  'can-show': { event: { type: 'can-show' } },
  granted: {
    event: { type: 'granted', interaction: one, epoch: 1, role: 'owner', channel: 'chat' },
  },
  'wrap-up-started': { event: { type: 'wrap-up-started', interaction: one, blocks: false } },
  parked: { event: { type: 'parked', interaction: one, until: 4 } },
  unparked: { event: { type: 'unparked', interaction: one } },
  'commitment-made': {
    event: {
      type: 'commitment-made',
      commitment: 'promise-1' as CommitmentId,
      about: one,
      due: 5,
      channel: 'voice',
    },
    content: { note: 'ring her' },
  },
  'commitment-due': { event: { type: 'commitment-due', commitment: 'promise-1' as CommitmentId } },
  'commitment-ended': {
    event: {
      type: 'commitment-ended',
      commitment: 'promise-1' as CommitmentId,
      outcome: 'kept',
    },
  },
  'request-made': {
    event: {
      type: 'request-made',
      request: asked,
      interaction: one,
      kind: 'join',
      from: ben,
      fromName: 'Ben',
      channel: 'chat',
      queue: sales,
      startedAt: 1,
      until: 6,
    },
    content: { name: 'Carla', note: 'please help' },
  },
  'request-ended': {
    event: { type: 'request-ended', request: asked, interaction: one, outcome: 'expired' },
  },
  'own-wrap-up-started': {
    event: { type: 'own-wrap-up-started', interaction: one, channel: 'chat', until: 7 },
  },
  'own-wrap-up-ended': { event: { type: 'own-wrap-up-ended', interaction: one, by: 'system' } },
  revoked: {
    event: { type: 'revoked', interaction: one, epoch: 1, role: 'owner', reason: 'done' },
  },
};

export const says = (text: string) => ({
  body: { type: 'message-posted', author: { kind: 'customer' } } as const,
  content: { text },
});
