import type { DatabaseSync } from 'node:sqlite';
import { interactionOf, type StreamName } from '../../../protocol/ids.ts';
import { EVENT_VERSION } from '../../../protocol/version.ts';
import { createFileRows } from './file-rows.ts';
import { INSERT_AUDIT } from './small-jobs.ts';
import { createStreamRows, type StreamRow } from './stream-rows.ts';
import type { AppendAnswer, AppendJob, SnapshotJob, StreamJob, TakenFileRow } from './write-job.ts';

/**
 * Checks one append against all that was applied before it and, if nothing stands against it,
 * applies it. Everything is checked before anything is written, so that an append which is
 * refused leaves nothing behind in the transaction that it shares with others.
 */
export function createAppender(db: DatabaseSync) {
  const streams = createStreamRows(db);
  const sql = prepare(db);
  const files = createFileRows(db);
  let position = newestPosition(db);

  function apply(job: AppendJob): AppendAnswer {
    const [, principal, commandId, hash, answer, at, parts, served, taken, audited, mails] = job;
    const before = duplicate(principal, commandId);
    if (before !== null) return before;
    const rows = parts.map(([name]) => streams.find(name));
    const objection = conflict(parts, rows) ?? keyTaken(parts, rows) ?? fileTaken(taken);
    if (objection !== null) return objection;
    sql.insertAnswer.run(commandId, principal, hash, answer, at);

    if (parts.length > 1) releaseKeys(parts, rows);
    for (const [index, part] of parts.entries()) {
      const row = rows[index] ?? streams.create(part[0]);
      appendEvents(row, part, principal, commandId, at);
      if (part[5] !== null) takeSnapshot(row, part[5]);
    }
    for (const file of taken) files.take(file);
    for (const [customer, agent] of served) sql.keepLastOwner.run(customer, agent, at);
    for (const entry of audited) sql.audit.run(at, ...entry);
    for (const [waits, stream, seq] of mails) {
      if (waits === 1) sql.mailWaits.run(stream, seq, principal, at, at);
      else sql.mailOver.run(stream, seq);
    }
    return ['appended', position];
  }

  function duplicate(principal: string, commandId: string): AppendAnswer | null {
    const stored = sql.answer.get(commandId, principal) as unknown as [string, string] | undefined;
    return stored === undefined ? null : ['duplicate', ...stored];
  }

  function fileTaken(taken: readonly TakenFileRow[]): AppendAnswer | null {
    if (taken.length === 0) return null;
    const file = files.taken(taken);
    return file === null ? null : ['file-taken', file];
  }

  /** The holder of a key counts as gone when this same append makes it let go. */
  function keyTaken(
    parts: readonly StreamJob[],
    rows: readonly (StreamRow | null)[],
  ): AppendAnswer | null {
    for (const [index, part] of parts.entries()) {
      const key = heldKey(part[5]);
      if (key === null || rows[index]?.key === key) continue;
      const twice = parts.find((other) => other !== part && heldKey(other[5]) === key);
      if (twice !== undefined) return ['key-taken', twice[0]];
      const holder = sql.byKey.get(key) as unknown as [id: number, name: string] | undefined;
      if (holder === undefined) continue;
      const letsGo = parts.some(([name, , , , , snapshot]) => name === holder[1] && snapshot);
      if (!letsGo) return ['key-taken', holder[1] ?? ''];
    }
    return null;
  }

  /** First, because one stream of an append may take what another one lets go. */
  function releaseKeys(parts: readonly StreamJob[], rows: readonly (StreamRow | null)[]): void {
    for (const [index, [, , , , , snapshot]] of parts.entries()) {
      const row = rows[index];
      if (!row || row.key === null || snapshot === null || heldKey(snapshot) === row.key) continue;
      sql.releaseKey.run(row.id);
      row.key = null;
    }
  }

  function appendEvents(
    row: StreamRow,
    [stream, , bodies, contents, blank]: StreamJob,
    principal: string,
    commandId: string,
    at: number,
  ): void {
    for (let index = 0; index < bodies.length; index++) {
      const body = bodies[index] ?? '';
      const content = contents[index] ?? null;
      position += 1;
      row.seq += 1;
      sql.insertEvent.run(position, row.id, row.seq, at, EVENT_VERSION, principal, commandId, body);
      if (content !== null) sql.insertContent.run(position, content);
    }
    if (blank.length === 0) return;
    const interaction = interactionOf(stream as StreamName);
    for (const seq of blank) {
      sql.blank.run(row.id, seq);
      if (interaction !== null) files.remove(interaction, seq);
    }
  }

  function takeSnapshot(row: StreamRow, snapshot: SnapshotJob): void {
    const [state, open] = snapshot;
    const key = heldKey(snapshot);
    if (open === row.open && key === row.key) {
      // Naming `open` or `key` in an UPDATE rewrites their indexes even when nothing changes.
      sql.updateState.run(row.seq, state, row.id);
      return;
    }
    sql.updateStream.run(open ? 1 : 0, key, row.seq, state, row.id);
    row.open = open;
    row.key = key;
  }

  return {
    apply,
    /** After a rollback, or when another connection has written: only the database knows. */
    forget(): void {
      streams.forget();
      position = newestPosition(db);
    },
  };
}

function prepare(db: DatabaseSync) {
  const answer = db.prepare(
    'SELECT hash, answer FROM answers WHERE command_id = ? AND principal = ?',
  );
  answer.setReturnArrays(true);
  const byKey = db.prepare('SELECT id, name FROM streams WHERE key = ?');
  byKey.setReturnArrays(true);
  return {
    answer,
    byKey,
    audit: db.prepare(INSERT_AUDIT),
    insertAnswer: db.prepare(`
      INSERT INTO answers (command_id, principal, hash, answer, at) VALUES (?, ?, ?, ?, ?)`),
    insertEvent: db.prepare(`
      INSERT INTO events (position, stream, seq, at, version, principal, command_id, body)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`),
    insertContent: db.prepare('INSERT INTO content (position, json) VALUES (?, ?)'),
    blank: db.prepare(`
      UPDATE content SET json = NULL
      WHERE position = (SELECT position FROM events WHERE stream = ? AND seq = ?)`),
    keepLastOwner: db.prepare(`
      INSERT INTO last_owners (customer, agent, at) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET agent = excluded.agent, at = excluded.at
      WHERE excluded.at >= at`),
    mailWaits: db.prepare(`
      INSERT INTO mails (stream, seq, principal, at, attempts, due_at) VALUES (?, ?, ?, ?, 0, ?)`),
    mailOver: db.prepare('UPDATE mails SET due_at = NULL WHERE stream = ? AND seq = ?'),
    releaseKey: db.prepare('UPDATE streams SET key = NULL WHERE id = ?'),
    updateState: db.prepare('UPDATE streams SET snapshot_seq = ?, snapshot = ? WHERE id = ?'),
    updateStream: db.prepare(
      'UPDATE streams SET open = ?, key = ?, snapshot_seq = ?, snapshot = ? WHERE id = ?',
    ),
  };
}

const heldKey = (snapshot: SnapshotJob | null) => (snapshot?.[1] ? snapshot[2] : null);

function conflict(
  parts: readonly StreamJob[],
  rows: readonly (StreamRow | null)[],
): AppendAnswer | null {
  for (const [index, [name, expected]] of parts.entries()) {
    const seq = rows[index]?.seq ?? 0;
    if (seq !== expected) return ['conflict', name, seq];
  }
  return null;
}

function newestPosition(db: DatabaseSync): number {
  return Number(db.prepare('SELECT max(position) AS newest FROM events').get()?.newest ?? 0);
}
