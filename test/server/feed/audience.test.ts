import * as v from 'valibot';
import { expect, test } from 'vitest';
import { AgentEvent } from '../../../protocol/agent-events.ts';
import { AgentStreamEvent, InteractionStreamEvent } from '../../../protocol/frames.ts';
import type { CommandId } from '../../../protocol/ids.ts';
import { InteractionEvent } from '../../../protocol/interaction-events.ts';
import { audience, type Logged, type Sight } from '../../../server/feed/audience.ts';
import { agentSamples, interactionSamples } from './samples.ts';

const commandId = 'command-000000001' as CommandId;
const logged = (sample: { event: Logged['body']; content?: Logged['content'] }): Logged => ({
  seq: 7,
  at: 70,
  principal: 'agent:ana',
  commandId,
  body: sample.event,
  ...(sample.content === undefined ? {} : { content: sample.content }),
});
const see = (sample: Parameters<typeof logged>[0], sight: Sight, principal = 'nobody') =>
  audience(logged(sample), { sight, principal });

const interactionTypes = InteractionEvent.options.map((option) => option.entries.type.literal);
const agentTypes = AgentEvent.options.map((option) => option.entries.type.literal);

test.each(interactionTypes)('TRUST-4: the owner reads %s whole', (type) => {
  const { event, content } = interactionSamples[type];
  const seen = see(interactionSamples[type], 'owner');
  expect(seen).toEqual({ seq: 7, at: 70, event, ...(content && { content }) });
  expect(v.is(InteractionStreamEvent, seen)).toBe(true);
});

const hidden = new Set([
  'offered',
  'offer-shown',
  'offer-ended',
  'customer-away',
  'customer-returned',
]);

test.each(interactionTypes)('TRUST-4: the customer learns no id and no secret from %s', (type) => {
  const seen = see(interactionSamples[type], 'customer');
  expect(seen === null).toBe(hidden.has(type));
  if (seen === null) return;
  expect(v.is(InteractionStreamEvent, seen)).toBe(true);
  const text = JSON.stringify(seen);
  for (const secret of ['ana', 'ben', 'a-hash-of-a-secret', 'offer-of-ana', 'angry', 'command-'])
    expect(text.replace('carla@example.org', '').replace('Ana', '')).not.toContain(secret);
});

test('CHAT-1: the customer knows agents by their names', () => {
  const event = { type: 'message-posted', author: { kind: 'agent', agent: 'agent', name: 'Ana' } };
  expect(see(interactionSamples['message-posted'], 'customer')).toEqual({
    seq: 7,
    at: 70,
    event,
    content: { text: 'Good morning' },
  });
  expect(see(interactionSamples.accepted, 'customer')?.event).toMatchObject({
    agent: 'agent',
    name: 'Ana',
  });
});

test('CHAT-16: a note never reaches the customer, and neither does the outcome', () => {
  expect(see(interactionSamples['marked-done'], 'customer')).toEqual({
    seq: 7,
    at: 70,
    event: { type: 'marked-done', by: 'agent', dispositions: [], incomplete: false },
  });
});

test.each(agentTypes)('STATE-10: an agent reads %s in their own stream whole', (type) => {
  const { event, content } = agentSamples[type];
  const seen = see(agentSamples[type], 'self');
  expect(seen).toEqual({ seq: 7, at: 70, event, ...(content && { content }) });
  expect(v.is(AgentStreamEvent, seen)).toBe(true);
});

test('TRUST-2: only whose command it was hears its id', () => {
  for (const type of interactionTypes) {
    expect(see(interactionSamples[type], 'owner', 'agent:ben')).not.toHaveProperty('commandId');
    expect(see(interactionSamples[type], 'owner', 'agent:ana')).toMatchObject({ commandId });
  }
});

test('blanked words stay blank for every sight', () => {
  const sample = { event: interactionSamples['message-posted'].event, content: null };
  for (const sight of ['owner', 'customer'] as const)
    expect(see(sample, sight)).toMatchObject({ content: null });
});
