import { describe, expect, test } from 'vitest';
import type { StreamName } from '../../protocol/ids.ts';
import type { MailChange } from '../../server/store/mails.ts';
import { appendTo, chat, type MadeStore, messages } from './store-world.ts';

const change = (type: MailChange['type'], stream: StreamName, seq: number): MailChange => ({
  type,
  mail: { stream, seq },
});
const a = chat('a');

export function mailTests(made: () => MadeStore): void {
  describe('mails that wait to be sent', () => {
    test('END-6: they are kept with the append that asks for them, and found after a restart', async () => {
      const { store, reopen } = made();
      expect(await store.mails.waiting(10)).toEqual([]);
      const mails = [change('waits', a, 1), change('waits', a, 2)];
      await store.append(appendTo(a, 0, messages(2), { at: 1_000, mails }));
      await store.append(
        appendTo(chat('b'), 0, messages(1), { at: 900, mails: [change('waits', chat('b'), 1)] }),
      );
      const again = await reopen();
      expect(await again.mails.waiting(2)).toEqual([
        { stream: 'interaction:b', seq: 1, attempts: 0, dueAt: 900 },
        { stream: 'interaction:a', seq: 1, attempts: 0, dueAt: 1_000 },
      ]);
      expect(await again.mails.waiting(10)).toHaveLength(3);
    });

    test('END-6: an append that is refused leaves none', async () => {
      const { store } = made();
      await store.append(appendTo(a, 0, messages(1)));
      const late = appendTo(a, 0, messages(1), { mails: [change('waits', a, 1)] });
      expect((await store.append(late)).type).toBe('conflict');
      expect(await store.mails.waiting(10)).toEqual([]);
    });

    test('END-6: an attempt is counted, and what is over stays over', async () => {
      const { store, reopen } = made();
      await store.append(appendTo(a, 0, messages(1), { at: 5, mails: [change('waits', a, 1)] }));
      await store.mails.tried({ stream: a, seq: 1, attempts: 1, dueAt: 60_000 });
      const again = await reopen();
      expect(await again.mails.waiting(10)).toEqual([
        { stream: a, seq: 1, attempts: 1, dueAt: 60_000 },
      ]);
      await again.append(appendTo(a, 1, messages(1), { mails: [change('over', a, 1)] }));
      await again.mails.tried({ stream: a, seq: 1, attempts: 2, dueAt: 70_000 });
      expect(await again.mails.waiting(10)).toEqual([]);
    });

    test('TRUST-5: how many somebody has asked for is known also when they are over', async () => {
      const { store } = made();
      const mails = (seq: number) => [change('waits', a, seq)];
      await store.append(appendTo(a, 0, messages(1), { at: 1_000, mails: mails(1) }));
      await store.append(
        appendTo(a, 1, messages(1), { at: 2_000, mails: [...mails(2), change('over', a, 1)] }),
      );
      await store.append(
        appendTo(a, 2, messages(1), { at: 2_000, principal: 'ben', mails: mails(3) }),
      );
      expect(await store.mails.asked('ana', 1_000)).toBe(2);
      expect(await store.mails.asked('ana', 1_001)).toBe(1);
      expect(await store.mails.asked('eve', 0)).toBe(0);
    });

    test('I10: those that are over are forgotten, so many at a time', async () => {
      const { store } = made();
      const waits = [1, 2, 3].map((seq) => change('waits', a, seq));
      const over = [1, 2].map((seq) => change('over', a, seq));
      await store.append(appendTo(a, 0, messages(3), { at: 1_000, mails: [...waits, ...over] }));
      expect(await store.mails.forgetOver(1_000, 10)).toBe(0);
      expect(await store.mails.forgetOver(1_001, 1)).toBe(1);
      expect(await store.mails.forgetOver(1_001, 10)).toBe(1);
      expect(await store.mails.waiting(10)).toHaveLength(1);
      expect(await store.mails.asked('ana', 0)).toBe(1);
    });
  });
}
