import * as v from 'valibot';
import { expect, test } from 'vitest';
import { AgentEvent } from '../../../protocol/agent-events.ts';
import {
  agentStream,
  type CommandId,
  interactionStream,
  type StreamName,
} from '../../../protocol/ids.ts';
import { InteractionEvent } from '../../../protocol/interaction-events.ts';
import { AgentStreamEvent, InteractionStreamEvent } from '../../../protocol/stream-events.ts';
import { audience, type Logged, type Reader } from '../../../server/feed/audience.ts';
import { agentSamples, ana, ben, carla, interactionSamples, one } from './samples.ts';

const commandId = 'command-000000001' as CommandId;
const inStream = (
  stream: StreamName,
  sample: { event: Logged['body']; content?: Logged['content'] },
): Logged => ({
  stream,
  seq: 7,
  at: 70,
  principal: 'agent:ana',
  commandId,
  body: sample.event,
  ...(sample.content === undefined ? {} : { content: sample.content }),
});
const see = (sample: Parameters<typeof inStream>[1], reader: Reader) =>
  audience(inStream(interactionStream(one), sample), reader);
const customer = { kind: 'customer', id: carla } as const;
const owner = { kind: 'agent', id: ben } as const;

const interactionTypes = InteractionEvent.options.map((option) => option.entries.type.literal);
const agentTypes = AgentEvent.options.map((option) => option.entries.type.literal);

test.each(interactionTypes)('TRUST-4: the owner reads %s whole', (type) => {
  const { event, content } = interactionSamples[type];
  const seen = see(interactionSamples[type], owner);
  expect(seen).toEqual({ seq: 7, at: 70, event, ...(content && { content }) });
  expect(v.is(InteractionStreamEvent, seen)).toBe(true);
});

const hidden = new Set([
  'offered',
  'offer-shown',
  'offer-ended',
  'customer-away',
  'customer-returned',
  'wrap-up-extended',
  'amended',
  'placed',
  'note-added',
  'tags-set',
  'data-set',
  'parked',
  'unparked',
  'bot-started',
  'bot-ended',
  'requested',
  'request-ended',
  'own-wrap-up-started',
  'own-wrap-up-ended',
  'side-message-posted',
]);

test.each(interactionTypes)('TRUST-4: the customer learns no id and no secret from %s', (type) => {
  const seen = see(interactionSamples[type], customer);
  expect(seen === null).toBe(hidden.has(type));
  if (seen === null) return;
  expect(v.is(InteractionStreamEvent, seen)).toBe(true);
  const text = JSON.stringify(seen);
  for (const secret of ['ana', 'ben', 'a-hash-of-a-secret', 'offer-of-ana', 'angry', 'command-'])
    expect(text.replace('carla@example.org', '').replace('Ana', '')).not.toContain(secret);
});

test.each([
  ['started', true],
  ['owner-lost', true],
  ['rejected', false],
  ['expired', false],
  ['rescinded', false],
  ['not-shown', false],
] as const)(
  'TRUST-4: the customer hears that they wait (%s: %s), and nothing of offers or how they ended',
  (reason, heard) => {
    const { event } = interactionSamples.queued;
    const queued = { event: { ...event, reason } as typeof event };
    expect(see(queued, customer) !== null).toBe(heard);
    expect(see(queued, owner)?.event).toMatchObject({ reason });
  },
);

test('CHAT-1: the customer knows agents by their names', () => {
  const event = { type: 'message-posted', author: { kind: 'agent', agent: 'agent', name: 'Ana' } };
  expect(see(interactionSamples['message-posted'], customer)).toEqual({
    seq: 7,
    at: 70,
    event,
    content: { text: 'Good morning' },
  });
  expect(see(interactionSamples.accepted, customer)?.event).toMatchObject({
    agent: 'agent',
    name: 'Ana',
  });
});

test('TRUST-4: a note never reaches the customer, and neither does the outcome', () => {
  expect(see(interactionSamples['marked-done'], customer)).toEqual({
    seq: 7,
    at: 70,
    event: {
      type: 'marked-done',
      by: 'agent',
      dispositions: [],
      incomplete: false,
      resolved: null,
      sendTranscript: false,
    },
  });
});

test.each(agentTypes)('STATE-10: an agent reads %s in their own stream whole', (type) => {
  const { event, content } = agentSamples[type];
  const logged = inStream(agentStream(ana), agentSamples[type]);
  const seen = audience(logged, { kind: 'agent', id: ana });
  expect(seen).toEqual({ seq: 7, at: 70, event, commandId, ...(content && { content }) });
  expect(v.is(AgentStreamEvent, seen)).toBe(true);
  expect(audience(logged, owner)).toBe(null);
  expect(audience(logged, customer)).toBe(null);
});

test('TRUST-2: only whose command it was hears its id', () => {
  for (const type of interactionTypes) {
    expect(see(interactionSamples[type], owner)).not.toHaveProperty('commandId');
    expect(see(interactionSamples[type], { kind: 'agent', id: ana })).toMatchObject({ commandId });
  }
});

test('blanked words stay blank for everybody', () => {
  const sample = { event: interactionSamples['message-posted'].event, content: null };
  for (const reader of [owner, customer])
    expect(see(sample, reader)).toMatchObject({ content: null });
});
