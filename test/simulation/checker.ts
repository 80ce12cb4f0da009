import type { AgentId, InteractionId, QueueId, StreamName } from '../../protocol/ids.ts';
import { agentOf, agentStream, interactionOf, interactionStream } from '../../protocol/ids.ts';
import type { Role } from '../../protocol/members.ts';
import { type Channel, channelLimitsMax, channels } from '../../protocol/parts.ts';
import {
  type AgentState,
  isHolding,
  isRoutable,
  loadOf,
  newAgent,
} from '../../server/agents/state.ts';
import type { InteractionState } from '../../server/interactions/state.ts';
import { holderOf } from '../../server/interactions/state.ts';
import { step } from '../../server/states.ts';
import type { StoredEvent } from '../../server/store/contract.ts';
import type { MemoryDisk } from './memory-disk.ts';
import { OVERFLOW_MS } from './set-up.ts';

/** What a stream's events fold to, by the checker's own reading of the disk. */
type Folded = { seq: number; state: InteractionState | AgentState | null };

/** A broken promise: the invariant's name and what was seen. */
export class Broken extends Error {
  override readonly name = 'Broken';
}

export const must = (holds: boolean, what: string): void => {
  if (!holds) throw new Broken(what);
};

/**
 * Reads everything that reaches the server's disk, in order, and holds it against the invariants
 * I1–I8 of docs/architecture.md. It trusts nothing in the server's memory.
 */
export function createChecker(
  disk: MemoryDisk,
  limitOf: (agent: AgentId) => number,
  /** When the server that runs now was started. */
  bootedAt: () => number,
  /** Why this agent should not have been offered one more of this queue, or null. */
  objection: (
    agent: AgentId,
    channel: Channel,
    queue: QueueId,
    load: number,
    ageMs: number,
  ) => string | null,
) {
  /** The talking interaction of each customer (ROUTE-10). */
  const talking = new Map<string, InteractionId>();
  const streams = new Map<StreamName, Folded>();
  const effects = new Map<string, number>();
  const grants = new Map<
    AgentId,
    {
      seq: number;
      interaction: InteractionId;
      epoch: number;
      role: Role;
      until: number;
      done: boolean;
    }[]
  >();
  /** The last number said, by interaction and tab. */
  const said = new Map<string, number>();
  const counts = {
    offered: 0,
    accepted: 0,
    rona: 0,
    rejected: 0,
    rescinded: 0,
    notShown: 0,
    lost: 0,
    taken: 0,
    ended: 0,
    abandoned: 0,
    done: 0,
    messages: 0,
    requested: 0,
    transferred: 0,
    conferences: 0,
    inherited: 0,
    takenOver: 0,
    listened: 0,
    aside: 0,
    requestsOver: 0,
    ownWrapUps: 0,
    picked: 0,
    overflowed: 0,
    widened: 0,
    parked: 0,
    unparked: 0,
    replied: 0,
    placed: 0,
    amended: 0,
    extended: 0,
    reminded: 0,
    notes: 0,
  };
  let read = 0;

  const agent = (id: AgentId): AgentState =>
    (streams.get(agentStream(id))?.state ?? newAgent(id)) as AgentState;
  const interaction = (id: InteractionId): InteractionState | null =>
    (streams.get(interactionStream(id))?.state ?? null) as InteractionState | null;

  /** Everything that was stored since the last look. */
  function look(): void {
    const touched = new Set<StreamName>();
    for (; read < disk.events.length; read++) {
      const event = (disk.events[read] as { event: StoredEvent }).event;
      must(event.position === read + 1, `I2: position ${event.position} stands at ${read + 1}`);
      take(event);
      touched.add(event.stream);
    }
    for (const stream of touched) agree(stream);
  }

  function take(event: StoredEvent): void {
    const before = streams.get(event.stream) ?? {
      seq: 0,
      state: agentOf(event.stream) === null ? null : newAgent(agentOf(event.stream) as AgentId),
    };
    must(
      event.seq === before.seq + 1,
      `I2: ${event.stream} goes from ${before.seq} to ${event.seq}`,
    );
    oneEffect(event);
    judge(event, before);
    streams.set(event.stream, {
      seq: event.seq,
      state: step(event.stream, before.state, event.body, event.seq, event.at),
    });
  }

  /** I3: all events of one command id stand together. */
  function oneEffect(event: StoredEvent): void {
    const key = `${event.principal} ${event.commandId}`;
    const last = effects.get(key);
    must(last === undefined || last === event.position - 1, `I3: ${key} has two effects`);
    effects.set(key, event.position);
  }

  function judge(event: StoredEvent, before: Folded): void {
    const { body, stream, at } = event;
    switch (body.type) {
      case 'offer-made': {
        const state = before.state as AgentState;
        counts.offered++;
        const load = loadOf(state, body.channel);
        const no = objection(state.agent, body.channel, body.queue, load, at - body.enqueuedAt);
        if (body.why.step > 0) counts.widened++;
        must(no === null, `${no}`);
        must(isRoutable(state, body.channel), `OFFER-1: an offer to ${stream} who isn’t ready`);
        must(load < limitOf(state.agent), `I5: ${stream} has no room for an offer`);
        return;
      }
      case 'accepted':
        counts.accepted++;
        if (body.offer !== null) return;
        counts.picked++;
        must(
          (before.state as InteractionState).status.name === 'queued',
          `ROUTE-9: ${stream} is picked and didn't wait`,
        );
        return;
      case 'started': {
        const other = talking.get(body.customer);
        must(other === undefined, `ROUTE-10: ${body.customer} starts ${stream} beside ${other}`);
        talking.set(body.customer, interactionOf(stream) as InteractionId);
        return;
      }
      case 'queued':
        must(
          newAges.has(body.reason) ||
            body.enqueuedAt === (before.state as InteractionState).enqueuedAt,
          `OFFER-5: ${stream} loses its age when it is queued again`,
        );
        if (body.reason !== 'overflow') return;
        counts.overflowed++;
        must(
          at - (before.state as InteractionState).entered.at >= OVERFLOW_MS,
          `ROUTE-6: ${stream} overflows before its time`,
        );
        return;
      case 'offer-ended': {
        if (interactionOf(stream) === null) return;
        const { status } = before.state as InteractionState;
        must(
          status.name === 'offered' && status.offer === body.offer,
          `I4: ${stream} ends an offer that it hasn't`,
        );
        if (body.outcome === 'rejected') counts.rejected++;
        if (body.outcome === 'rescinded') counts.rescinded++;
        if (body.outcome === 'not-shown') counts.notShown++;
        if (body.outcome !== 'expired' || status.name !== 'offered') return;
        counts.rona++;
        must(
          status.answerBy !== null && at >= status.answerBy,
          `OFFER-4: RONA without a displayed offer at ${stream}`,
        );
        must(
          status.showBy > bootedAt(),
          `OFFER-4: RONA for an offer that rang through our absence at ${stream}`,
        );
        return;
      }
      case 'message-posted':
        counts.messages++;
        inOrder(event);
        return;
      case 'granted': {
        const id = agentOf(stream) as AgentId;
        const list = grants.get(id) ?? [];
        list.push({
          seq: event.seq,
          interaction: body.interaction,
          epoch: body.epoch,
          role: body.role,
          until: Number.POSITIVE_INFINITY,
          done: false,
        });
        grants.set(id, list);
        return;
      }
      case 'revoked': {
        const open = grants
          .get(agentOf(stream) as AgentId)
          ?.find((one) => one.interaction === body.interaction && one.epoch === body.epoch);
        must(open !== undefined, `I8: ${stream} is revoked what was never granted`);
        if (open !== undefined) {
          open.until = event.seq;
          open.done = body.reason === 'done';
        }
        return;
      }
      case 'requested':
        counts.requested++;
        return;
      case 'request-ended':
        if (interactionOf(stream) !== null && body.outcome !== 'accepted') counts.requestsOver++;
        return;
      case 'transferred':
        counts.transferred++;
        return;
      case 'owner-changed':
        if (body.reason === 'transferred') counts.transferred++;
        if (body.reason === 'owner-lost') counts.inherited++;
        if (body.reason === 'taken-over') counts.takenOver++;
        return;
      case 'joined':
        if (body.role === 'guest' && body.was === null) counts.conferences++;
        if (body.role === 'monitor') counts.listened++;
        return;
      case 'side-message-posted':
        counts.aside++;
        return;
      case 'own-wrap-up-started':
        if (interactionOf(stream) !== null) counts.ownWrapUps++;
        return;
      case 'owner-lost':
        counts.lost++;
        return;
      case 'signed-in':
        if ((before.state as AgentState).desk !== null) counts.taken++;
        return;
      case 'ended':
        counts.ended++;
        talkIsOver(before.state as InteractionState);
        return;
      case 'abandoned':
        counts.abandoned++;
        talkIsOver(before.state as InteractionState);
        return;
      case 'marked-done':
        counts.done++;
        talkIsOver(before.state as InteractionState);
        return;
      case 'parked':
        if (interactionOf(stream) !== null) counts.parked++;
        return;
      case 'unparked': {
        if (!('by' in body)) return;
        if (body.by === 'reply') counts.replied++;
        else counts.unparked++;
        return;
      }
      case 'placed':
        counts.placed++;
        must(
          (before.state as InteractionState).status.name === 'done',
          `END-4: ${stream} is placed before it is done`,
        );
        return;
      case 'amended': {
        const { status } = before.state as InteractionState;
        counts.amended++;
        must(
          status.name === 'done' && status.by === 'system',
          `END-9: ${stream} is amended, and it is ${status.name}`,
        );
        return;
      }
      case 'wrap-up-extended':
        counts.extended++;
        return;
      case 'note-added':
        counts.notes++;
        return;
      case 'commitment-due': {
        const promise = (before.state as AgentState).commitments[body.commitment];
        counts.reminded++;
        must(
          promise !== undefined && !promise.isDue && at >= promise.due,
          `END-8: ${stream} is reminded early, or twice`,
        );
        return;
      }
      default:
    }
  }

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

  /** I4, I5: interactions and agents say the same of each other. */
  function agree(stream: StreamName): void {
    const id = interactionOf(stream);
    if (id === null) {
      const state = agent(agentOf(stream) as AgentId);
      /** An offer never goes beyond the limit (see `offer-made`), a colleague's wish may (CAP-3). */
      for (const channel of channels) {
        const load = loadOf(state, channel);
        must(load <= channelLimitsMax[channel], `I5: ${stream} holds ${load}`);
        const waits = state.channels[channel].pending !== null;
        must(!waits || isHolding(state, channel), `STATE-4: ${stream} is pending without work`);
      }
      for (const [id, held] of Object.entries(state.assignments)) {
        const other = interaction(id as InteractionId);
        must(
          other !== null && isWith(other, state.agent, held),
          `I4: ${stream} has ${id} as ${JSON.stringify(held)}, but it is ${JSON.stringify(other)}`,
        );
      }
      for (const { facts } of Object.values(state.requests))
        must(
          interaction(facts.interaction)?.requests.some((one) => one.request === facts.request) ??
            false,
          `I4: ${stream} is asked ${facts.request}, which nobody asks`,
        );
      for (const id of Object.keys(state.ownWrapUps))
        must(
          interaction(id as InteractionId)?.ownWrapUps.includes(state.agent) ?? false,
          `I4: ${stream} wraps up ${id}, which knows nothing of it`,
        );
      return;
    }
    for (const { agent: member } of interaction(id)?.members ?? [])
      must(
        agent(member).assignments[id] !== undefined,
        `I4: ${member} is in ${stream} and doesn't know`,
      );
    for (const { request, to } of interaction(id)?.requests ?? [])
      must(agent(to).requests[request] !== undefined, `I4: ${to} never hears of ${request}`);
    const holder = holderOf(interaction(id));
    if (holder !== null)
      must(
        agent(holder).assignments[id] !== undefined,
        `I4: ${stream} is with ${holder}, who doesn't hold it`,
      );
    if (interaction(id)?.status.name === 'active')
      must(
        holder !== null && agent(holder).desk !== null,
        `I6: ${stream} is owned by somebody who is signed out`,
      );
  }

  return {
    look,
    agent,
    interaction,
    counts,
    /** Every stream's events as stored. */
    events: (stream: StreamName): readonly StoredEvent[] =>
      disk.streams.get(stream)?.events.map((one) => one.event) ?? [],
    /** What an agent may hold once their stream was read up to `seq`. */
    granted: (id: AgentId, seq: number) =>
      (grants.get(id) ?? [])
        .filter((one) => one.seq <= seq)
        .map((one) => ({ ...one, over: one.until <= seq })),
    openInteractions: (): InteractionState[] =>
      [...streams.keys()].flatMap((stream) => {
        const id = interactionOf(stream);
        const state = id === null ? null : interaction(id);
        return state === null || state.status.name === 'done' ? [] : [state];
      }),
  };
}
/** A new time of waiting begins; otherwise the age is kept. */
const newAges: ReadonlySet<string> = new Set(['started', 'replied', 'workflow', 'bot']);

export type Checker = ReturnType<typeof createChecker>;

/** I4: as its owner, as the one it rings at, or beside the owner, in this very epoch. */
function isWith(
  { status, members }: InteractionState,
  agent: AgentId,
  held: AgentState['assignments'][string],
): boolean {
  if (held.phase === 'offered') return status.name === 'offered' && status.agent === agent;
  if (held.role !== 'owner')
    return (
      status.name === 'active' &&
      members.some(
        (one) => one.agent === agent && one.epoch === held.epoch && one.role === held.role,
      )
    );
  return status.name === held.phase && status.owner === agent && status.epoch === held.epoch;
}
