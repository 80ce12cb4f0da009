import type { CommandId, CustomerId, InteractionId, OfferId } from '../../protocol/ids.ts';
import { interactionStream } from '../../protocol/ids.ts';
import type { Author } from '../../protocol/interaction-events.ts';
import type { Why } from '../../protocol/parts.ts';
import { ABSENT, step } from '../../server/states.ts';
import type { NewEvent, Store } from '../../server/store/contract.ts';
import { agentId, QUEUE } from './bench-centre.ts';
import { each } from './deadline.ts';
import { textOf } from './message-text.ts';

/** What a long talk has. */
const MESSAGES_EACH = 100;
/** Appends that share a transaction. */
const AT_ONCE = 50;
const AGENTS = 10;

/** Fills a store with the past: talks that are over, of so many messages in all. */
export async function fillStore(store: Store, messages: number): Promise<void> {
  await each(Math.ceil(messages / MESSAGES_EACH), AT_ONCE, async (index) => {
    const id = `past-${index}` as InteractionId;
    const stream = interactionStream(id);
    const at = PAST + index * 1000;
    const events = talk(index);
    let state = ABSENT.state;
    for (const [before, { body }] of events.entries())
      state = step(stream, state, body, before + 1, at);
    const result = await store.append({
      principal: 'bench',
      commandId: `bench-past-talk-${index}` as CommandId,
      hash: '',
      answer: '',
      at,
      streams: [{ stream, expected: 0, events, snapshot: { state, open: false, key: null } }],
    });
    if (result.type !== 'appended') throw new Error(`the past could not be stored: ${result.type}`);
  });
}

/** A number of the past's n-th customer, as it is written in Germany. */
export const phoneOf = (index: number): string => `030 ${901_820 + index}`;

/** 2026-01-01: long before the run. */
const PAST = Date.UTC(2026, 0, 1);

function talk(index: number): readonly NewEvent[] {
  const agent = agentId(index % AGENTS);
  const offer = `past-offer-${index}` as OfferId;
  const at = PAST + index * 1000;
  const author: Author = { kind: 'agent', agent, name: `Agent ${index % AGENTS}` };
  const why: Why = { reason: 'longest', skills: [], candidates: 2, step: 0, passedOver: {} };
  const message = (n: number): NewEvent => ({
    body: { type: 'message-posted', author: n % 2 === 0 ? { kind: 'customer' } : author },
    content: { text: textOf(n) },
  });
  return [
    {
      body: {
        type: 'started',
        channel: 'chat',
        customer: `past-customer-${index}` as CustomerId,
        queue: QUEUE,
        language: 'en',
      },
      content: {
        name: `Customer ${index}`,
        email: `customer-${index}@example.com`,
        phone: phoneOf(index),
        subject: 'Where is my parcel?',
      },
    },
    {
      body: {
        type: 'queued',
        queue: QUEUE,
        priority: 5,
        enqueuedAt: at,
        reason: 'started',
        skipped: [],
        preferred: null,
        preferredUntil: null,
        target: null,
      },
    },
    { body: { type: 'offered', offer, agent, showBy: at + 3000, why } },
    { body: { type: 'offer-shown', offer, agent, answerBy: at + 45_000 } },
    { body: { type: 'offer-ended', offer, agent, outcome: 'accepted' } },
    { body: { type: 'accepted', offer, agent, name: `Agent ${index % AGENTS}`, epoch: 1 } },
    ...Array.from({ length: MESSAGES_EACH }, (_, n) => message(n)),
    { body: { type: 'ended', by: 'agent', wrapUpUntil: null } },
    {
      body: {
        ...{ type: 'marked-done', by: 'agent', dispositions: [], incomplete: false },
        ...{ resolved: null, sendTranscript: false },
      },
    },
  ];
}
