import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { run, runServer, temporaryFolder } from './server-process.ts';

/** What is in the way is said in one line, and nothing else is printed. */
async function refusedStart(
  env: Record<string, string>,
): Promise<{ code: number | null; line: string }> {
  const program = run(['server/main.ts'], { PORT: '0', DATA_DIR: temporaryFolder(), ...env });
  const { code } = await program.ended;
  const lines = program.printed().trimEnd().split('\n');
  expect(lines).toHaveLength(1);
  return { code, line: lines[0]! };
}

describe('the server says in one line why it can’t start:', { timeout: 60_000 }, () => {
  test('the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    expect(await refusedStart({ PORT: String(port) })).toEqual({
      code: 3,
      line: `Deskside can’t start. Port ${port} on 127.0.0.1 is taken; PORT names another one.`,
    });
  });

  test('the host is no address of this machine', async () => {
    expect(await refusedStart({ HOST: '192.0.2.1' })).toEqual({
      code: 3,
      line: 'Deskside can’t start. HOST 192.0.2.1 is no address of this machine.',
    });
  });

  test('a line of the centre’s file is wrong', async () => {
    const file = join(temporaryFolder(), 'centre.yaml');
    writeFileSync(
      file,
      'name: Shop\nagents: []\nqueues:\n  - { id: q, name: Q, answerSeconds: 5 }\n',
    );
    expect(await refusedStart({ CENTRE: file })).toEqual({
      code: 2,
      line: `Deskside can’t start. ${file}:4:38: queues[0].answerSeconds must be a whole number from 15 to 300, not 5.`,
    });
  });

  test('there is no such centre’s file', async () => {
    const { code, line } = await refusedStart({ CENTRE: '/nowhere/centre.yaml' });
    expect([code, line]).toEqual([
      2,
      'Deskside can’t start. /nowhere/centre.yaml: there is no such file; CENTRE must name the centre’s file.',
    ]);
  });

  test('the data directory can’t be written to', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(await refusedStart({ DATA_DIR: join(file, 'data') })).toEqual({
      code: 4,
      line: `Deskside can’t start. The data directory ${file}/data can’t be written to (ENOTDIR); DATA_DIR names another one.`,
    });
  });

  test('another server works in the data directory', async () => {
    const { dataDir } = await runServer();
    expect(await refusedStart({ DATA_DIR: dataDir })).toEqual({
      code: 4,
      line: `Deskside can’t start. The data directory ${dataDir} is in use by another server.`,
    });
  });

  test('the database was written by a newer program', async () => {
    const dataDir = temporaryFolder();
    const database = new DatabaseSync(join(dataDir, 'deskside.db'));
    database.exec('PRAGMA user_version = 99');
    database.close();
    const { code, line } = await refusedStart({ DATA_DIR: dataDir });
    expect(code).toBe(5);
    expect(line).toMatch(/deskside\.db: The database has version 99, this program knows up to \d+/);
  });

  test('the database is no database', async () => {
    const dataDir = temporaryFolder();
    writeFileSync(
      join(dataDir, 'deskside.db'),
      'something else entirely, and long enough to be read',
    );
    const { code, line } = await refusedStart({ DATA_DIR: dataDir });
    expect(code).toBe(4);
    expect(line).toMatch(/The database .*deskside\.db can’t be opened: .*not a database/);
  });

  test('a setting is wrong', async () => {
    expect(await refusedStart({ PORT: '99999' })).toEqual({
      code: 2,
      line: 'Deskside can’t start. PORT must be a port from 0 to 65535, not "99999".',
    });
  });
});
