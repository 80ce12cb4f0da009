import { type Policy, strictPolicy } from '../../guard/policy.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/contract.ts';
import { openDisk } from './disk.ts';
import { createFiles, type Files } from './files.ts';
import { createInspector } from './inspect-in-thread.ts';

export type OpenFilesDeps = {
  readonly store: Pick<Store, 'files'>;
  readonly clock: Pick<Clock, 'now' | 'at'>;
  readonly folder: string;
  readonly types: () => readonly string[];
  readonly failed: (error: unknown) => void;
};

/** As the centre's file has it where it says nothing. */
const usualGuard: Policy['entities'] = {
  ...strictPolicy.entities,
  EMAIL: 'allow',
  PHONE: 'allow',
};

/** The embedded files: bytes in a folder beside the database, no scanner. */
export async function openFiles({ folder, ...deps }: OpenFilesDeps): Promise<Files> {
  const files = createFiles({
    ...deps,
    depot: await openDisk({ folder }),
    inspect: createInspector(),
    scan: null,
    guard: () => usualGuard,
  });
  void files.tend();
  return files;
}
