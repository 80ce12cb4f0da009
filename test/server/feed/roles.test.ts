import { expect, test } from 'vitest';
import { type CommandId, interactionStream } from '../../../protocol/ids.ts';
import type { InteractionEvent } from '../../../protocol/interaction-events.ts';
import type { Role } from '../../../protocol/members.ts';
import { audience, type Reader, type Seen } from '../../../server/feed/audience.ts';
import { ana, ben, carla, interactionSamples, one } from './samples.ts';

const eve = { kind: 'agent', id: 'eve' as never } as const;
const customer = { kind: 'customer', id: carla } as const;
const agent = (id: typeof ana): Reader => ({ kind: 'agent', id });

function see<T extends InteractionEvent['type']>(
  type: T,
  reader: Reader,
  role: Role | null,
  rest: object = {},
): Seen | null {
  const { event, content } = interactionSamples[type];
  return audience(
    {
      stream: interactionStream(one),
      seq: 7,
      at: 70,
      principal: 'system',
      commandId: 'command-000000001' as CommandId,
      body: { ...event, ...rest } as InteractionEvent,
      ...(content === undefined ? {} : { content }),
    },
    reader,
    role,
  );
}

test('HAND-3: who takes over reads the parcel, the notes, and everything before', () => {
  expect(see('requested', agent(ben), 'owner')?.content).toEqual({
    note: 'she was angry',
    draft: 'Dear',
    dispositions: 'angry',
  });
  expect(see('transferred', eve, 'owner')?.content).toEqual({ note: 'she was angry' });
  for (const type of ['note-added', 'data-set', 'message-posted', 'own-wrap-up-ended'] as const)
    expect(see(type, eve, 'owner')).toMatchObject({ content: expect.anything() });
});

test.each<[string, Reader, Role | null, boolean]>([
  ['the owner who wrote it', agent(ana), 'owner', true],
  ['the colleague whom it was for', agent(ben), 'consultant', true],
  ['the colleague, a guest by now', agent(ben), 'guest', true],
  ['the owner of then, a guest by now', agent(ana), 'guest', true],
  ['another owner, later', eve, 'owner', false],
  ['another consultant', eve, 'consultant', false],
  ['a guest', eve, 'guest', false],
  ['a supervisor who listens', eve, 'monitor', false],
  ['the customer', customer, null, false],
])('TRUST-4: side talk is for the two who had it: %s', (_, reader, role, sees) => {
  expect(see('side-message-posted', reader, role) !== null).toBe(sees);
});

test('TRUST-4: guests hear of invitations, not of parcels, nor of who is consulted or listens', () => {
  expect(see('requested', eve, 'guest', { kind: 'join' })).toMatchObject({
    content: { note: 'she was angry' },
  });
  expect(see('requested', eve, 'guest')).not.toHaveProperty('content');
  expect(see('transferred', eve, 'guest')).not.toHaveProperty('content');
  expect(see('requested', eve, 'guest', { kind: 'consult' })).toBeNull();
  expect(see('request-ended', eve, 'guest', { kind: 'consult' })).toBeNull();
  for (const type of ['joined', 'left'] as const)
    for (const role of ['consultant', 'monitor']) {
      expect(see(type, eve, 'guest', { role })).toBeNull();
      expect(see(type, eve, 'owner', { role })).not.toBeNull();
    }
});

test('TRUST-4: one who is consulted hears what was asked of them, not of others', () => {
  expect(see('requested', agent(ben), 'consultant', { kind: 'consult' })).not.toBeNull();
  expect(see('requested', eve, 'consultant', { kind: 'consult' })).toBeNull();
  expect(see('requested', eve, 'consultant')).not.toHaveProperty('content');
  expect(see('requested', agent(ben), 'consultant', { kind: 'consult' })).toHaveProperty('content');
});

test('HAND-6: the customer sees guests come and go, and nobody else', () => {
  expect(see('joined', customer, null)?.event).toEqual({
    type: 'joined',
    agent: 'agent',
    name: 'Ben',
    role: 'guest',
    was: null,
    epoch: 2,
  });
  expect(see('left', customer, null)?.event).toMatchObject({ name: 'Ben', agent: 'agent' });
  for (const role of ['consultant', 'monitor']) {
    expect(see('joined', customer, null, { role })).toBeNull();
    expect(see('left', customer, null, { role })).toBeNull();
  }
  // The owner until now goes on as a guest: they never left.
  expect(see('joined', customer, null, { was: 'owner' })).toBeNull();
  expect(see('left', customer, null, { reason: 'role-changed' })).toBeNull();
});

test('HAND-4: the customer sees that they are being connected, and with whom, by name', () => {
  expect(see('transferred', customer, null)).toEqual({
    seq: 7,
    at: 70,
    event: { type: 'transferred', from: 'agent', to: { kind: 'agent', agent: 'agent' } },
  });
  expect(see('owner-changed', customer, null)?.event).toMatchObject({
    from: 'agent',
    to: 'agent',
    name: 'Ben',
    was: null,
  });
});

test.each([
  ['guest', 'guest'],
  ['consultant', null],
  ['monitor', null],
  [null, null],
] as const)(
  'HAND-4, HAND-7: a new owner who was %s came from outside for who didn’t see that',
  (was, open) => {
    for (const role of ['owner', 'monitor'] as const)
      expect(see('owner-changed', agent(ben), role, { was })?.event).toMatchObject({ was });
    for (const role of ['guest', 'consultant'] as const)
      expect(see('owner-changed', agent(ben), role, { was })?.event).toMatchObject({ was: open });
    expect(see('owner-changed', customer, null, { was })?.event).toMatchObject({ was: open });
  },
);
