import type { AgentEvent, ChannelStatus } from '../../protocol/agent-events.ts';
import type { BatchPart } from '../../protocol/frames.ts';
import type { InteractionId } from '../../protocol/ids.ts';
import type { Role } from '../../protocol/members.ts';
import { type Channel, channels } from '../../protocol/parts.ts';
import type { AgentStreamEvent } from '../../protocol/stream-events.ts';
import type { InteractionRow } from '../disk/rows.ts';
import { emptyHead } from './head.ts';
import { dropCopy, dropOffer, putInteraction, putOffer, type Work } from './work.ts';

export type AgentPart = Extract<BatchPart, { of: 'agent' }>;

/** The part's events after the cursor; the cursor moves to `upTo`. */
export function applyAgentPart(work: Work, part: AgentPart): void {
  for (const one of part.events) {
    if (one.seq <= work.agent.seq || one.seq > part.upTo) continue;
    applyEvent(work, one);
    if (one.commandId !== undefined) work.settled.add(one.commandId);
  }
  work.agent = { ...work.agent, seq: part.upTo };
}

function applyEvent(work: Work, { event, at, content }: AgentStreamEvent): void {
  const { agent } = work;
  switch (event.type) {
    case 'status-changed': {
      const { to: status, reason, until, next } = event;
      putChannel(work, event.channel, { status, reason, since: at, until, next });
      return;
    }
    case 'pending-set': {
      const { type: _, channel, ...pending } = event;
      putChannel(work, channel, { pending });
      return;
    }
    case 'pending-cleared':
      putChannel(work, event.channel, { pending: null });
      return;
    case 'do-not-disturb-set':
      work.agent = { ...agent, doNotDisturb: event.on };
      return;
    case 'idle-set':
      work.agent = { ...agent, idle: event.idle };
      return;
    case 'signed-out':
      for (const channel of channels) putChannel(work, channel, { pending: null });
      work.agent = { ...work.agent, doNotDisturb: false, idle: false };
      return;
    case 'offer-made': {
      const { type: _, ...facts } = event;
      putOffer(work, { ...facts, answerBy: null, content: content ?? null, cutAt: null });
      return;
    }
    case 'offer-shown': {
      const offer = work.offers.get(event.offer);
      if (offer !== undefined) putOffer(work, { ...offer, answerBy: event.answerBy });
      return;
    }
    case 'offer-ended':
      dropOffer(work, event.offer);
      if (event.outcome === 'not-shown') work.agent = { ...agent, notShown: event.offer };
      return;
    case 'can-show':
    case 'signed-in':
      work.agent = { ...agent, notShown: null };
      return;
    case 'granted':
      grant(work, event);
      return;
    case 'revoked':
      revoke(work, event, at);
      return;
    case 'unreachable':
    case 'reachable':
    case 'wrap-up-started':
    case 'parked':
    case 'unparked':
    case 'commitment-made':
    case 'commitment-due':
    case 'commitment-ended':
    // The screens for these come later.
    case 'request-made':
    case 'request-ended':
    case 'own-wrap-up-started':
    case 'own-wrap-up-ended':
      return;
    default:
      event satisfies never;
  }
}

function putChannel(work: Work, channel: Channel, change: Partial<ChannelStatus>): void {
  const { agent } = work;
  const now = { ...agent.channels[channel], ...change };
  work.agent = { ...agent, channels: { ...agent.channels, [channel]: now } };
}

/** A new membership: what was held is dropped, the new epoch is read from its beginning. */
export function grant(work: Work, { interaction, epoch, role }: Grant): void {
  dropCopy(work, interaction);
  putInteraction(work, emptyCopy(interaction, epoch, role));
  work.granted.push({ interaction, epoch });
}

/** Done: the copy stays as history. Otherwise nothing stays of what others wrote. */
function revoke(work: Work, { interaction, epoch, reason }: Revoked, at: number): void {
  const row = work.interactions.get(interaction);
  if (row === undefined || row.epoch !== epoch) return;
  if (reason === 'done') {
    putInteraction(work, { ...row, state: 'done', doneAt: at, unread: [] });
    work.undrafted.add(interaction);
  } else dropCopy(work, interaction);
}

type Grant = Pick<Extract<AgentEvent, { type: 'granted' }>, 'interaction' | 'epoch' | 'role'>;
type Revoked = Extract<AgentEvent, { type: 'revoked' }>;

const emptyCopy = (interaction: InteractionId, epoch: number, role: Role): InteractionRow => ({
  interaction,
  epoch,
  role,
  seq: 0,
  state: 'open',
  doneAt: 0,
  head: emptyHead,
  unread: [],
  readTo: 0,
  customerMarks: { delivered: 0, read: 0 },
});
