import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test, vi } from 'vitest';
import type { CommandId, CustomerId, InteractionId } from '../../../protocol/ids.ts';
import { openSqlite } from '../../../server/store/sqlite/open-sqlite.ts';
import { agent, appendTo, chat, returned } from '../../contracts/store-world.ts';
import { newFolder } from './sqlite-files.ts';

/** Threads start slowly on a machine that is busy with other tests. */
vi.setConfig({ testTimeout: 30_000 });

/** One for each version that was ever released; a new migration adds the one before it. */
test.each([1])('a database of version %i is opened with all that it holds', async (version) => {
  const folder = await newFolder();
  const file = join(folder, 'desk.db');
  const fixture = new URL(`./fixtures/version-${version}.sql`, import.meta.url);
  const db = new DatabaseSync(file);
  db.exec(await readFile(fixture, 'utf8'));
  // As a program of that time left a talk that is over.
  const done = JSON.stringify({ customer: 'customer-2', lastOwner: 'ana', placedAt: null });
  db.exec(`
    INSERT INTO streams (id, name, open, snapshot_seq, snapshot)
      VALUES (9, 'interaction:i9', 0, 1, '${done}');
    INSERT INTO events SELECT 9, 9, 1, 7000, version, principal, 'command-000000000009', body
      FROM events WHERE position = 2`);
  db.close();

  const store = await openSqlite({ file });
  expect(await store.lastOwner('customer-2' as CustomerId)).toEqual({ agent: 'ana', at: 7_000 });
  expect(await store.lastOwner('customer-1' as CustomerId)).toBeNull();
  const events = (await store.readAll(0, 10)).filter(({ stream }) => stream !== chat('i9'));
  expect(events.map(({ stream, seq, body }) => [stream, seq, body.type])).toEqual([
    [chat('i1'), 1, 'started'],
    [chat('i1'), 2, 'message-posted'],
    [chat('i1'), 3, 'content-removed'],
    [`agent:${agent('ana')}`, 1, 'signed-out'],
  ]);
  expect(events.map(({ content }) => content)).toEqual([
    null,
    { text: 'hello' },
    undefined,
    undefined,
  ]);
  expect(await store.openStreams(null, 10)).toMatchObject([
    { stream: chat('i1'), seq: 3, snapshot: { seq: 2, state: { status: 'queued' } } },
  ]);
  expect(await store.streamByKey('customer:customer-1')).toBe(chat('i1'));
  expect(await store.answer('agent-1', 'command-000000000002' as CommandId)).toEqual({
    hash: 'hash-2',
    answer: '{"type":"ack","seq":3}',
  });
  expect(await store.marks(['i1' as InteractionId])).toMatchObject([{ delivered: 3, read: 2 }]);
  expect(await store.accounts.byEmail('ana@example.org')).toMatchObject({ passwordHash: null });
  expect(await store.sessions.get('s1')).toMatchObject({ tokenHash: 't1', expiresAt: 9_000 });
  expect(await store.fact('secret')).toBe('a fact');
  await store.probe();
  const next = await store.append(appendTo(chat('i1'), 3, [{ body: returned }]));
  expect(next).toEqual({ type: 'appended', position: 10 });
  await store.close();
  await rm(folder, { recursive: true });
});
