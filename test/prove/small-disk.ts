import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../bench/folder.ts';

/** A disk of its own, so small that it can be filled; gone with `remove`. */
export type SmallDisk = {
  readonly folder: string;
  /** Leaves so many bytes free, or a little less. */
  readonly fill: (free: number) => void;
  readonly empty: () => void;
  readonly remove: () => void;
};

const PIECE = Buffer.alloc(64 * 1024, 1);

/** @throws when none can be made here: then nothing is proved, and that must be seen. */
export function smallDisk(bytes: number): SmallDisk {
  const folder = join(makeFolder(), 'disk');
  mkdirSync(folder);
  run('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'deskside-small-disk', folder]);
  const unmount = () => void spawnSync('umount', ['-l', folder]);
  // Before the folder is removed: what is mounted can't be.
  process.prependOnceListener('exit', unmount);
  const filler = join(folder, 'filler');
  const empty = () => rmSync(filler, { force: true });

  function fill(free: number): void {
    const file = openSync(filler, 'a');
    try {
      for (;;) {
        const { bavail, bsize } = statfsSync(folder);
        const left = bavail * bsize - free;
        if (left <= 0) return;
        writeSync(file, PIECE, 0, Math.min(PIECE.length, left));
      }
    } catch (error) {
      // Somebody else was quicker: it is as full as it should be.
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    } finally {
      closeSync(file);
    }
  }

  return {
    folder,
    fill,
    empty,
    remove: () => {
      process.off('exit', unmount);
      unmount();
    },
  };
}

function run(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0)
    throw new Error(
      `A small disk can’t be made here; run this as root (${error?.message ?? stderr.split('\n')[0]}).`,
    );
}
