import type { Clock } from '../clock.ts';
import type { Store } from '../store/contract.ts';
import { openDisk } from './disk.ts';
import { createFiles, type Files, type FilesDeps } from './files.ts';
import { createInspector } from './inspect-in-thread.ts';

export type OpenFilesDeps = {
  readonly store: Pick<Store, 'files'>;
  readonly clock: Pick<Clock, 'now' | 'at'>;
  readonly folder: string;
  readonly types: () => readonly string[];
  readonly guard: FilesDeps['guard'];
  readonly failed: (error: unknown) => void;
};

/** The embedded files: bytes in a folder beside the database, no scanner. */
export async function openFiles({ folder, ...deps }: OpenFilesDeps): Promise<Files> {
  const files = createFiles({
    ...deps,
    depot: await openDisk({ folder }),
    inspect: createInspector(),
    scan: null,
  });
  void files.tend();
  return files;
}
