import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runServer } from '../server/main/server-process.ts';
import { replay } from './replay.ts';
import { filled, type Line, linesOf, matched } from './session-in-text.ts';

const document = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8');
const secret = () => randomBytes(32).toString('base64url');

async function start() {
  const { url } = await runServer();
  const answer = await fetch(`${url}/api/sign-in`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: 'jonas@harbourpine.example', password: 'deskside-demo' }),
  });
  const { accessToken: token } = (await answer.json()) as { accessToken: string };
  return { url, bound: new Map(Object.entries({ token, secret: secret() })) };
}

test('the sessions in docs/protocol.md happen as they are written, frame by frame', async () => {
  const { url, bound } = await start();
  const lines = linesOf(document);
  expect(lines.length).toBeGreaterThan(60);
  expect(await replay(url, lines, bound)).toEqual([]);
}, 60_000);

test('what the server does not say is noticed, and so is what stands nowhere', async () => {
  const { url, bound } = await start();
  const [hello, welcome] = linesOf(document) as [Line, Line];
  const open = {
    ...welcome,
    text: welcome.text.replace('"interaction":null', '"interaction":"c1"'),
  };
  await expect(replay(url, [hello, open], bound)).rejects.toThrow('"interaction":null');
  const unread: Line = { ...hello, text: 'Hello?' };
  const answered = replay(url, [hello, welcome, unread, hello, welcome], bound);
  await expect(answered).rejects.toThrow('"refusal":"bad-frame"');
}, 60_000);

const frame = { type: 'ack', id: 'a', stream: 'interaction:c1', seq: 3 };

test.each<[string, boolean]>([
  ['{"type":"ack","id":"a","stream":"interaction:c1","seq":3}', true],
  ['{"type":"ack","id":"a","stream":"interaction:<interaction>","seq":<seq>}', true],
  ['{"type":"ack","id":"…","stream":"…","seq":3}', true],
  ['{"type":"ack","id":"a","stream":"interaction:<other>","seq":3}', false],
  ['{"type":"ack","id":"a","stream":"interaction:c1","seq":4}', false],
  ['{"type":"ack","id":"a","stream":"interaction:c1"}', false],
  ['{"type":"ack","id":"a","stream":"interaction:c1","seq":3,"more":1}', false],
  ['{"type":"ack","id":<seq>,"stream":"interaction:c1","seq":3}', false],
  ['{"type":"ack","id":{…},"stream":[…],"seq":3}', true],
])('a line is compared with a frame: %s → %s', (text, is) => {
  expect(matched(text, frame, new Map([['other', 'c2']])) !== null).toBe(is);
});

test('a placeholder stands for what it first stood for, and is filled in from then on', () => {
  const bound = matched('{"a":"<offer>","b":<batch>}', { a: 'o1', b: 7 }, new Map())!;
  expect(filled('{"offer":"<offer>","batch":<batch>}', bound)).toBe('{"offer":"o1","batch":7}');
  expect(matched('{"a":"<offer>"}', { a: 'o2' }, bound)).toBeNull();
  expect(matched('{"b":<batch>}', { b: 8 }, bound)?.get('batch')).toBe('8');
  expect(() => filled('<token>', new Map())).toThrow('nobody has said yet');
});
