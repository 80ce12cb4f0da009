import { describe, expect, test } from 'vitest';
import type { Append, AppendResult, StoredEvent } from '../../server/store/contract.ts';
import {
  agent,
  appendTo,
  chat,
  type MadeStore,
  mark,
  message,
  messages,
  newId,
  open,
  positionOf,
} from './store-world.ts';

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

export function orderTests(made: () => MadeStore): void {
  describe('group commit', () => {
    test('TRUST-1: messages sent at once to one stream stand in the order of sending', async () => {
      const { store } = made();
      const results = await Promise.all(
        range(100).map((seq) => store.append(appendTo(chat('a'), seq, [message(`${seq + 1}`)]))),
      );
      expect(results.map(positionOf)).toEqual(range(100).map((index) => index + 1));
      const events = await store.read(chat('a'), 0, 1_000, 1_000_000);
      expect(events.map(({ seq, content }) => [seq, content?.text])).toEqual(
        range(100).map((index) => [index + 1, `${index + 1}`]),
      );
    });

    test('each append is checked against what the ones before it in the same commit have done', async () => {
      const { store } = made();
      const commandId = newId();
      const hello = appendTo(chat('a'), 0, [message('hello')], { commandId });
      const stored = { hash: hello.hash, answer: hello.answer };
      const batch: [Append, AppendResult][] = [
        [appendTo(chat('z'), 0, [message('goes at once')]), { type: 'appended', position: 1 }],
        [hello, { type: 'appended', position: 2 }],
        [hello, { type: 'duplicate', stored }],
        [
          appendTo(chat('a'), 0, [message('late')]),
          { type: 'conflict', stream: chat('a'), seq: 1 },
        ],
        [appendTo(chat('a'), 1, messages(2)), { type: 'appended', position: 4 }],
        [
          appendTo(chat('b'), 0, messages(1), { snapshot: open({}, 'key') }),
          { type: 'appended', position: 5 },
        ],
        [
          appendTo(chat('c'), 0, messages(1), { snapshot: open({}, 'key') }),
          { type: 'key-taken', stream: chat('b') },
        ],
        [appendTo(chat('c'), 0, messages(1)), { type: 'appended', position: 6 }],
      ];
      const results = await Promise.all(batch.map(([append]) => store.append(append)));
      expect(results).toEqual(batch.map(([, expected]) => expected));
      expect(await store.readAll(0, 100)).toHaveLength(6);
    });

    test('TRUST-2: the same command sent many times at once has one effect and one answer', async () => {
      const { store } = made();
      const append = appendTo(chat('a'), 0, [message('once')]);
      const results = await Promise.all(range(30).map(() => store.append(append)));
      expect(results.filter(({ type }) => type === 'appended')).toHaveLength(1);
      expect(results.filter(({ type }) => type === 'duplicate')).toHaveLength(29);
      expect(await store.readAll(0, 100)).toHaveLength(1);
    });

    test('a job that can’t be done doesn’t take the others of its commit with it', async () => {
      const { store } = made();
      const appended = (name: string) => store.append(appendTo(chat(name), 0, messages(1)));
      const [first, second, ana, ben, third] = await Promise.allSettled([
        appended('a'),
        appended('b'),
        store.accounts.put(account('ana')),
        store.accounts.put({ ...account('ben'), email: account('ana').email }),
        appended('c'),
      ]);
      const outcomes = [first, second, third].map((each) => 'value' in each && each.value);
      expect(outcomes).toEqual([1, 2, 3].map((position) => ({ type: 'appended', position })));
      expect([ana.status, ben.status]).toEqual(['fulfilled', 'rejected']);
      expect(await store.accounts.byEmail('ana@example.org')).toEqual(account('ana'));
      expect(await store.accounts.byAgent(account('ben').agent)).toBeNull();
    });

    test('marks, sessions, accounts and facts share commits with appends', async () => {
      const { store, reopen } = made();
      await Promise.all([
        store.append(appendTo(chat('i1'), 0, messages(1))),
        store.raiseMarks([mark(1, 0)]),
        store.setFact('a', '1'),
        store.append(appendTo(chat('i1'), 1, messages(1))),
        store.raiseMarks([mark(2, 1)]),
        store.setFact('a', '2'),
        store.probe(),
      ]);
      const again = await reopen();
      expect(await again.marks([mark(0, 0).interaction])).toEqual([mark(2, 1)]);
      expect(await again.fact('a')).toBe('2');
    });

    test('TRUST-3: an answered append is seen by every look at the store that comes after', async () => {
      const { store } = made();
      for (const seq of range(30)) {
        const position = positionOf(await store.append(appendTo(chat('a'), seq, messages(1))));
        const [loaded, newest, read, all] = await Promise.all([
          store.load(chat('a')),
          store.newest(),
          store.read(chat('a'), seq, 10, 1_000),
          store.readAll(position - 1, 10),
        ]);
        expect([loaded?.seq, newest.position, read.length, all.length]).toEqual([
          seq + 1,
          position,
          1,
          1,
        ]);
      }
    });

    test('TRUST-3: a reader that follows the log while it is written misses no position and sees none late', async () => {
      const { store } = made();
      const total = 600;
      const seen: StoredEvent[] = [];
      const follow = async () => {
        while (seen.length < total) {
          seen.push(...(await store.readAll(seen.at(-1)?.position ?? 0, 50)));
        }
      };
      const write = async (name: string) => {
        for (const seq of range(total / 6))
          await store.append(appendTo(chat(name), seq, messages(1)));
      };
      await Promise.all([follow(), ...['a', 'b', 'c', 'd', 'e', 'f'].map(write)]);
      expect(seen.map(({ position }) => position)).toEqual(range(total).map((index) => index + 1));
      expect(await store.readAll(0, total)).toEqual(seen);
    });
  });
}

const account = (name: string) => ({
  agent: agent(name),
  email: `${name}@example.org`,
  passwordHash: null,
});
