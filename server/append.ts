import type { AgentId, CommandId, StreamName } from '../protocol/ids.ts';
import { agentOf, interactionStream } from '../protocol/ids.ts';
import type { AgentState } from './agents/state.ts';
import type { Decision } from './decision.ts';
import { type InteractionState, isLive, isTalking } from './interactions/state.ts';
import { type Folded, step } from './states.ts';
import type {
  EventBody,
  NewEvent,
  Served,
  Snapshot,
  StoredEvent,
  StreamAppend,
} from './store/contract.ts';
import type { MailChange } from './store/mails.ts';

/** From a decision to what the store is asked to keep, and to the events that are told once it has. */
export type News = {
  readonly stream: StreamName;
  readonly events: readonly NewEvent[];
  readonly blank: readonly number[];
};
export type Grown = {
  readonly append: StreamAppend;
  readonly folded: Folded;
  readonly served: Served | null;
  readonly mails: readonly MailChange[];
};

type Sender = { readonly principal: string; readonly id: CommandId };

/** Messages don't change what a snapshot holds; so many may follow one before the next is written. */
const EVENTS_PER_SNAPSHOT = 64;

export function appendsOf(decision: Extract<Decision, { type: 'events' }>): News[] {
  const news: News[] = [];
  for (const [id, facts] of decision.interactions)
    if (facts.length > 0) news.push({ stream: interactionStream(id), events: facts, blank: [] });
  for (const [id, { facts, blank }] of decision.agents)
    if (facts.length > 0) news.push({ stream: `agent:${id}`, events: facts, blank });
  return news;
}

/** The stream after its news: what to append, and the state to keep once that is stored. */
export function grow(news: News, before: Folded, at: number): Grown {
  const { stream, events, blank } = news;
  let seq = before.seq;
  let state = before.state;
  let told = false;
  const mails: MailChange[] = [];
  for (const { body } of events) {
    seq++;
    state = step(stream, state, body, seq, at);
    told ||= body.type !== 'message-posted';
    const mail = mailOf(stream, seq, body);
    if (mail !== null) mails.push(mail);
  }
  const due = told || seq - before.snapshotSeq >= EVENTS_PER_SNAPSHOT;
  return {
    append: {
      stream,
      expected: before.seq,
      events,
      blank,
      snapshot: due ? snapshotOf(stream, state) : null,
    },
    folded: { seq, state, snapshotSeq: due ? seq : before.snapshotSeq },
    served: told && agentOf(stream) === null ? servedBy(before.state, state) : null,
    mails,
  };
}

/** ROUTE-4: an agent has begun to answer for this customer, or has just stopped. A work item is none of theirs. */
function servedBy(was: Folded['state'], is: Folded['state']): Served | null {
  const before = ownerOf(was as InteractionState | null);
  const after = ownerOf(is as InteractionState | null);
  const agent = after ?? before;
  const { customer, placedAt } = is as InteractionState;
  return before === after || agent === null || placedAt !== null ? null : { customer, agent };
}

/** END-6: what is asked for waits to be sent from the same moment on, until it is said to be over. */
function mailOf(stream: StreamName, seq: number, body: EventBody): MailChange | null {
  switch (body.type) {
    case 'transcript-requested':
      return { type: 'waits', mail: { stream, seq } };
    case 'transcript-sent':
    case 'transcript-failed':
      return { type: 'over', mail: { stream, seq: body.request } };
    default:
      return null;
  }
}

const ownerOf = (state: InteractionState | null): AgentId | null =>
  state?.status.name === 'active' ? state.status.owner : null;

function snapshotOf(stream: StreamName, state: Folded['state']): Snapshot {
  if (agentOf(stream) !== null)
    return { state, open: (state as AgentState).desk !== null, key: null };
  const interaction = state as InteractionState;
  const open = interaction.status.name !== 'done';
  /** A left message doesn't keep its customer from a conversation; it is only ever one. */
  const kind = isLive(interaction) ? 'customer' : 'message';
  return { state, open, key: isTalking(interaction) ? `${kind}:${interaction.customer}` : null };
}

export function storedEvents(
  command: Sender,
  at: number,
  last: number,
  after: readonly Grown[],
): StoredEvent[] {
  const count = after.reduce((sum, one) => sum + one.append.events.length, 0);
  let position = last - count;
  const events: StoredEvent[] = [];
  for (const { append } of after) {
    let seq = append.expected;
    for (const { body, content } of append.events) {
      position++;
      seq++;
      const event = {
        position,
        stream: append.stream,
        seq,
        at,
        principal: command.principal,
        commandId: command.id,
        body,
      };
      events.push(content === undefined ? event : { ...event, content });
    }
  }
  return events;
}
