import * as v from 'valibot';
import { expect, test } from 'vitest';
import { CustomerFrameDown } from '../../protocol/frames.ts';
import { parseFrameDown } from '../../widget/chat/frames-down.ts';

const at = 1_790_000_000_000;
const event = (event: object, more: object = {}) => ({ seq: 3, at, event, ...more });
const batch = (...events: readonly object[]) => ({
  type: 'batch',
  batch: 1,
  parts: [{ of: 'interaction', interaction: 'i1', epoch: 0, after: 2, upTo: 3, events }],
});
const site = {
  name: 'Shop',
  accent: '#112233',
  languages: ['en'],
  queues: [{ id: 'q', name: 'Orders' }],
  form: [{ field: 'email', required: true }],
};

/** Every frame of the door, every event that a customer may see. */
const frames: readonly object[] = [
  { type: 'welcome', protocol: 2, now: at, site, queues: [], interaction: null },
  { type: 'queues', queues: [{ queue: 'q', state: 'closed', canLeaveMessage: true }] },
  { type: 'ack', id: 'command-00000001', stream: 'interaction:i1', seq: 3 },
  { type: 'refused', id: 'command-00000001', refusal: 'try-later', retryMs: 1000 },
  { type: 'refused', id: null, refusal: 'bad-frame', retryMs: null },
  { type: 'marks', interaction: 'i1', reader: 'agent', delivered: 3, read: 2 },
  { type: 'typing', interaction: 'i1', by: 'agent', name: 'Marta' },
  { type: 'heartbeat', now: at },
  { type: 'position', interaction: 'i1', position: null, estimateMs: null },
  batch(
    event(
      { type: 'message-posted', author: { kind: 'customer' } },
      { content: { text: 'Hi' }, commandId: 'command-00000001' },
    ),
    event({ type: 'message-posted', author: { kind: 'agent', agent: 'a', name: 'Marta' } }),
    event({ type: 'message-posted', author: { kind: 'system' } }, { content: null }),
  ),
  batch(event({ type: 'started', channel: 'chat', customer: 'c', queue: 'q', language: 'en' })),
  batch(event({ type: 'accepted', offer: 'o', agent: 'a', name: 'Marta', epoch: 1 })),
  batch(event({ type: 'owner-away', agent: 'a' }), event({ type: 'owner-returned', agent: 'a' })),
  batch(event({ type: 'owner-lost', agent: 'a' })),
  batch(event({ type: 'ended', by: 'agent', wrapUpUntil: at })),
  batch(event({ type: 'abandoned', by: 'customer-left' })),
  batch(
    event({
      type: 'marked-done',
      by: 'system',
      dispositions: [],
      incomplete: false,
      resolved: null,
      sendTranscript: false,
    }),
  ),
  batch(event({ type: 'content-removed', seqs: [1, 2] })),
  batch(
    event({
      type: 'owner-changed',
      from: 'agent',
      to: 'agent',
      name: 'Ben',
      epoch: 2,
      reason: 'transferred',
      was: 'guest',
    }),
    event({
      type: 'owner-changed',
      from: 'agent',
      to: 'agent',
      name: 'Ben',
      epoch: 2,
      reason: 'transferred',
    }),
    event({ type: 'transferred', from: 'agent', to: { kind: 'queue', queue: 'q' } }),
    event({ type: 'joined', agent: 'agent', name: 'Eve', role: 'guest', was: null, epoch: 3 }),
    event({ type: 'left', agent: 'agent', name: 'Eve', role: 'guest', reason: 'left' }),
  ),
  batch(event({ type: 'message-left' })),
  batch(
    event({
      type: 'message-posted',
      author: { kind: 'agent', agent: 'agent', name: 'Bo' },
      page: 'card',
    }),
    event({
      type: 'transcript-requested',
      author: { kind: 'customer' },
      address: 'unverified',
    }),
    event({ type: 'transcript-sent', request: 9 }),
    event({ type: 'transcript-failed', request: 9, why: 'refused' }),
  ),
  batch(event({ type: 'customer-away', leftAt: at }), event({ type: 'customer-returned' })),
];

test('the widget reads every frame that the protocol can send', () => {
  for (const frame of frames) {
    const whole = v.parse(CustomerFrameDown, frame);
    const read = parseFrameDown(JSON.stringify(whole));
    expect(read, JSON.stringify(frame)).toEqual(whole);
  }
});

test('every kind of frame and event is among them', () => {
  const kinds = CustomerFrameDown.options.map((option) => option.entries.type.literal);
  const given = frames.map((frame) => (frame as { type: string }).type);
  expect(kinds.filter((kind) => !given.includes(kind))).toEqual([]);
});

test('a frame or an event of a newer server is passed over', () => {
  expect(parseFrameDown('{"type":"co-browse"}')).toBeNull();
  const read = parseFrameDown(JSON.stringify(batch(event({ type: 'whatever', to: 'x' }))));
  expect(read).toMatchObject({ type: 'batch', parts: [{ upTo: 3, events: [{ seq: 3 }] }] });
});

test.each([
  ['no JSON', '<html>'],
  ['no object', '7'],
  ['null', 'null'],
  ['no type', '{}'],
  ['a name of every object', '{"type":"constructor"}', null],
  ['a batch without parts', '{"type":"batch","batch":1}'],
  ['an event without what its kind needs', JSON.stringify(batch(event({ type: 'accepted' })))],
  [
    'words that are no text',
    JSON.stringify(batch(event({ type: 'marked-done' }, { content: { text: 1 } }))),
  ],
  ['a welcome without its site', '{"type":"welcome","now":1,"interaction":null}'],
])('what cannot be read is called so: %s', (_, text, outcome: null | string = 'unreadable') => {
  expect(parseFrameDown(text)).toBe(outcome);
});
