import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { InteractionId } from '../../protocol/ids.ts';
import type { HeardEvent, HeardPart } from '../../widget/chat/frames-down.ts';
import { applyPart, ENTRIES, newTalk, type Talk } from '../../widget/chat/talk.ts';

const id = 'i1' as InteractionId;
const part = (after: number, events: readonly HeardEvent[]): HeardPart => ({
  interaction: id,
  after,
  upTo: after + events.length,
  events: events.map((event, n) => ({ seq: after + n + 1, at: 1_000 * (after + n), event })),
});
const said: HeardEvent = { type: 'message-posted', author: { kind: 'customer' } };
const talkOf = (...events: readonly HeardEvent[]): Talk =>
  applyPart(newTalk(id), part(0, events)).talk;
const notices = (talk: Talk) =>
  talk.entries.flatMap((entry) => (entry.kind === 'notice' ? [[entry.notice, entry.name]] : []));

const accepted: HeardEvent = { type: 'accepted', name: 'Marta' };

test.each<[string, readonly HeardEvent[], Talk['phase'], readonly unknown[]]>([
  ['an agent joins', [accepted], 'active', [['joined', 'Marta']]],
  [
    'STATE-8: the agent is away, then back',
    [accepted, { type: 'owner-away' }, { type: 'owner-returned' }],
    'active',
    [
      ['joined', 'Marta'],
      ['owner-away', 'Marta'],
      ['owner-returned', 'Marta'],
    ],
  ],
  [
    'STATE-8: a lost agent means waiting again',
    [accepted, { type: 'owner-lost' }],
    'queued',
    [
      ['joined', 'Marta'],
      ['owner-lost', 'Marta'],
    ],
  ],
  [
    'HAND-4: who takes over has a name, and is the one who leaves',
    [accepted, { type: 'owner-changed', name: 'Ben' }, { type: 'ended', by: 'agent' }],
    'over',
    [
      ['joined', 'Marta'],
      ['joined', 'Ben'],
      ['left', 'Ben'],
    ],
  ],
  [
    'HAND-6: guests come and go; the agent stays the one whose name is shown',
    [
      accepted,
      { type: 'joined', name: 'Eve' },
      { type: 'left', name: 'Eve' },
      { type: 'owner-away' },
    ],
    'active',
    [
      ['joined', 'Marta'],
      ['joined', 'Eve'],
      ['left', 'Eve'],
      ['owner-away', 'Marta'],
    ],
  ],
  [
    'HAND-7: a guest who answers for it from now on was announced already, and so was the owner until then',
    [
      accepted,
      { type: 'joined', name: 'Ben' },
      { type: 'owner-changed', name: 'Ben', was: 'guest' },
      { type: 'left', name: 'Marta' },
      { type: 'ended', by: 'agent' },
    ],
    'over',
    [
      ['joined', 'Marta'],
      ['joined', 'Ben'],
      ['left', 'Marta'],
      ['left', 'Ben'],
    ],
  ],
  [
    'END-1: the agent left the chat',
    [accepted, { type: 'ended', by: 'agent' }],
    'over',
    [
      ['joined', 'Marta'],
      ['left', 'Marta'],
    ],
  ],
  [
    'the customer left while waiting',
    [{ type: 'abandoned', by: 'customer' }],
    'over',
    [['you-left', null]],
  ],
  [
    'CHAT-12: away for too long',
    [accepted, { type: 'ended', by: 'customer-left' }],
    'over',
    [
      ['joined', 'Marta'],
      ['you-were-away', 'Marta'],
    ],
  ],
  [
    'done without an end that we saw',
    [accepted, { type: 'marked-done' }],
    'over',
    [['joined', 'Marta']],
  ],
])('%s', (_, events, phase, expected) => {
  const talk = talkOf(...events);
  expect(talk.phase).toBe(phase);
  expect(notices(talk)).toEqual(expected);
});

test('any mixture of lost, repeated and reordered parts converges to the same talk', () => {
  const events: readonly HeardEvent[] = [accepted, said, said, { type: 'owner-away' }, said, said];
  const whole = talkOf(...events);
  const piece = fc
    .tuple(fc.nat(events.length - 1), fc.nat(events.length))
    .map(([after, length]) => part(after, events.slice(after, after + length)));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      let talk = newTalk(id);
      for (const one of pieces) talk = applyPart(talk, one).talk;
      expect(talk.entries).toEqual(whole.entries.filter((entry) => entry.seq <= talk.seq));
      expect(applyPart(talk, part(0, events)).talk.entries).toEqual(whole.entries);
    }),
  );
});

test('a seq that the customer may not see leaves no gap', () => {
  const hidden: HeardPart = { interaction: id, after: 0, upTo: 5, events: [] };
  const { outcome, talk } = applyPart(newTalk(id), hidden);
  expect([outcome, talk.seq]).toEqual(['applied', 5]);
  expect(applyPart(talk, part(5, [said])).outcome).toBe('applied');
});

test('a transcript without end keeps its newest entries and says that it is shortened', () => {
  const talk = talkOf(...Array.from({ length: ENTRIES + 10 }, () => said));
  expect([talk.entries.length, talk.entries[0]?.seq, talk.shortened]).toEqual([ENTRIES, 11, true]);
});
