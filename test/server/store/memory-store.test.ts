import { expect, test } from 'vitest';
import { storeContract } from '../../contracts/store.ts';
import { appendTo, chat, messages } from '../../contracts/store-world.ts';
import type { CommitFate } from '../../simulation/memory-commits.ts';
import { createMemoryDisk } from '../../simulation/memory-disk.ts';
import { createMemoryStore } from '../../simulation/memory-store.ts';

storeContract('the memory store of the simulation', async () => {
  const disk = createMemoryDisk();
  let store = createMemoryStore(disk);
  return {
    store,
    reopen: async () => {
      await store.close();
      store = createMemoryStore(disk);
      return store;
    },
    onDisk: async () =>
      JSON.stringify(disk, (_, value) => (value instanceof Map ? [...value] : value)),
    end: () => store.close(),
  };
});

/** A store whose commits wait until the test runs them. */
function held() {
  const disk = createMemoryDisk();
  const commits: ((fate?: CommitFate) => void)[] = [];
  const store = createMemoryStore(disk, { commit: (run) => commits.push(run) });
  const heard: string[] = [];
  const append = (name: string) =>
    store.append(appendTo(chat(name), 0, messages(1))).then(
      ({ type }) => heard.push(`${name} ${type}`),
      (error: Error) => heard.push(`${name} ${error.name}`),
    );
  /** Lets every promise that can settle do so. */
  const rest = () => new Promise((resolve) => setImmediate(resolve));
  const stored = () => disk.events.map(({ event }) => event.stream);
  return { disk, commits, store, heard, append, rest, stored };
}

test('TRUST-3: nothing is seen or answered before the simulation lets the commit happen', async () => {
  const { commits, store, heard, append, rest } = held();
  void append('a');
  await rest();
  expect([heard, await store.readAll(0, 10)]).toEqual([[], []]);
  commits[0]?.();
  await rest();
  expect([heard, (await store.readAll(0, 10)).length]).toEqual([['a appended'], 1]);
});

test('what arrives while a commit is under way shares the next one', async () => {
  const { commits, heard, append, rest } = held();
  for (const name of ['a', 'b', 'c']) void append(name);
  expect(commits).toHaveLength(1);
  commits[0]?.();
  await rest();
  expect([heard, commits.length]).toEqual([['a appended'], 2]);
  commits[1]?.();
  commits[1]?.();
  await rest();
  expect(heard).toEqual(['a appended', 'b appended', 'c appended']);
});

test.each<[CommitFate, string[], boolean]>([
  ['stored', ['a appended'], true],
  ['failed', ['a StoreUnavailable'], false],
  ['stored-but-failed', ['a StoreUnavailable'], true],
  ['stored-but-unheard', [], true],
])('a commit that is %s', async (fate, expectedHeard, isStored) => {
  const { commits, heard, append, rest, stored } = held();
  void append('a');
  commits[0]?.(fate);
  await rest();
  expect(heard).toEqual(expectedHeard);
  expect(stored()).toEqual(isStored ? [chat('a')] : []);
});

test('after a crash the older store is dead: its commits change nothing and nobody hears of them', async () => {
  const { disk, commits, store, heard, append, rest } = held();
  void append('a');
  void append('b');
  commits[0]?.();
  await rest();
  const again = createMemoryStore(disk);
  commits[1]?.();
  void append('c');
  void store.readAll(0, 10).then(() => heard.push('read by the dead'));
  await rest();
  expect(heard).toEqual(['a appended']);
  expect((await again.readAll(0, 10)).map(({ stream }) => stream)).toEqual([chat('a')]);
  const retry = await again.append(appendTo(chat('b'), 0, messages(1)));
  expect(retry).toEqual({ type: 'appended', position: 2 });
});

test('who changes what the store gave out is found at once', async () => {
  const store = createMemoryStore(createMemoryDisk());
  await store.append(appendTo(chat('a'), 0, messages(1)));
  const [event] = await store.readAll(0, 1);
  expect(() => Object.assign(event?.content ?? {}, { text: 'changed' })).toThrow(TypeError);
});
