import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { beforeEach, describe, expect, test } from 'vitest';
import type { FileId } from '../../protocol/ids.ts';
import type { Depot } from '../../server/files/contract.ts';

export type MakeDepot = () => Promise<{
  readonly depot: Depot;
  /** Another one over what this one has left. */
  readonly reopen: () => Promise<Depot>;
}>;

const one = 'one-23456' as FileId;
const two = 'two-23456' as FileId;

async function* part(...pieces: readonly string[]): AsyncIterable<Uint8Array> {
  for (const piece of pieces) yield Buffer.from(piece);
}
async function* cutAfter(piece: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(piece);
  throw new Error('the line was cut');
}
const all = async (depot: Depot) => {
  const ids: string[] = [];
  for await (const id of depot.list()) ids.push(id);
  return ids.sort();
};

/** Every promise of `server/files/contract.ts`, held against one maker. */
export function depotContract(name: string, make: MakeDepot): void {
  describe(name, () => {
    let depot: Depot;
    let reopen: () => Promise<Depot>;
    beforeEach(async () => {
      ({ depot, reopen } = await make());
    });

    test('CHAT-6: a file comes in parts, also after a restart, and is read whole or from within', async () => {
      await depot.put(one, 10);
      expect(await depot.size(one)).toBe(0);
      expect(await depot.append(one, 0, part('012', '3'))).toBe(4);
      const again = await reopen();
      expect(await again.size(one)).toBe(4);
      expect(await again.append(one, 4, part('456789'))).toBe(10);
      expect(await readFile(await again.pathOf(one), 'utf8')).toBe('0123456789');
      await again.finish(one);
      await again.finish(one);
      expect(String(await buffer(again.read(one, 0, 9)))).toBe('0123456789');
      expect(String(await buffer(again.read(one, 3, 5)))).toBe('345');
      expect(await again.size(one)).toBe(10);
      expect(await readFile(await again.pathOf(one), 'utf8')).toBe('0123456789');
    });

    test('CHAT-6: of a part that was cut what came is kept', async () => {
      await depot.put(one, 10);
      await depot.append(one, 0, part('01'));
      expect(await depot.append(one, 2, cutAfter('234'))).toBe(5);
      expect(await depot.append(one, 5, part('5'))).toBe(6);
    });

    test('a part for another place changes nothing', async () => {
      await depot.put(one, 10);
      await depot.append(one, 0, part('01'));
      await expect(depot.append(one, 1, part('x'))).rejects.toThrow();
      await expect(depot.append(one, 3, part('x'))).rejects.toThrow();
      await expect(depot.append(two, 0, part('x'))).rejects.toThrow();
      expect(await depot.size(one)).toBe(2);
    });

    test('of two parts at once for the same place one is kept', async () => {
      await depot.put(one, 10);
      const both = [part('01', '2'), part('ab', 'c')].map((each) => depot.append(one, 0, each));
      const results = await Promise.allSettled(both);
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await depot.size(one)).toBe(3);
    });

    test('what is finished is not added to; what is not finished is not read', async () => {
      await depot.put(one, 2);
      await depot.append(one, 0, part('01'));
      await expect(buffer(depot.read(one, 0, 1))).rejects.toThrow();
      await depot.finish(one);
      await expect(depot.append(one, 2, part('2'))).rejects.toThrow();
      await expect(depot.finish(two)).rejects.toThrow();
    });

    test('a place is made once; what is removed is gone, finished or not, and is gone already', async () => {
      await depot.put(one, 2);
      await depot.put(two, 2);
      await expect(depot.put(one, 2)).rejects.toThrow();
      await depot.finish(two);
      expect(await all(depot)).toEqual([one, two]);
      await depot.remove(one);
      await depot.remove(one);
      expect([await depot.size(one), await all(depot)]).toEqual([null, [two]]);
      await depot.remove(two);
      expect(await all(depot)).toEqual([]);
    });
  });
}
