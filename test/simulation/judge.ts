import type { AgentId, InteractionId, QueueId } from '../../protocol/ids.ts';
import { interactionOf } from '../../protocol/ids.ts';
import type { Channel } from '../../protocol/parts.ts';
import { type AgentState, isRoutable, loadOf } from '../../server/agents/state.ts';
import type { InteractionState } from '../../server/interactions/state.ts';
import type { StoredEvent } from '../../server/store/contract.ts';
import { must } from './broken.ts';
import type { Folded } from './folded.ts';
import { createPunctual } from './punctual.ts';
import { OVERFLOW_MS } from './set-up.ts';
import { createWords } from './words.ts';

/** What the world knows and the stored events don't say. All times are the server's. */
export type Knowledge = {
  readonly limitOf: (agent: AgentId) => number;
  /** Since when the server that ran at this time had been running without a stall. */
  readonly awake: (at: number) => number;
  /** Why this agent should not have been offered one more of this queue, or null. */
  readonly objection: (
    agent: AgentId,
    channel: Channel,
    queue: QueueId,
    load: number,
    ageMs: number,
    at: number,
  ) => string | null;
  /** By any set-up that was in force a moment before. */
  readonly mayBeOpen: (queue: QueueId, at: number) => boolean;
  readonly mayHaveBot: (queue: QueueId, at: number) => boolean;
};

/** Holds each stored event against the rules, given what its stream said before. */
export function createJudge(knowledge: Knowledge, agent: (id: AgentId) => AgentState) {
  const { limitOf, awake, objection, mayBeOpen, mayHaveBot } = knowledge;
  /** The talking interaction of each customer (ROUTE-10), and the message they have left (ROUTE-6). */
  const talking = new Map<string, InteractionId>();
  const messages = new Map<string, InteractionId>();
  /** When what rings began to ring. */
  const ringingSince = new Map<InteractionId, number>();
  const words = createWords();
  const punctual = createPunctual(awake, agent);

  function begins(what: typeof talking, customer: string, id: InteractionId): void {
    const other = what.get(customer);
    must(other === undefined, `ROUTE-10: ${customer} starts ${id} beside ${other}`);
    what.set(customer, id);
  }

  /** A customer may have begun another while this one went on as work (END-4). */
  function isOver({ id, customer }: InteractionState): void {
    for (const what of [talking, messages]) if (what.get(customer) === id) what.delete(customer);
  }

  function ofAgent({ body, stream, at }: StoredEvent, state: AgentState): void {
    if (body.type !== 'offer-made') return;
    const load = loadOf(state, body.channel);
    const no = objection(state.agent, body.channel, body.queue, load, at - body.enqueuedAt, at);
    must(no === null, `${no}`);
    must(isRoutable(state, body.channel), `OFFER-1: an offer to ${stream} who isn’t ready`);
    must(load < limitOf(state.agent), `I5: ${stream} has no room for an offer`);
  }

  function began({ body, stream, at }: StoredEvent, id: InteractionId): void {
    if (body.type !== 'started') return;
    if (body.channel === 'email') begins(messages, body.customer, id);
    else {
      begins(talking, body.customer, id);
      must(
        mayBeOpen(body.queue, at),
        `ROUTE-6: ${stream} starts in ${body.queue}, which is closed`,
      );
    }
  }

  function ofInteraction(event: StoredEvent, state: InteractionState): void {
    const { body, stream, at } = event;
    switch (body.type) {
      case 'offered':
        ringingSince.set(state.id, at);
        return;
      case 'accepted':
        must(
          body.offer !== null || state.status.name === 'queued',
          `ROUTE-9: ${stream} is picked and didn't wait`,
        );
        return;
      case 'queued':
        must(
          newAges.has(body.reason) || body.enqueuedAt === state.enqueuedAt,
          `OFFER-5: ${stream} loses its age when it is queued again`,
        );
        if (body.reason === 'overflow') overflowed(event, state);
        return;
      case 'offer-ended':
        must(
          state.status.name === 'offered' && state.status.offer === body.offer,
          `I4: ${stream} ends an offer that it hasn't`,
        );
        must(
          body.outcome !== 'expired' || (ringingSince.get(state.id) ?? 0) >= awake(at),
          `OFFER-4: RONA for an offer that rang through our absence at ${stream}`,
        );
        return;
      case 'bot-started':
        must(mayHaveBot(state.queue, at), `CHAT-11: ${stream} is with a bot that isn't there`);
        return;
      case 'bot-ended':
        must(state.status.name === 'with-bot', `CHAT-11: ${stream} isn't with a bot`);
        return;
      case 'message-left':
        isOver(state);
        begins(messages, state.customer, state.id);
        return;
      case 'ended':
      case 'abandoned':
      case 'marked-done':
        isOver(state);
        return;
      case 'placed':
        must(state.status.name === 'done', `END-4: ${stream} is placed before it is done`);
        return;
      case 'amended':
        must(
          state.status.name === 'done' && state.status.by === 'system',
          `END-9: ${stream} is amended, and it is ${state.status.name}`,
        );
        return;
      default:
    }
  }

  function overflowed({ body, stream, at }: StoredEvent, { entered }: InteractionState): void {
    if (body.type !== 'queued') return;
    must(at - entered.at >= OVERFLOW_MS, `ROUTE-6: ${stream} overflows before its time`);
    must(
      mayBeOpen(body.queue, at),
      `ROUTE-6: ${stream} overflows to ${body.queue}, which is closed`,
    );
  }

  return (event: StoredEvent, { state }: Folded): void => {
    const id = interactionOf(event.stream);
    words(event, id === null ? null : (state as InteractionState | null));
    punctual(event, state);
    if (id === null) ofAgent(event, state as AgentState);
    else if (state === null) began(event, id);
    else ofInteraction(event, state as InteractionState);
  };
}

/** A new time of waiting begins; otherwise the age is kept. */
const newAges: ReadonlySet<string> = new Set(['started', 'replied', 'workflow', 'bot']);
