import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { EventRow, LoadedEventRow, LoadedRow, Page, ReadJob } from './read-job.ts';

/** One of ReadAnswers, and what it weighs in bytes, roughly; 0 for the small ones. */
export type Read = { readonly answer: unknown; readonly weight: number };

/** Every statement is over before the next job: an open one would keep the log from being emptied. */
export function createReads(db: DatabaseSync): (job: ReadJob) => Read {
  const sql = prepare(db);
  return (job) => {
    switch (job[0]) {
      case 'load': {
        const row = sql.stream.get(job[1]) as unknown as StreamRow | undefined;
        if (row === undefined) return light(undefined);
        const answer = loaded(sql.eventsAfter, row);
        return { answer, weight: loadedBytes(answer) };
      }
      case 'read':
        return page(sql.read.iterate(job[1], job[2], job[3]), job[4], event);
      case 'read-all':
        return page(sql.readAll.iterate(job[1], job[2]), job[3], event);
      case 'open-streams':
        return page(sql.openStreams.iterate(job[1], job[2]), job[3], (row: StreamRow) => {
          const stream = loaded(sql.eventsAfter, row);
          return [stream, loadedBytes(stream)];
        });
      case 'marks':
        return light(job[1].flatMap((interaction) => sql.marks.all(interaction)));
      case 'newest':
        return light(sql.newest.get());
      case 'key':
        return light(sql.key.get(job[1]));
      case 'answer':
        return light(sql.answer.get(job[1], job[2]));
      case 'last-owner':
        return light(sql.lastOwner.get(job[1]));
      case 'mails-waiting':
        return light(sql.mailsWaiting.all(job[1]));
      case 'mails-asked':
        return light(sql.mailsAsked.get(job[1], job[2]));
      case 'account-by-email':
        return light(sql.accountByEmail.get(job[1]));
      case 'account-by-agent':
        return light(sql.accountByAgent.get(job[1]));
      case 'session':
        return light(sql.session.get(job[1]));
      case 'files':
        return light(job[1].flatMap((id) => sql.file.all(id)));
      case 'orphan-files':
        return light(
          [...sql.removedFiles.all(job[2]), ...sql.openFiles.all(job[1], job[2])].slice(0, job[2]),
        );
      case 'coming-files':
        return light(sql.comingFiles.all(job[1], job[2]));
      case 'audit':
        return light(sql.audit.all(job[1], job[2]));
      case 'fact':
        return light(sql.fact.get(job[1]));
      default:
        return job satisfies never;
    }
  };
}

type StreamRow = readonly [id: number, name: string, snapshotSeq: number, snapshot: string | null];

/**
 * Events are read after the snapshot, without a transaction around: both only grow, so what a
 * commit adds in between fits behind the older snapshot.
 */
function loaded(eventsAfter: StatementSync, [id, name, snapshotSeq, snapshot]: StreamRow) {
  const events = eventsAfter.all(id, snapshotSeq) as unknown as LoadedEventRow[];
  return [name, snapshotSeq, snapshot, events] satisfies LoadedRow;
}

/** Takes rows up to the weight, at least one. */
function page<Found, Row>(
  found: Iterable<unknown>,
  bytesMax: number,
  weigh: (row: Found) => [row: Row, bytes: number],
): Read {
  const rows: Row[] = [];
  let bytes = 0;
  let more = false;
  for (const each of found) {
    const [row, weight] = weigh(each as Found);
    if (rows.length > 0 && bytes + weight > bytesMax) {
      more = true;
      break;
    }
    rows.push(row);
    bytes += weight;
  }
  return { answer: [rows, bytes, more] satisfies Page<Row>, weight: bytes };
}

const light = (answer: unknown): Read => ({ answer: answer ?? null, weight: 0 });
const event = (row: EventRow): [EventRow, number] => [
  row,
  Buffer.byteLength(row[7]) + (row[9] === null ? 0 : Buffer.byteLength(row[9])),
];
const loadedBytes = ([, , snapshot, events]: LoadedRow) =>
  events.reduce((sum, row) => sum + row[3].length, snapshot?.length ?? 0);

function prepare(db: DatabaseSync) {
  const query = (text: string) => {
    const statement = db.prepare(text);
    statement.setReturnArrays(true);
    return statement;
  };
  const columns = `
    events.position, streams.name, events.seq, events.at, events.version, events.principal,
    events.command_id, events.body, content.position IS NOT NULL, content.json`;
  const file = 'id, interaction, owner, bytes, name, state, refusal, type, at, seq';
  return {
    audit: query(`
      SELECT number, at, actor, action, object FROM audit
      WHERE number < ? ORDER BY number DESC LIMIT ?`),
    stream: query('SELECT id, name, snapshot_seq, snapshot FROM streams WHERE name = ?'),
    eventsAfter: query(
      'SELECT seq, at, version, body FROM events WHERE stream = ? AND seq > ? ORDER BY seq',
    ),
    read: query(`
      SELECT ${columns} FROM streams
      JOIN events ON events.stream = streams.id
      LEFT JOIN content ON content.position = events.position
      WHERE streams.name = ? AND events.seq > ? ORDER BY events.seq LIMIT ?`),
    readAll: query(`
      SELECT ${columns} FROM events
      JOIN streams ON streams.id = events.stream
      LEFT JOIN content ON content.position = events.position
      WHERE events.position > ? ORDER BY events.position LIMIT ?`),
    newest: query(
      'SELECT position, at FROM events WHERE position = (SELECT max(position) FROM events)',
    ),
    openStreams: query(`
      SELECT id, name, snapshot_seq, snapshot FROM streams
      WHERE open = 1 AND name > ? ORDER BY name LIMIT ?`),
    key: query('SELECT name FROM streams WHERE key = ?'),
    answer: query('SELECT hash, answer FROM answers WHERE principal = ? AND command_id = ?'),
    marks: query('SELECT interaction, reader, delivered, read FROM marks WHERE interaction = ?'),
    lastOwner: query('SELECT agent, at FROM last_owners WHERE customer = ?'),
    mailsWaiting: query(`
      SELECT stream, seq, attempts, due_at FROM mails
      WHERE due_at IS NOT NULL ORDER BY due_at LIMIT ?`),
    mailsAsked: query('SELECT count(*) FROM mails WHERE principal = ? AND at >= ?'),
    accountByEmail: query('SELECT agent, email, password_hash FROM accounts WHERE email = ?'),
    accountByAgent: query('SELECT agent, email, password_hash FROM accounts WHERE agent = ?'),
    session: query(`
      SELECT id, agent, token_hash, previous_hash, rotated_at, expires_at, revoked
      FROM sessions WHERE id = ?`),
    file: query(`SELECT ${file} FROM files WHERE id = ?`),
    removedFiles: query(`
      SELECT ${file} FROM files WHERE state = 'removed' AND at >= 0 ORDER BY at LIMIT ?`),
    openFiles: query(`
      SELECT ${file} FROM files WHERE seq IS NULL AND at < ? ORDER BY at LIMIT ?`),
    comingFiles: query(`
      SELECT ${file} FROM files WHERE state = 'coming' AND id > ? ORDER BY id LIMIT ?`),
    fact: query('SELECT value FROM facts WHERE name = ?'),
  };
}
