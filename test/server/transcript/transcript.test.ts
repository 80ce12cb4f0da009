import { expect, test } from 'vitest';
import type { AgentId, FileId, QueueId } from '../../../protocol/ids.ts';
import type { InteractionEvent } from '../../../protocol/interaction-events.ts';
import { sightings } from '../../../server/feed/sightings.ts';
import { type Audience, transcriptOf } from '../../../server/transcript/transcript.ts';
import { interactionSamples } from '../feed/samples.ts';
import { accepted, answers, asks, bo, notes, started, stream, type Told } from './story.ts';

const customer: Audience = { kind: 'customer' };
const owner: Audience = { kind: 'agent', reader: { kind: 'agent', id: bo }, role: 'owner' };
const textsOf = (to: Audience, ...told: Told[]) =>
  transcriptOf(stream(...told), to)?.entries.map((entry) =>
    entry.kind === 'happened' ? entry.what : entry.text,
  );

const talk = [
  started(),
  asks('Where is it?'),
  notes('She is angry'),
  accepted,
  answers('On its way'),
  { body: { type: 'ended', by: 'agent', wrapUpUntil: null } },
] satisfies Told[];

test('END-6: the customer’s transcript holds what was said, who came and who went', () => {
  expect(transcriptOf(stream(...talk), customer)).toEqual({
    interaction: 'i-1',
    startedAt: Date.UTC(2026, 10, 21, 21, 30),
    language: 'en',
    customer: { name: 'Carla', email: 'carla@example.org', phone: null, subject: null },
    entries: [
      expect.objectContaining({
        kind: 'message',
        from: { kind: 'customer' },
        text: 'Where is it?',
      }),
      expect.objectContaining({ kind: 'happened', what: 'agent-joined', name: 'Bo' }),
      expect.objectContaining({ from: { kind: 'agent', name: 'Bo' }, text: 'On its way' }),
      expect.objectContaining({ what: 'ended-by-agent' }),
    ],
    left: 0,
  });
});

test('END-6, CHAT-16: an agent’s holds the notes as well, marked as such', () => {
  expect(transcriptOf(stream(...talk), owner)?.entries[1]).toMatchObject({
    kind: 'note',
    text: 'She is angry',
  });
});

/** Whatever may ever stand in the stream, with words in every field that can hold some. */
test('END-6: no word that the customer couldn’t see comes into the customer’s transcript', () => {
  const [first, ...rest] = stream(
    started(),
    ...Object.values(interactionSamples)
      .filter(({ event }) => event.type !== 'started' && event.type !== 'placed')
      .map(({ event, content }) => ({
        body: event as InteractionEvent,
        ...(content && { content }),
      })),
  );
  const shown = JSON.stringify(transcriptOf([first!, ...rest], customer)?.entries);
  const hidden = Object.values(interactionSamples).filter(
    ({ event }) => sightings[event.type].customer === 'nothing',
  );
  const secrets = hidden.flatMap(({ content }) => Object.values(content ?? {}));
  expect(secrets.length).toBeGreaterThan(5);
  for (const secret of secrets) expect(shown).not.toContain(secret);
  for (const { event } of hidden)
    if ('author' in event && 'name' in event.author && event.author.name !== 'Ana')
      expect(shown).not.toContain(event.author.name);
});

test.each<[string, AgentId, string[]]>([
  ['the two who had it', bo, ['psst']],
  ['another colleague', 'eve' as AgentId, []],
])('TRUST-4: side talk stands on the transcript of %s', (_, id, expected) => {
  const aside: Told = {
    body: {
      type: 'side-message-posted',
      author: { agent: bo, name: 'Bo' },
      owner: bo,
      with: 'cy' as AgentId,
    },
    content: { text: 'psst' },
  };
  const to: Audience = { kind: 'agent', reader: { kind: 'agent', id }, role: 'owner' };
  expect(textsOf(to, started(), aside)).toEqual(expected);
  expect(textsOf(customer, started(), aside)).toEqual([]);
});

test('END-4: nothing after it became work is the customer’s', () => {
  const placed: Told = { body: { type: 'placed', queue: 'claims' as QueueId } };
  expect(
    textsOf(customer, started(), asks('Hello'), placed, answers('To the claims desk')),
  ).toEqual(['Hello']);
  expect(textsOf(owner, started(), asks('Hello'), placed, answers('To the claims desk'))).toEqual([
    'Hello',
    'To the claims desk',
  ]);
});

test('what was removed is said to be removed', () => {
  expect(textsOf(customer, started(), asks(null))).toEqual([null]);
});

test('ROUTE-6: the address of a message that was left is the customer’s', () => {
  const left: Told = { body: { type: 'message-left' }, content: { email: 'new@example.org' } };
  expect(transcriptOf(stream(started({ name: 'Carla' }), left), customer)?.customer).toEqual({
    ...{ name: 'Carla', email: 'new@example.org', phone: null, subject: null },
  });
});

test('CHAT-11: a bot’s choices stand below its words, and a broken list is none', () => {
  const says = (buttons: string): Told => ({
    body: { type: 'message-posted', author: { kind: 'bot', name: 'Pip', answers: 1 } },
    content: { text: 'Which?', buttons },
  });
  expect(textsOf(customer, started(), says('[{"title":"A","payload":"/a"}]'))).toEqual([
    'Which?\n▸ A',
  ]);
  expect(textsOf(customer, started(), says('not JSON'))).toEqual(['Which?']);
});

test('CHAT-6: the names of a message’s files stand below its words, in their order', () => {
  const sends = (text: string, content: Record<string, string>): Told => ({
    body: {
      ...{ type: 'message-posted', author: { kind: 'customer' } },
      files: ['f2', 'f1'].map((id) => ({ id: id as FileId, type: 'image/png', bytes: 1 })),
    },
    content: { text, ...content },
  });
  const names = { 'file:f1': 'kitchen.png', 'file:f2': 'bill.pdf' };
  expect(textsOf(customer, started(), sends('Look', names), sends('', names))).toEqual([
    'Look\n📎 bill.pdf\n📎 kitchen.png',
    '📎 bill.pdf\n📎 kitchen.png',
  ]);
});

test.each([
  ['entries', { entries: 2, characters: 100 }],
  ['characters', { entries: 100, characters: 9 }],
])('TRUST-5: it ends where its limit of %s is, and says how much is left', (_, limits) => {
  const events = stream(started(), ...['one', 'two', 'more', 'much'].map(asks));
  const transcript = transcriptOf(events, customer, limits);
  expect(transcript?.entries).toHaveLength(2);
  expect(transcript?.left).toBe(2);
});

test('a stream that doesn’t begin at its beginning has no transcript', () => {
  expect(transcriptOf(stream(asks('Hello')), customer)).toBeNull();
  expect(transcriptOf([], customer)).toBeNull();
});
