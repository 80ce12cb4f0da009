import { describe, expect, test } from 'vitest';
import type { Snapshot, StreamAppend } from '../../server/store/contract.ts';
import { aCommand, appendTo, chat, type MadeStore, messages, open, over } from './store-world.ts';

export function keyTests(made: () => MadeStore): void {
  describe('keys and open streams', () => {
    const start = (name: string, snapshot: Snapshot | null) =>
      made().store.append(appendTo(chat(name), 0, messages(1), { snapshot }));
    const goOn = (name: string, seq: number, snapshot: Snapshot | null) =>
      made().store.append(appendTo(chat(name), seq, messages(1), { snapshot }));
    const part = (name: string, expected: number, snapshot: Snapshot): StreamAppend => ({
      stream: chat(name),
      expected,
      events: messages(1),
      snapshot,
    });

    test('a key is held by one open stream, and the second hears which', async () => {
      const { store } = made();
      await start('a', open({}, 'key'));
      expect(await start('b', open({}, 'key'))).toEqual({ type: 'key-taken', stream: chat('a') });
      expect(await store.load(chat('b'))).toBeNull();
      expect(await store.streamByKey('key')).toBe(chat('a'));
      expect(await store.streamByKey('other')).toBeNull();
      expect((await start('b', open({}, 'other'))).type).toBe('appended');
    });

    test('a duplicate and a conflict are told before a taken key', async () => {
      const { store } = made();
      await start('a', open({}, 'key'));
      const append = appendTo(chat('b'), 0, messages(1), { snapshot: open({}, 'mine') });
      await store.append(append);
      const again = { ...append, streams: [part('b', 0, open({}, 'key'))] };
      expect((await store.append(again)).type).toBe('duplicate');
      const conflict = aCommand({ streams: [part('b', 0, open({}, 'key'))] });
      expect((await store.append(conflict)).type).toBe('conflict');
    });

    test('a key is freed when its stream isn’t open any more', async () => {
      const { store, reopen } = made();
      await start('a', open({}, 'key'));
      await goOn('a', 1, over({}));
      expect(await store.streamByKey('key')).toBeNull();
      expect((await start('b', open({}, 'key'))).type).toBe('appended');
      expect(await (await reopen()).streamByKey('key')).toBe(chat('b'));
    });

    test('a key that a closed stream names isn’t held', async () => {
      await start('a', { state: {}, open: false, key: 'key' });
      expect(await made().store.streamByKey('key')).toBeNull();
      expect((await start('b', open({}, 'key'))).type).toBe('appended');
    });

    test('a stream keeps its key while events and snapshots follow', async () => {
      const { store } = made();
      await start('a', open({ n: 1 }, 'key'));
      await goOn('a', 1, null);
      expect((await goOn('a', 2, open({ n: 3 }, 'key'))).type).toBe('appended');
      expect(await store.streamByKey('key')).toBe(chat('a'));
      expect((await start('b', open({}, 'key'))).type).toBe('key-taken');
    });

    test('a stream may change its key, and the old one is free', async () => {
      const { store } = made();
      await start('a', open({}, 'key'));
      await goOn('a', 1, open({}, 'new'));
      expect(await store.streamByKey('key')).toBeNull();
      expect(await store.streamByKey('new')).toBe(chat('a'));
      expect((await start('b', open({}, 'key'))).type).toBe('appended');
    });

    test('one stream of an append may take the key that another one lets go', async () => {
      const { store } = made();
      await start('a', open({}, 'key'));
      const streams = [part('b', 0, open({}, 'key')), part('a', 1, over({}))];
      expect((await store.append(aCommand({ streams }))).type).toBe('appended');
      expect(await store.streamByKey('key')).toBe(chat('b'));
    });

    test('two streams of an append can’t both take a key', async () => {
      const { store } = made();
      const streams = [part('a', 0, open({}, 'key')), part('b', 0, open({}, 'key'))];
      expect((await store.append(aCommand({ streams }))).type).toBe('key-taken');
      expect((await store.newest()).position).toBe(0);
    });

    test('open streams come by name, a page at a time, each with what follows its snapshot', async () => {
      const { reopen } = made();
      for (const name of ['d', 'b', 'a', 'e', 'c']) await start(name, open({ name }));
      await start('never', null);
      await goOn('c', 1, over({}));
      await goOn('b', 1, null);
      const again = await reopen();
      const names = async (after: string | null, limit: number) =>
        (await again.openStreams(after === null ? null : chat(after), limit)).map(
          ({ stream }) => stream,
        );
      expect(await names(null, 3)).toEqual([chat('a'), chat('b'), chat('d')]);
      expect(await names('d', 3)).toEqual([chat('e')]);
      expect(await names('e', 3)).toEqual([]);
      const [, b] = await again.openStreams(null, 2);
      expect(b).toEqual(await again.load(chat('b')));
      expect(b).toMatchObject({ seq: 2, snapshot: { seq: 1, state: { name: 'b' } } });
      expect(b?.events).toHaveLength(1);
    });
  });
}
