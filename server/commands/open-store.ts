import { StartError } from '../settings.ts';
import type { Store } from '../store/contract.ts';
import { DatabaseTooNew } from '../store/sqlite/database-too-new.ts';
import { openSqlite } from '../store/sqlite/open-sqlite.ts';

/** @throws StartError */
export async function openStore(
  file: string,
  warn: (message: string) => void,
  committed: (writes: number, ms: number) => void = () => {},
): Promise<Store> {
  try {
    return await openSqlite({ file, warn, committed });
  } catch (error) {
    const { message } = error as Error;
    throw error instanceof DatabaseTooNew
      ? new StartError(`${file}: ${message}`, 'newerDatabase')
      : new StartError(`The database ${file} can’t be opened: ${message}`, 'data');
  }
}
