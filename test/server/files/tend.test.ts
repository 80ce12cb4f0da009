import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { strictPolicy } from '../../../guard/policy.ts';
import type { FileId, InteractionId } from '../../../protocol/ids.ts';
import { openDisk } from '../../../server/files/disk.ts';
import { createFiles, type FilesDeps } from '../../../server/files/files.ts';
import { createInspector } from '../../../server/files/inspect-in-thread.ts';
import { usualFileTypes } from '../../../server/files/media-type.ts';
import type { FoundFile } from '../../../server/store/contract.ts';
import { appendTo, chat, message } from '../../contracts/store-world.ts';
import { holdClock } from '../../simulation/held-clock.ts';
import { createMemoryDisk } from '../../simulation/memory-disk.ts';
import { createMemoryStore } from '../../simulation/memory-store.ts';
import { START } from '../given.ts';
import { png, temporaryFolder } from './world.ts';

const hour = 3_600_000;

/** Files over a real folder and a store in memory, with a clock that is held. */
async function world(over: Partial<FilesDeps> = {}) {
  const folder = temporaryFolder();
  const disk = createMemoryDisk();
  const store = createMemoryStore(disk);
  const clock = holdClock(START);
  const failures: unknown[] = [];
  const depot = await openDisk({ folder, keepFreeBytes: 0 });
  const start = () =>
    createFiles({
      ...{ store, depot, clock: clock.process(), scan: null },
      guard: async () => strictPolicy.entities,
      inspect: createInspector(),
      types: () => usualFileTypes,
      failed: (error) => void failures.push(error),
      ...over,
    });
  const files = start();
  async function begin(bytes = png.length): Promise<FileId> {
    const owner = { owner: 'customer:ana', interaction: 'i1' as InteractionId };
    const made = await files.begin({ ...owner, bytes, name: 'a.png' });
    if (typeof made === 'string') throw new Error(made);
    return made.id;
  }
  async function* bytes(): AsyncIterable<Uint8Array> {
    yield png;
  }
  return {
    ...{ folder, store, clock, depot, files, start, begin, failures },
    async whole(): Promise<FileId> {
      const id = await begin();
      await depot.append(id, 0, bytes());
      return id;
    },
    async take(id: FileId, seq: number): Promise<void> {
      const files = [{ id, type: 'image/png', bytes: png.length }];
      const body = { type: 'message-posted', author: { kind: 'customer' }, files } as const;
      const event = { body: { ...body, files: [...files] }, content: { text: '' } };
      expect((await store.append(appendTo(chat('i1'), seq - 1, [event]))).type).toBe('appended');
    },
    there: () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name),
  };
}

test('CHAT-6: what no message has after a day is cleared away, begun or whole; what one has stays', async () => {
  const { files, begin, whole, take, there, clock } = await world();
  const posted = await whole();
  await files.finish(posted);
  await take(posted, 1);
  const [begun, alone] = [await begin(), await whole()];
  await files.finish(alone);
  await clock.advance(23 * hour);
  const young = await begin();
  await files.tend();
  expect(there().sort()).toEqual([posted, begun, alone, young].sort());
  await clock.advance(hour + 1);
  await files.tend();
  expect(there().sort()).toEqual([posted, young].sort());
  expect(await files.find(begun)).toBeNull();
  expect(await files.find(alone)).toBeNull();
});

test('CHAT-6: the files of a message whose words are removed go with them', async () => {
  const { files, whole, take, there, store } = await world();
  const id = await whole();
  await files.finish(id);
  await take(id, 1);
  await store.append(appendTo(chat('i1'), 1, [message('removed')], { blank: [1] }));
  expect((await files.find(id))?.state).toBe('removed');
  await files.tend();
  expect([await files.find(id), there()]).toEqual([null, []]);
});

test('what arrived before the server ended is looked at by the next one', async () => {
  const { start, whole, files } = await world();
  const id = await whole();
  expect((await files.find(id))?.state).toBe('coming');
  files.close();
  const next = start();
  await next.tend();
  expect(await next.find(id)).toMatchObject({ state: 'ready', type: 'image/png' });
  next.close();
});

test('bytes that no row knows are cleared away; those of a row are not', async () => {
  const { folder, files, begin, there } = await world();
  const id = await begin();
  writeFileSync(join(folder, 'unfinished', 'nobody-knows-me'), 'x');
  await files.tend();
  expect(there()).toEqual([id]);
});

test('a scanner that is away makes the file wait; back, it is asked again; what it finds harmful is gone', async () => {
  const answers: (string | Error)[] = [new Error('away'), 'harmful', 'clean'];
  const { files, whole, there, failures } = await world({
    scan: async () => {
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer as 'clean' | 'harmful';
    },
  });
  const harmful = await whole();
  await expect(files.finish(harmful)).rejects.toThrow('away');
  expect((await files.find(harmful))?.state).toBe('coming');
  await files.tend();
  expect(await files.find(harmful)).toMatchObject({ state: 'refused', refusal: 'file-unsafe' });
  expect([there(), failures]).toEqual([[], []]);
  const clean = await whole();
  expect(await files.finish(clean)).toBeNull();
});

test('CHAT-6: while a file can’t be looked at, the next is, and what no message has is cleared away', async () => {
  const { files, begin, whole, there, clock, failures } = await world({
    scan: async (_, type) => {
      if (type === 'image/png') throw new Error('away');
      return 'clean';
    },
    inspect: async ({ path }) => ({
      state: 'ready',
      type: path.endsWith(last) ? 'text/plain' : 'image/png',
      name: 'a',
    }),
  });
  const begun = await begin();
  await clock.advance(24 * hour + 1);
  const ids = [await whole(), await whole()].sort();
  const last = ids[1]!;
  await files.tend();
  expect(await files.find(begun)).toBeNull();
  expect(there().sort()).toEqual(ids);
  expect((await files.find(last))?.state).toBe('ready');
  expect(failures).toEqual([new Error('away')]);
});

test('CHAT-6: of two that look at a file at once, the later hears what the sooner found', async () => {
  const looks: (() => void)[] = [];
  const { files, start, whole } = await world({
    inspect: () =>
      new Promise((resolve) => {
        looks.push(() => resolve({ state: 'ready', type: 'image/png', name: 'a.png' }));
      }),
  });
  const id = await whole();
  const both = [files.finish(id), start().finish(id)];
  await expect.poll(() => looks.length).toBe(2);
  for (const end of looks) end();
  expect(await Promise.all(both)).toEqual([null, null]);
});

test('asked twice at once, a file is looked at once', async () => {
  let looks = 0;
  const ready: FoundFile = { state: 'ready', type: 'image/png', name: 'a.png' };
  const { files, whole } = await world({
    inspect: async () => {
      looks++;
      return ready;
    },
  });
  const id = await whole();
  expect(await Promise.all([files.finish(id), files.finish(id)])).toEqual([null, null]);
  expect(await files.finish(id)).toBeNull();
  expect(looks).toBe(1);
});

test('I10: a file that is given up while it is looked at leaves nothing', async () => {
  const { files, whole, there } = await world();
  const id = await whole();
  const looking = files.finish(id);
  expect(await files.giveUp(id)).toBe(true);
  await looking.catch(() => {});
  await files.tend();
  expect([await files.find(id), there()]).toEqual([null, []]);
});

test('GUARD-1: a card number in a file’s name is masked before it is kept', async () => {
  const { files } = await world();
  for (const name of ['4111 1111 1111 1111.png', '4111\u00ad11111111\u202e1111.png']) {
    const wanted = { owner: 'customer:ana', interaction: 'i1' as InteractionId, bytes: 1, name };
    const made = await files.begin(wanted);
    if (typeof made === 'string') throw new Error(made);
    expect((await files.find(made.id))?.name).not.toMatch(/4111|11111111/);
  }
});

test('GUARD-1: a file whose name holds what is to be dropped isn’t taken', async () => {
  const entities = { ...strictPolicy.entities, CREDIT_CARD: 'drop' } as const;
  const { files, there } = await world({ guard: async () => entities });
  const wanted = { owner: 'customer:ana', interaction: 'i1' as InteractionId, bytes: 1 };
  for (const name of ['4111 1111 1111 1111.png', '4111\u00ad11111111\u202e1111.png'])
    expect(await files.begin({ ...wanted, name })).toBe('file-sensitive');
  expect(there()).toEqual([]);
});
