import { describe, expect, test } from 'vitest';
import {
  appendTo,
  chat,
  type MadeStore,
  message,
  messages,
  open,
  returned,
} from './store-world.ts';

const KIB = 1_024;

export function readTests(made: () => MadeStore): void {
  describe('read', () => {
    test('an empty store has nothing', async () => {
      const { store } = made();
      expect(await store.newest()).toEqual({ position: 0, at: 0 });
      expect(await store.readAll(0, 10)).toEqual([]);
      expect(await store.openStreams(null, 10)).toEqual([]);
      expect(await store.load(chat('a'))).toBeNull();
      expect(await store.read(chat('a'), 0, 10, KIB)).toEqual([]);
    });

    test('the newest position and its time are known at once', async () => {
      const { store, reopen } = made();
      await store.append(appendTo(chat('a'), 0, messages(2), { at: 1_000 }));
      await store.append(appendTo(chat('b'), 0, messages(1), { at: 2_000 }));
      expect(await store.newest()).toEqual({ position: 3, at: 2_000 });
      expect(await (await reopen()).newest()).toEqual({ position: 3, at: 2_000 });
    });

    test('a stream is loaded as its newest snapshot and the events after it, without words', async () => {
      const { store } = made();
      await store.append(appendTo(chat('a'), 0, messages(2)));
      expect(await store.load(chat('a'))).toMatchObject({ seq: 2, snapshot: null });
      await store.append(appendTo(chat('a'), 2, messages(1), { snapshot: open({ n: 3 }) }));
      expect(await store.load(chat('a'))).toStrictEqual({
        stream: chat('a'),
        seq: 3,
        snapshot: { seq: 3, state: { n: 3 } },
        events: [],
      });
      const news = [message('secret'), { body: returned }];
      await store.append(appendTo(chat('a'), 3, news, { at: 2_000 }));
      const loaded = await store.load(chat('a'));
      expect(loaded?.snapshot).toEqual({ seq: 3, state: { n: 3 } });
      expect(loaded?.events.map(({ seq, at }) => [seq, at])).toEqual([
        [4, 2_000],
        [5, 2_000],
      ]);
      expect(JSON.stringify(loaded)).not.toContain('secret');
    });

    test('what was given to the store is not shared with it', async () => {
      const { store } = made();
      const state = { list: [1] };
      const event = { body: { ...returned }, content: { text: 'before' } };
      const appended = store.append(appendTo(chat('a'), 0, [event], { snapshot: open(state) }));
      state.list.push(2);
      event.content.text = 'after';
      await appended;
      expect((await store.load(chat('a')))?.snapshot?.state).toEqual({ list: [1] });
      expect((await store.read(chat('a'), 0, 1, KIB))[0]?.content).toEqual({ text: 'before' });
    });

    test('reading a stream starts after a seq and holds to the number', async () => {
      const { store } = made();
      await store.append(appendTo(chat('b'), 0, messages(3)));
      await store.append(appendTo(chat('a'), 0, messages(10)));
      const seqs = async (after: number, limit: number) =>
        (await store.read(chat('a'), after, limit, 1_000 * KIB)).map(({ seq }) => seq);
      expect(await seqs(0, 3)).toEqual([1, 2, 3]);
      expect(await seqs(7, 10)).toEqual([8, 9, 10]);
      expect(await seqs(10, 10)).toEqual([]);
      expect(await seqs(99, 10)).toEqual([]);
    });

    test('reading a stream holds to the bytes, with at least one event', async () => {
      const { store } = made();
      const events = Array.from({ length: 10 }, () => message('é'.repeat(KIB)));
      await store.append(appendTo(chat('a'), 0, events));
      const count = async (bytes: number) => (await store.read(chat('a'), 0, 100, bytes)).length;
      expect(await count(1)).toBe(1);
      expect(await count(2 * KIB)).toBe(1);
      expect(await count(3 * 2.5 * KIB)).toBe(3);
      expect(await count(100 * KIB)).toBe(10);
    });

    test('a long stream is read whole when that is asked for', async () => {
      const { store } = made();
      const text = 'x'.repeat(16 * KIB);
      for (let seq = 0; seq < 120; seq += 20) {
        await store.append(appendTo(chat('a'), seq, Array(20).fill(message(text))));
      }
      const all = await store.read(chat('a'), 0, 1_000, 10_000 * KIB);
      expect(all.map(({ seq }) => seq)).toEqual(Array.from({ length: 120 }, (_, seq) => seq + 1));
      expect((await store.read(chat('a'), 0, 1_000, 1_000 * KIB)).length).toBeLessThanOrEqual(62);
      expect(await store.readAll(0, 1_000)).toEqual(all);
      expect(await store.readAll(20, 50)).toEqual(all.slice(20, 70));
    });

    test('many looks at once are each answered with their own', async () => {
      const { store } = made();
      for (const name of ['a', 'b', 'c']) {
        const words = Array(30).fill(message(name.repeat(9 * KIB)));
        await store.append(appendTo(chat(name), 0, words, { snapshot: open({ name }) }));
      }
      const asked = Array.from({ length: 60 }, (_, index) => 'abc'[index % 3] ?? 'a');
      const heard = await Promise.all(
        asked.map(async (name) => [
          (await store.load(chat(name)))?.snapshot?.state,
          (await store.read(chat(name), 29, 1, KIB))[0]?.content?.text?.[0],
        ]),
      );
      expect(heard).toEqual(asked.map((name) => [{ name }, name]));
    });
  });
}
