import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openSqlite, type SqliteOptions } from '../../../server/store/sqlite/open-sqlite.ts';
import type { MadeStore } from '../../contracts/store-world.ts';

/** A store in a folder of its own, which goes with it. */
export async function makeSqlite(options: Omit<SqliteOptions, 'file'>): Promise<MadeStore> {
  const folder = await newFolder();
  const open = () => openSqlite({ file: join(folder, 'desk.db'), ...options });
  let store = await open();
  return {
    store,
    reopen: async () => {
      await store.close();
      store = await open();
      return store;
    },
    onDisk: () => everythingIn(folder),
    end: async () => {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

export const newFolder = () => mkdtemp(join(tmpdir(), 'deskside-store-'));

/**
 * Read by another process: a file that is opened and closed in this one would take SQLite's
 * locks on it away.
 */
async function everythingIn(folder: string): Promise<string> {
  const files = (await readdir(folder)).map((name) => join(folder, name));
  const { stdout } = await promisify(execFile)('cat', files, {
    encoding: 'latin1',
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}
