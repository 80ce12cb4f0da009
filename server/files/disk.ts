import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileId } from '../../protocol/ids.ts';
import { type Depot, NoRoom } from './contract.ts';

export type DiskOptions = {
  /** Made when it is missing. */
  readonly folder: string;
  /** So much of the disk is never filled with files. */
  readonly keepFreeBytes?: number;
};

/** Messages are worth more than files: while files have no room any more, a day of them still has. */
const KEEP_FREE_BYTES = 256 * 1024 * 1024;

/**
 * The embedded depot: a folder beside the database. What is on its way lies in `unfinished`, what
 * is whole in one of many folders by the beginning of its id, so that none gets too long.
 */
export async function openDisk(options: DiskOptions): Promise<Depot> {
  const { folder, keepFreeBytes = KEEP_FREE_BYTES } = options;
  const unfinished = join(folder, 'unfinished');
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  const comingAt = (id: FileId) => join(unfinished, id);
  const shelfOf = (id: FileId) => join(folder, `in-${id.slice(0, 2)}`);
  const wholeAt = (id: FileId) => join(shelfOf(id), id);
  const oneByOne = createTurns();

  async function claim(bytes: number): Promise<void> {
    const { bavail, bsize } = await statfs(folder);
    if (bavail * bsize - bytes < keepFreeBytes) throw new NoRoom('the disk is full enough');
  }

  /** Where its bytes are, and how many; null: nowhere. */
  async function find(id: FileId): Promise<{ path: string; size: number } | null> {
    for (const path of [comingAt(id), wholeAt(id)]) {
      const found = await unlessMissing(stat(path));
      if (found !== null) return { path, size: found.size };
    }
    return null;
  }

  return {
    put: (id, bytes) =>
      oneByOne(id, async () => {
        await claim(bytes);
        const handle = await full(open(comingAt(id), 'wx', 0o600));
        await handle.close();
        await syncFolder(unfinished);
      }),
    append: (id, offset, part) =>
      oneByOne(id, async () => {
        await claim(0);
        const handle = await open(comingAt(id), 'r+');
        try {
          const { size } = await handle.stat();
          if (size !== offset) throw new Error(`a part for byte ${offset}, the file has ${size}`);
          return await add(handle, offset, part);
        } finally {
          await handle.close();
        }
      }),
    size: (id) => oneByOne(id, async () => (await find(id))?.size ?? null),
    finish: (id) =>
      oneByOne(id, async () => {
        await mkdir(shelfOf(id), { recursive: true, mode: 0o700 });
        const moved = await unlessMissing(rename(comingAt(id), wholeAt(id)).then(() => true));
        if (moved === null) await stat(wholeAt(id));
        for (const changed of [shelfOf(id), unfinished, folder]) await syncFolder(changed);
      }),
    read: (id, start, end) => createReadStream(wholeAt(id), { start, end }),
    async pathOf(id) {
      const found = await find(id);
      if (found === null) throw new Error('no such file');
      return found.path;
    },
    remove: (id) =>
      oneByOne(id, async () => {
        for (const path of [comingAt(id), wholeAt(id)]) await rm(path, { force: true });
      }),
    async *list() {
      for (const shelf of await readdir(folder))
        for (const name of await readdir(join(folder, shelf))) yield name as FileId;
    },
  };
}

async function add(
  handle: FileHandle,
  offset: number,
  part: AsyncIterable<Uint8Array>,
): Promise<number> {
  let size = offset;
  const pieces = part[Symbol.asyncIterator]();
  // Kept: what came before the line was cut.
  const next = () => pieces.next().catch(() => ({ done: true, value: undefined }) as const);
  try {
    for (let piece = await next(); !piece.done; piece = await next()) {
      await writeAll(handle, piece.value, size);
      size += piece.value.byteLength;
    }
    await full(handle.sync());
    return size;
  } catch (error) {
    await handle.truncate(offset);
    throw error;
  } finally {
    await pieces.return?.();
  }
}

/** One write may take a part only: a disk that is nearly full does. */
async function writeAll(handle: FileHandle, piece: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < piece.byteLength; ) {
    const { bytesWritten } = await full(
      handle.write(piece, done, piece.byteLength - done, at + done),
    );
    done += bytesWritten;
  }
}

/** A new name is on the disk when its folder is. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await full(handle.sync());
  } finally {
    await handle.close();
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';

async function full<T>(doing: Promise<T>): Promise<T> {
  return doing.catch((error: unknown) => {
    if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(codeOf(error))) throw new NoRoom('the disk is full');
    throw error;
  });
}

async function unlessMissing<T>(looking: Promise<T>): Promise<T | null> {
  return looking.catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
    return null;
  });
}

/** What is done to one file is done one after the other: a part that was cut is still being kept. */
function createTurns() {
  const turns = new Map<FileId, Promise<unknown>>();
  return async <T>(id: FileId, job: () => Promise<T>): Promise<T> => {
    const turn = (turns.get(id) ?? Promise.resolve()).then(job, job);
    turns.set(id, turn);
    try {
      return await turn;
    } finally {
      if (turns.get(id) === turn) turns.delete(id);
    }
  };
}
