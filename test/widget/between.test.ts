import { expect, test } from 'vitest';
import { marked, readMessage, toChat, toPage } from '../../widget/between.ts';

const shop = { origin: 'https://shop.example', source: {} };
const from = { origin: shop.origin, source: shop.source };
const event = (data: unknown, over: Partial<typeof shop> = {}) =>
  ({ data, ...shop, ...over }) as MessageEvent<unknown>;
const open = { type: 'open', open: true, full: false, focus: true };

test('what one half posts the other half reads', () => {
  expect(readMessage(event(marked(open)), from, toChat)).toMatchObject(open);
  const unread = { type: 'unread', count: 2 };
  expect(readMessage(event(marked(unread)), from, toPage)).toMatchObject(unread);
});

test.each<[string, MessageEvent<unknown>]>([
  ['another origin', event(marked(open), { origin: 'https://evil.example' })],
  ['a name that begins alike', event(marked(open), { origin: 'https://shop.example.evil' })],
  ['no origin', event(marked(open), { origin: 'null' })],
  ['another window of the right origin', event(marked(open), { source: {} })],
])('a message from %s is not heard', (_, message) => {
  expect(readMessage(message, from, toChat)).toBeNull();
});

test('a message without a window is not heard, even where none is expected', () => {
  const lost = { origin: shop.origin, source: null };
  expect(readMessage(event(marked(open), lost as never), lost, toChat)).toBeNull();
});

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['a text', 'open'],
  ['a number', 7],
  ['another library’s', { type: 'open', open: true, full: false, focus: true }],
  ['an unknown kind', marked({ type: 'evaluate', code: 'x' } as never)],
  ['the name of what every object has', { deskside: 'constructor' }],
  ['a kind of the other direction', marked({ type: 'unread', count: 1 } as never)],
  ['a field of another kind', marked({ ...open, full: 'yes' } as never)],
  ['a field that is missing', marked({ type: 'open', open: true } as never)],
])('a message that is %s is not heard', (_, data) => {
  expect(readMessage(event(data), from, toChat)).toBeNull();
});
