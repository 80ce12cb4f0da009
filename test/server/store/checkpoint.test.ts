import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { createCheckpoints } from '../../../server/store/sqlite/checkpoint.ts';
import { newFolder } from './sqlite-files.ts';

test('when the thread that copies the log dies, blanked text still leaves the disk', async () => {
  const folder = await newFolder();
  const file = join(folder, 'desk.db');
  const db = new DatabaseSync(file);
  // A name that no file can have ends the thread, and nothing is written after that.
  const checkpoints = createCheckpoints('\0');
  onTestFinished(async () => {
    await checkpoints.stop();
    db.close();
    await rm(folder, { recursive: true });
  });
  db.exec('PRAGMA journal_mode = WAL; CREATE TABLE words (text TEXT) STRICT;');
  checkpoints.use(db);
  checkpoints.written(true);
  await expect.poll(async () => (await stat(`${file}-wal`)).size, { timeout: 10_000 }).toBe(0);
});
