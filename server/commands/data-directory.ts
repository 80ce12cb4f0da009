import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartError } from '../settings.ts';

/** The database inside the data directory. */
export const databaseIn = (dataDir: string): string => join(dataDir, 'deskside.db');

/** The index of what was said and done: made of the database alone. */
export const indexIn = (dataDir: string): string => join(dataDir, 'search.db');

/** What people have sent each other, beside it. */
export const filesIn = (dataDir: string): string => join(dataDir, 'files');

/** Mails that no mail server takes. */
export const mailsIn = (dataDir: string): string => join(dataDir, 'mails');

/**
 * Makes the directory where it is missing, and makes sure that we can write there and that no
 * other server does: two would both be the router. The system drops the lock with the process,
 * however it ends.
 * @returns a function that lets go of it.
 * @throws StartError
 */
export function claimDataDirectory(dataDir: string): () => void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const probe = join(dataDir, `.write-test-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartError(
      `The data directory ${dataDir} can’t be written to (${code}); DATA_DIR names another one.`,
      'data',
    );
  }
  const lock = new DatabaseSync(join(dataDir, 'server.lock'));
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) throw error;
    throw new StartError(`The data directory ${dataDir} is in use by another server.`, 'data');
  }
  return () => lock.close();
}

const SQLITE_BUSY = 5;
