import { statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FileId } from '../../../protocol/ids.ts';
import { NoRoom } from '../../../server/files/contract.ts';
import { openDisk } from '../../../server/files/disk.ts';
import { depotContract } from '../../contracts/depot.ts';
import { temporaryFolder } from './world.ts';

depotContract('the depot on a disk', async () => {
  const folder = join(temporaryFolder(), 'files');
  const make = () => openDisk({ folder, keepFreeBytes: 0 });
  return { depot: await make(), reopen: make };
});

const id = 'one-23456' as FileId;
async function* part(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text);
}

test('TRUST-5: files leave room on the disk for messages: by name, and nothing is left of what had none', async () => {
  const folder = temporaryFolder();
  const { bavail, bsize } = await statfs(folder);
  const depot = await openDisk({ folder, keepFreeBytes: bavail * bsize * 2 });
  await expect(depot.put(id, 1)).rejects.toThrow(NoRoom);
  expect(await depot.size(id)).toBeNull();
  await writeFile(join(folder, 'unfinished', id), '01');
  await expect(depot.append(id, 2, part('23'))).rejects.toThrow(NoRoom);
  expect(await depot.size(id)).toBe(2);
});

test('TRUST-5: a file that would not fit is refused before its first byte', async () => {
  const folder = temporaryFolder();
  const { bavail, bsize } = await statfs(folder);
  const depot = await openDisk({ folder, keepFreeBytes: 0 });
  await expect(depot.put(id, bavail * bsize * 2)).rejects.toThrow(NoRoom);
});
