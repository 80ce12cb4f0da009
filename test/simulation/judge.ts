import type { AgentId, InteractionId, QueueId } from '../../protocol/ids.ts';
import { interactionOf } from '../../protocol/ids.ts';
import type { Channel } from '../../protocol/parts.ts';
import { type AgentState, isRoutable, loadOf } from '../../server/agents/state.ts';
import type { InteractionState } from '../../server/interactions/state.ts';
import type { StoredEvent } from '../../server/store/contract.ts';
import { must } from './broken.ts';
import type { Folded } from './folded.ts';
import { OVERFLOW_MS } from './set-up.ts';

/** What the world knows and the stored events don't say. */
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
  ) => string | null;
};

/** Holds each stored event against the rules, given what its stream said before. */
export function createJudge({ limitOf, awake, objection }: Knowledge) {
  /** The talking interaction of each customer (ROUTE-10). */
  const talking = new Map<string, InteractionId>();
  /** The last number said, by interaction and tab. */
  const said = new Map<string, number>();
  /** When what rings began to ring. */
  const ringingSince = new Map<InteractionId, number>();

  /** A customer may have begun another while this one went on as work (END-4). */
  function talkIsOver({ id, customer }: InteractionState): void {
    if (talking.get(customer) === id) talking.delete(customer);
  }

  /** TRUST-1: what one tab or desk said stands in the order in which it was said. */
  function inOrder(event: StoredEvent): void {
    const match = /^(.*) says (\d+)$/.exec(event.content?.text ?? '');
    if (match === null) return;
    const key = `${event.stream} ${match[1]}`;
    const number = Number(match[2]);
    must(number > (said.get(key) ?? 0), `TRUST-1: ${key} said ${number} after ${said.get(key)}`);
    said.set(key, number);
  }

  function ofAgent({ body, stream, at }: StoredEvent, state: AgentState): void {
    switch (body.type) {
      case 'offer-made': {
        const load = loadOf(state, body.channel);
        const no = objection(state.agent, body.channel, body.queue, load, at - body.enqueuedAt);
        must(no === null, `${no}`);
        must(isRoutable(state, body.channel), `OFFER-1: an offer to ${stream} who isn’t ready`);
        must(load < limitOf(state.agent), `I5: ${stream} has no room for an offer`);
        return;
      }
      case 'commitment-due': {
        const promise = state.commitments[body.commitment];
        must(
          promise !== undefined && !promise.isDue && at >= promise.due,
          `END-8: ${stream} is reminded early, or twice`,
        );
        return;
      }
      default:
    }
  }

  function began({ body, stream }: StoredEvent, id: InteractionId): void {
    if (body.type !== 'started') return;
    const other = talking.get(body.customer);
    must(other === undefined, `ROUTE-10: ${body.customer} starts ${stream} beside ${other}`);
    talking.set(body.customer, id);
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
        must(
          body.reason !== 'overflow' || at - state.entered.at >= OVERFLOW_MS,
          `ROUTE-6: ${stream} overflows before its time`,
        );
        return;
      case 'offer-ended':
        must(
          state.status.name === 'offered' && state.status.offer === body.offer,
          `I4: ${stream} ends an offer that it hasn't`,
        );
        if (body.outcome === 'expired') expired(event, state);
        return;
      case 'message-posted':
        inOrder(event);
        return;
      case 'ended':
      case 'abandoned':
      case 'marked-done':
        talkIsOver(state);
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

  function expired({ stream, at }: StoredEvent, { id, status }: InteractionState): void {
    must(
      status.name === 'offered' && status.answerBy !== null && at >= status.answerBy,
      `OFFER-4: RONA without a displayed offer at ${stream}`,
    );
    must(
      (ringingSince.get(id) ?? 0) >= awake(at),
      `OFFER-4: RONA for an offer that rang through our absence at ${stream}`,
    );
  }

  return (event: StoredEvent, { state }: Folded): void => {
    const id = interactionOf(event.stream);
    if (id === null) ofAgent(event, state as AgentState);
    else if (state === null) began(event, id);
    else ofInteraction(event, state as InteractionState);
  };
}

/** A new time of waiting begins; otherwise the age is kept. */
const newAges: ReadonlySet<string> = new Set(['started', 'replied', 'workflow', 'bot']);
