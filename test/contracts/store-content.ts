import { describe, expect, test, vi } from 'vitest';
import type { Store } from '../../server/store/contract.ts';
import {
  appendTo,
  chat,
  type MadeStore,
  message,
  open,
  over,
  returned,
  textsOf,
} from './store-world.ts';

const removed = (seqs: number[]) => ({ body: { type: 'content-removed', seqs } as const });
/** A store may empty its log some seconds after text was blanked. */
const soon = { timeout: 20_000, interval: 50 };

export function contentTests(made: () => MadeStore): void {
  describe('blanking', () => {
    test('blanked words are null from then on, others stay, and what never had any has none', async () => {
      const { store, reopen } = made();
      const events = [message('one'), { body: returned }, message('three')];
      await store.append(appendTo(chat('a'), 0, events));
      await store.append(appendTo(chat('b'), 0, [message('other stream')]));
      await store.append(appendTo(chat('a'), 3, [removed([1, 2])], { blank: [1, 2] }));
      const check = async (each: Store) => {
        const contents = (await each.read(chat('a'), 0, 10, 1_000)).map(({ content }) => content);
        expect(contents).toEqual([null, undefined, { text: 'three' }, undefined]);
        expect((await each.readAll(1, 1))[0]).not.toHaveProperty('content');
        expect((await each.readAll(0, 10)).filter(({ content }) => content === null)).toHaveLength(
          1,
        );
        expect(await textsOf(each, chat('b'))).toEqual(['other stream']);
      };
      await check(store);
      await check(await reopen());
    });

    test('an append that is refused blanks nothing', async () => {
      const { store } = made();
      await store.append(appendTo(chat('a'), 0, [message('one')]));
      const late = appendTo(chat('a'), 0, [removed([1])], { blank: [1] });
      expect((await store.append(late)).type).toBe('conflict');
      expect(await textsOf(store, chat('a'))).toEqual(['one']);
    });

    test('blanking a seq that doesn’t exist, or twice, changes nothing else', async () => {
      const { store } = made();
      await store.append(appendTo(chat('a'), 0, [message('one'), message('two')]));
      await store.append(appendTo(chat('a'), 2, [removed([1])], { blank: [1, 99] }));
      await store.append(appendTo(chat('a'), 3, [removed([1])], { blank: [1] }));
      expect(await textsOf(store, chat('a'))).toEqual([null, 'two', undefined, undefined]);
    });

    test('blanked words, short or long, are gone from the disk and its log', {
      timeout: 30_000,
    }, async () => {
      const { store, onDisk } = made();
      const long = `long secret ${'and more of it '.repeat(1_000)}`;
      await store.append(appendTo(chat('a'), 0, [message('short secret'), message('kept words')]));
      await store.append(appendTo(chat('a'), 2, [message(long)]));
      for (const words of ['short secret', 'long secret', 'and more of it', 'kept words']) {
        expect(await onDisk()).toContain(words);
      }
      // A look that stopped half-way must not hold on to what it saw.
      await Promise.all([store.read(chat('a'), 0, 10, 1), store.readAll(0, 1)]);
      await store.append(appendTo(chat('a'), 3, [removed([1, 3])], { blank: [1, 3] }));
      await vi.waitFor(async () => {
        const text = await onDisk();
        for (const words of ['short secret', 'long secret', 'and more of it']) {
          expect(text).not.toContain(words);
        }
        expect(text).toContain('kept words');
      }, soon);
      expect(await textsOf(store, chat('a'))).toEqual([null, 'kept words', null, undefined]);
    });

    test('words in a state that was replaced are gone from the disk when the store is closed', async () => {
      const { store, onDisk, reopen } = made();
      const snapshot = open({ subject: 'a secret subject', pad: 'x'.repeat(9_000) });
      await store.append(appendTo(chat('a'), 0, [{ body: returned }], { snapshot }));
      expect(await onDisk()).toContain('a secret subject');
      await store.append(appendTo(chat('a'), 1, [{ body: returned }], { snapshot: over({}) }));
      await reopen();
      expect(await onDisk()).not.toContain('a secret subject');
    });
  });
}
