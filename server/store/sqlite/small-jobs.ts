import type { DatabaseSync } from 'node:sqlite';
import { createFileRows } from './file-rows.ts';
import type { AppendJob, WriteAnswers, WriteJob } from './write-job.ts';

export const INSERT_AUDIT = 'INSERT INTO audit (at, actor, action, object) VALUES (?, ?, ?, ?)';

/** Everything small that shares its commits with the appends. */
type SmallJob = Exclude<WriteJob, AppendJob>;

export function createSmallJobs(db: DatabaseSync) {
  const sql = prepare(db);
  const files = createFileRows(db);
  return (job: SmallJob): WriteAnswers[SmallJob[0]] => {
    switch (job[0]) {
      case 'marks':
        for (const mark of job[1]) sql.raiseMark.run(...mark);
        return null;
      case 'account':
        sql.putAccount.run(job[1], job[2], job[3]);
        return null;
      case 'session':
        sql.insertSession.run(job[1], job[2], job[3], job[4], job[5], job[6], job[7]);
        return null;
      case 'rotate': {
        const [, id, from, to, at, expiresAt] = job;
        return sql.rotate.run(to, at, expiresAt, id, from).changes === 1;
      }
      case 'audit': {
        const [, at, entries] = job;
        for (const entry of entries) sql.audit.run(at, ...entry);
        return null;
      }
      case 'revoke':
        sql.revoke.run(job[1]);
        return null;
      case 'revoke-all':
        sql.revokeAllOf.run(job[1]);
        return null;
      case 'forget-sessions':
        return Number(sql.forgetSessions.run(job[1], job[2]).changes);
      case 'fact':
        sql.setFact.run(job[1], job[2]);
        return null;
      case 'forget':
        return Number(sql.forgetAnswers.run(job[1], job[2]).changes);
      case 'forget-last-owners':
        return Number(sql.forgetLastOwners.run(job[1], job[2]).changes);
      case 'create-file':
        return files.create(job[1], job[2]);
      case 'settle-file': {
        const [, id, state, refusal, type, name] = job;
        return files.settle(id, state, refusal, type, name);
      }
      case 'forget-file':
        return files.forget(job[1]);
      case 'mail-tried': {
        const [, stream, seq, attempts, dueAt] = job;
        sql.mailTried.run(attempts, dueAt, stream, seq);
        return null;
      }
      case 'forget-mails':
        return Number(sql.forgetMails.run(job[1], job[2]).changes);
      case 'probe':
        sql.probe.run();
        return null;
      default:
        return job satisfies never;
    }
  };
}

function prepare(db: DatabaseSync) {
  return {
    audit: db.prepare(INSERT_AUDIT),
    raiseMark: db.prepare(`
      INSERT INTO marks (interaction, reader, delivered, read) VALUES (?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET
        delivered = max(delivered, excluded.delivered), read = max(read, excluded.read)
      WHERE excluded.delivered > delivered OR excluded.read > read`),
    // Only the agent's own row is replaced: another agent's e-mail address is an error.
    putAccount: db.prepare(`
      INSERT INTO accounts (agent, email, password_hash) VALUES (?, ?, ?)
      ON CONFLICT (agent) DO UPDATE SET
        email = excluded.email, password_hash = excluded.password_hash`),
    insertSession: db.prepare(`
      INSERT INTO sessions
        (id, agent, token_hash, previous_hash, rotated_at, expires_at, revoked)
      VALUES (?, ?, ?, ?, ?, ?, ?)`),
    rotate: db.prepare(`
      UPDATE sessions
      SET previous_hash = token_hash, token_hash = ?, rotated_at = ?, expires_at = ?
      WHERE id = ? AND token_hash = ? AND revoked = 0`),
    revoke: db.prepare('UPDATE sessions SET revoked = 1 WHERE id = ?'),
    revokeAllOf: db.prepare('UPDATE sessions SET revoked = 1 WHERE agent = ? AND revoked = 0'),
    setFact: db.prepare(`
      INSERT INTO facts (name, value) VALUES (?, ?)
      ON CONFLICT DO UPDATE SET value = excluded.value`),
    // The oldest stand at the beginning: no further than `limit` rows are looked at.
    forgetAnswers: db.prepare(`
      DELETE FROM answers WHERE at < ? AND id <= (SELECT min(id) FROM answers) + ? - 1`),
    forgetSessions: db.prepare(`
      DELETE FROM sessions WHERE id IN
        (SELECT id FROM sessions WHERE expires_at < ? ORDER BY expires_at LIMIT ?)`),
    forgetLastOwners: db.prepare(`
      DELETE FROM last_owners WHERE customer IN
        (SELECT customer FROM last_owners WHERE at < ? ORDER BY at LIMIT ?)`),
    mailTried: db.prepare(`
      UPDATE mails SET attempts = ?, due_at = ?
      WHERE stream = ? AND seq = ? AND due_at IS NOT NULL`),
    forgetMails: db.prepare(`
      DELETE FROM mails WHERE (stream, seq) IN
        (SELECT stream, seq FROM mails WHERE due_at IS NULL AND at < ? ORDER BY at LIMIT ?)`),
    // The value changes each time, so that something must reach the disk.
    probe: db.prepare(`
      INSERT INTO probes (id, count) VALUES (1, 1)
      ON CONFLICT DO UPDATE SET count = count + 1`),
  };
}
