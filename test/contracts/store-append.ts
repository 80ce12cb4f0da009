import { describe, expect, test } from 'vitest';
import { StoreUnavailable } from '../../server/store/contract.ts';
import {
  aCommand,
  agent,
  appendTo,
  chat,
  type MadeStore,
  message,
  messages,
  newId,
  open,
  positionOf,
  returned,
  said,
  textsOf,
} from './store-world.ts';

const agentStream = `agent:${agent('ana')}` as const;

export function appendTests(made: () => MadeStore): void {
  describe('append', () => {
    test('TRUST-1: what was acknowledged is there after the store was opened again', async () => {
      const { store, reopen } = made();
      await store.append(appendTo(chat('a'), 0, messages(3), { snapshot: open({ n: 3 }, 'key') }));
      await store.append(appendTo(chat('a'), 3, [{ body: returned }]));
      const before = await store.readAll(0, 100);
      const again = await reopen();
      expect(await again.readAll(0, 100)).toEqual(before);
      expect(before).toHaveLength(4);
      expect(await again.load(chat('a'))).toEqual({
        stream: chat('a'),
        seq: 4,
        snapshot: { seq: 3, state: { n: 3 } },
        events: [{ seq: 4, at: 1_000, body: returned }],
      });
      expect(await again.streamByKey('key')).toBe(chat('a'));
      const next = await again.append(appendTo(chat('a'), 4, [message('next')]));
      expect(positionOf(next)).toBe(5);
    });

    test('an event comes back with all that was said about it', async () => {
      const { store } = made();
      const append = appendTo(chat('a'), 0, [message('hello'), { body: returned }], { at: 1_234 });
      expect(await store.append(append)).toEqual({ type: 'appended', position: 2 });
      const { principal, commandId } = append;
      const common = { stream: chat('a'), at: 1_234, principal, commandId };
      expect(await store.read(chat('a'), 0, 10, 1_000)).toStrictEqual([
        { ...common, position: 1, seq: 1, body: said, content: { text: 'hello' } },
        { ...common, position: 2, seq: 2, body: returned },
      ]);
    });

    test('any text comes back as it was written', async () => {
      const { store } = made();
      const texts = [
        '',
        ' ',
        '\u0000 and "quotes"\\',
        '💬 Grüße, 你好, שלום',
        'half a pair: \ud83d',
        'é'.repeat(8_192),
      ];
      await store.append(appendTo(chat('a'), 0, texts.map(message)));
      expect(await textsOf(store, chat('a'))).toEqual(texts);
    });

    test('TRUST-2: a command that is known is a duplicate with its first answer', async () => {
      const { store, reopen } = made();
      const commandId = newId();
      const first = appendTo(chat('a'), 0, [message('hello')], { commandId });
      await store.append(first);
      const stored = { hash: first.hash, answer: first.answer };
      const other = appendTo(chat('b'), 0, [message('other')], {
        commandId,
        hash: 'other',
        answer: '{}',
      });
      expect(await store.append(first)).toEqual({ type: 'duplicate', stored });
      expect(await store.append(other)).toEqual({ type: 'duplicate', stored });
      expect(await store.answer('ana', commandId)).toEqual(stored);
      expect(await (await reopen()).append(other)).toEqual({ type: 'duplicate', stored });
    });

    test('the same command id of another principal is another command', async () => {
      const { store } = made();
      const commandId = newId();
      await store.append(appendTo(chat('a'), 0, [message('a')], { commandId, principal: 'ana' }));
      const other = appendTo(chat('b'), 0, [message('b')], { commandId, principal: 'ben' });
      expect(await store.append(other)).toEqual({ type: 'appended', position: 2 });
      expect(await store.answer('cleo', commandId)).toBeNull();
    });

    test('a stream that isn’t where it is expected is a conflict, and nothing is stored', async () => {
      const { store } = made();
      await store.append(appendTo(chat('a'), 0, messages(2)));
      for (const expected of [0, 1, 3]) {
        const late = appendTo(chat('a'), expected, [message('late')]);
        expect(await store.append(late)).toEqual({ type: 'conflict', stream: chat('a'), seq: 2 });
        expect(await store.answer('ana', late.commandId)).toBeNull();
      }
      const unknown = appendTo(chat('b'), 1, [message('nothing before')]);
      expect(await store.append(unknown)).toEqual({ type: 'conflict', stream: chat('b'), seq: 0 });
      expect(await store.load(chat('b'))).toBeNull();
      expect((await store.newest()).position).toBe(2);
    });

    test('a duplicate is told before a conflict', async () => {
      const { store } = made();
      const append = appendTo(chat('a'), 0, [message('hello')]);
      await store.append(append);
      await store.append(appendTo(chat('a'), 1, [message('more')]));
      expect((await store.append(append)).type).toBe('duplicate');
    });

    test('an append over several streams has consecutive positions', async () => {
      const { store } = made();
      const streams = [
        { stream: chat('a'), expected: 0, events: messages(2), snapshot: null },
        { stream: agentStream, expected: 0, events: [{ body: returned }], snapshot: null },
      ];
      expect(await store.append(aCommand({ streams }))).toEqual({ type: 'appended', position: 3 });
      const all = await store.readAll(0, 10);
      expect(all.map(({ position, stream, seq }) => [position, stream, seq])).toEqual([
        [1, chat('a'), 1],
        [2, chat('a'), 2],
        [3, agentStream, 1],
      ]);
    });

    test('an append over several streams is stored whole or not at all', async () => {
      const { store } = made();
      await store.append(appendTo(agentStream, 0, [{ body: returned }]));
      const half = aCommand({
        streams: [
          { stream: chat('a'), expected: 0, events: messages(2), snapshot: open({}, 'key') },
          { stream: agentStream, expected: 0, events: [{ body: returned }], snapshot: null },
        ],
      });
      expect(await store.append(half)).toEqual({ type: 'conflict', stream: agentStream, seq: 1 });
      expect(await store.load(chat('a'))).toBeNull();
      expect(await store.streamByKey('key')).toBeNull();
      expect(await store.readAll(0, 10)).toHaveLength(1);
    });

    test('a refusal is stored with its answer alone', async () => {
      const { store } = made();
      await store.append(appendTo(chat('a'), 0, messages(2)));
      const refusal = aCommand({ answer: '{"refused":"taken"}' });
      expect(await store.append(refusal)).toEqual({ type: 'appended', position: 2 });
      const stored = { hash: refusal.hash, answer: '{"refused":"taken"}' };
      expect(await store.append(refusal)).toEqual({ type: 'duplicate', stored });
    });

    test('a bug in an append rejects by another name than weather and stores nothing', async () => {
      const { store } = made();
      const part = { stream: chat('a'), expected: 0, events: messages(1), snapshot: null };
      const bugs = [
        aCommand({ streams: [part, part] }),
        appendTo(chat('a'), 0, [], { snapshot: open({}) }),
      ];
      for (const bug of bugs) {
        const error = await store.append(bug).catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(Error);
        expect(error).not.toBeInstanceOf(StoreUnavailable);
      }
      expect(await store.load(chat('a'))).toBeNull();
    });

    test('old answers are forgotten, so many at a time, and then the command is new again', async () => {
      const { store } = made();
      const old = Array.from({ length: 5 }, (_, index) => aCommand({ at: 1_000 + index }));
      const young = aCommand({ at: 2_000 });
      for (const each of [...old, young]) await store.append(each);
      expect(await store.forgetAnswers(2_000, 3)).toBe(3);
      expect(await store.forgetAnswers(2_000, 3)).toBe(2);
      expect(await store.forgetAnswers(2_000, 3)).toBe(0);
      for (const each of old) expect(await store.answer('ana', each.commandId)).toBeNull();
      expect(await store.answer('ana', young.commandId)).not.toBeNull();
      expect((await store.append(old[0]!)).type).toBe('appended');
    });

    test('after the end everything rejects, and what was asked before is finished', async () => {
      const { store, reopen } = made();
      const asked = Array.from({ length: 20 }, (_, index) =>
        store.append(appendTo(chat(`c${index}`), 0, messages(1))),
      );
      const again = await reopen();
      expect((await Promise.all(asked)).map(({ type }) => type)).toEqual(
        Array(20).fill('appended'),
      );
      expect(await again.readAll(0, 100)).toHaveLength(20);
      const late = await Promise.allSettled([
        store.append(aCommand({})),
        store.load(chat('a')),
        store.readAll(0, 1),
        store.setFact('a', 'b'),
        store.probe(),
      ]);
      for (const each of late) {
        expect('reason' in each && each.reason).toBeInstanceOf(StoreUnavailable);
      }
    });
  });
}
