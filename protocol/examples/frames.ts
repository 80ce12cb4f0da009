import type { AgentSnapshot, ChannelStatus } from '../agent-events.ts';
import type {
  AgentFrameDown,
  AgentFrameUp,
  BatchPart,
  CustomerFrameDown,
  CustomerFrameUp,
} from '../frames.ts';
import { interactionStream } from '../ids.ts';
import { PROTOCOL } from '../version.ts';
import { centreFacts, siteCard } from './cards.ts';
import { agentCommands, customerCommands } from './commands.ts';
import { directoryRows, directoryView } from './directory.ts';
import { agentEvents, interactionEvents } from './events.ts';
import { answers, questions } from './questions.ts';
import {
  at,
  bo,
  command,
  commitment,
  cursor,
  desk,
  interaction,
  type OneOfEach,
  offerFacts,
  queue,
  requestFacts,
} from './story.ts';

/** What both doors take besides hello and commands. */
const upToBoth = {
  got: { type: 'got', batch: 3 },
  from: { type: 'from', stream: interactionStream(interaction), epoch: 1, after: 4 },
  read: { type: 'read', interaction, seq: 7 },
  typing: { type: 'typing', interaction },
  heartbeat: { type: 'heartbeat' },
} as const;

export const agentFramesUp = {
  ...upToBoth,
  hello: {
    type: 'hello',
    protocol: PROTOCOL,
    token: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJibyJ9.signature',
    desk,
    claim: true,
    agentSeq: 12,
    cursors: [cursor],
  },
  command: { type: 'command', id: command, command: agentCommands.post },
  ask: { type: 'ask', id: command, question: questions.explain },
  instant: { type: 'instant', id: command, to: bo, text: 'Have you seen parcel 1042?' },
  'instant-shown': { type: 'instant-shown', id: command },
  directory: { type: 'directory', show: directoryView },
} satisfies OneOfEach<AgentFrameUp>;

export const customerFramesUp = {
  ...upToBoth,
  hello: {
    type: 'hello',
    protocol: PROTOCOL,
    secret: 'u3V0b1N4c2pWb1E2Y0hSbVpXWm5hV3BxYTJ4dGJtOXc',
    site: 'shop',
    cursor: { interaction, seq: 7 },
  },
  command: { type: 'command', id: command, command: customerCommands.post },
} satisfies OneOfEach<CustomerFrameUp>;

const loggedOff: ChannelStatus = {
  status: 'logged-off',
  reason: null,
  since: at,
  until: null,
  next: 'stay',
  pending: null,
};

const snapshot: AgentSnapshot = {
  seq: 12,
  agent: bo,
  channels: {
    chat: {
      ...loggedOff,
      status: 'ready',
      pending: {
        to: 'not-ready',
        reason: 'lunch',
        durationMs: null,
        next: 'stay',
        by: { kind: 'agent' },
      },
    },
    voice: { ...loggedOff, status: 'wrap-up' },
    email: loggedOff,
    messaging: loggedOff,
    'work-item': loggedOff,
  },
  doNotDisturb: false,
  idle: false,
  offers: [{ ...offerFacts, answerBy: null, content: { name: 'Ana Silva' }, cutAt: null }],
  memberships: [
    { interaction, epoch: 1, role: 'owner', channel: 'chat', wrappingUp: false, parkedUntil: null },
  ],
  requests: [
    {
      ...requestFacts,
      content: { name: 'Ana Silva', note: 'She wants her money back.' },
      cutAt: null,
    },
  ],
  ownWrapUps: [{ interaction, channel: 'chat', until: at + 30_000 }],
  commitments: [
    {
      commitment,
      about: interaction,
      due: at + 3_600_000,
      channel: 'voice',
      isDue: false,
      content: { note: 'Tell her when it left' },
      cutAt: 9,
    },
  ],
};

const agentPart: BatchPart = {
  of: 'agent',
  epoch: 0,
  after: 12,
  upTo: 13,
  events: [{ seq: 13, at, event: agentEvents.granted }],
};

/** Blanked words are null, an event that never had any has no `content`. */
const interactionPart: BatchPart = {
  of: 'interaction',
  interaction,
  epoch: 1,
  after: 4,
  upTo: 7,
  events: [
    { seq: 5, at, content: null, event: interactionEvents['message-posted'] },
    { seq: 6, at, event: interactionEvents['content-removed'] },
    {
      seq: 7,
      at,
      content: { text: agentCommands.post.text },
      commandId: command,
      event: interactionEvents['message-posted'],
    },
  ],
};

/** What both doors say besides welcome and batches. */
const downFromBoth = {
  ack: { type: 'ack', id: command, stream: interactionStream(interaction), seq: 7 },
  refused: { type: 'refused', id: command, refusal: 'taken', retryMs: null },
  marks: { type: 'marks', interaction, reader: 'customer', delivered: 7, read: 5 },
  typing: { type: 'typing', interaction, by: 'agent', name: 'Bo' },
  heartbeat: { type: 'heartbeat', now: at },
} as const;

export const agentFramesDown = {
  ...downFromBoth,
  batch: { type: 'batch', batch: 3, parts: [agentPart, interactionPart] },
  answer: { type: 'answer', id: command, answer: answers.explain },
  welcome: {
    type: 'welcome',
    protocol: PROTOCOL,
    now: at,
    ...centreFacts,
    snapshot,
  },
  centre: { type: 'centre', ...centreFacts },
  instant: { type: 'instant', id: command, from: bo, name: 'Bo', text: 'It is here.', at },
  'instant-shown': { type: 'instant-shown', id: command },
  directory: { type: 'directory', show: directoryView, total: 5, rows: directoryRows },
} satisfies OneOfEach<AgentFrameDown>;

export const customerFramesDown = {
  ...downFromBoth,
  batch: { type: 'batch', batch: 3, parts: [interactionPart] },
  welcome: {
    type: 'welcome',
    protocol: PROTOCOL,
    now: at,
    site: siteCard,
    queues: [{ queue, state: 'open', canLeaveMessage: true }],
    interaction,
  },
  queues: { type: 'queues', queues: [{ queue, state: 'closed', canLeaveMessage: true }] },
  position: { type: 'position', interaction, position: 3, estimateMs: 90_000 },
} satisfies OneOfEach<CustomerFrameDown>;
