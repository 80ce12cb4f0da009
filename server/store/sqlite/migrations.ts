import type { DatabaseSync } from 'node:sqlite';
import { DatabaseTooNew } from './database-too-new.ts';

/** Append only: the n-th lifts `user_version` from n - 1 to n. What has been released stays. */
const migrations: readonly ((db: DatabaseSync) => void)[] = [
  /**
   * A stream's seq isn't kept in its row: the unique index on events answers it with one seek, and
   * a message without a snapshot needn't touch the row. Content has the position of its event as
   * its key, so that both tables grow at their ends; keyed by stream and seq it would dirty one
   * more scattered page for each message.
   */
  function firstTables(db) {
    db.exec(`
      CREATE TABLE streams (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        open INTEGER NOT NULL,
        key TEXT,
        snapshot_seq INTEGER NOT NULL,
        snapshot TEXT
      ) STRICT;
      CREATE INDEX streams_open ON streams (name) WHERE open = 1;
      CREATE UNIQUE INDEX streams_key ON streams (key) WHERE key IS NOT NULL;

      CREATE TABLE events (
        position INTEGER PRIMARY KEY,
        stream INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        at INTEGER NOT NULL,
        version INTEGER NOT NULL,
        principal TEXT NOT NULL,
        command_id TEXT NOT NULL,
        body TEXT NOT NULL,
        UNIQUE (stream, seq)
      ) STRICT;

      CREATE TABLE content (
        position INTEGER PRIMARY KEY,
        json TEXT
      ) STRICT;

      CREATE TABLE commands (
        principal TEXT NOT NULL,
        id TEXT NOT NULL,
        hash TEXT NOT NULL,
        answer TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (principal, id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX commands_at ON commands (at);

      CREATE TABLE marks (
        interaction TEXT NOT NULL,
        reader TEXT NOT NULL,
        delivered INTEGER NOT NULL,
        read INTEGER NOT NULL,
        PRIMARY KEY (interaction, reader)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE accounts (
        agent TEXT NOT NULL PRIMARY KEY,
        email TEXT NOT NULL UNIQUE,
        password_hash TEXT
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE sessions (
        id TEXT NOT NULL PRIMARY KEY,
        agent TEXT NOT NULL,
        token_hash TEXT NOT NULL,
        previous_hash TEXT,
        rotated_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        revoked INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX sessions_agent ON sessions (agent);

      CREATE TABLE facts (
        name TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE probes (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        count INTEGER NOT NULL
      ) STRICT;
    `);
  },
  function sessionsByExpiry(db) {
    db.exec('CREATE INDEX sessions_expiry ON sessions (expires_at)');
  },
  /**
   * Rows grow at the table's end and are forgotten from its beginning; only the short index is
   * written all over. Ordered by their ids the rows themselves dirtied one more page each.
   */
  function answersInOrder(db) {
    db.exec(`
      CREATE TABLE answers (
        id INTEGER PRIMARY KEY,
        command_id TEXT NOT NULL,
        principal TEXT NOT NULL,
        hash TEXT NOT NULL,
        answer TEXT NOT NULL,
        at INTEGER NOT NULL
      ) STRICT;
      INSERT INTO answers (command_id, principal, hash, answer, at)
        SELECT id, principal, hash, answer, at FROM commands ORDER BY at;
      DROP TABLE commands;
      CREATE INDEX answers_command ON answers (command_id);
    `);
  },
  /** Filled with what the snapshots say: who was served lately is known after the update, too. */
  function lastOwners(db) {
    db.exec(`
      CREATE TABLE last_owners (
        customer TEXT NOT NULL PRIMARY KEY,
        agent TEXT NOT NULL,
        at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      INSERT INTO last_owners (customer, agent, at)
        SELECT customer, agent, max(at) FROM (
          SELECT
            snapshot ->> '$.customer' AS customer,
            snapshot ->> '$.lastOwner' AS agent,
            (SELECT at FROM events WHERE stream = streams.id AND seq = snapshot_seq) AS at
          FROM streams
          WHERE name GLOB 'interaction:*' AND snapshot IS NOT NULL
            AND snapshot ->> '$.placedAt' IS NULL
        )
        WHERE customer IS NOT NULL AND agent IS NOT NULL AND at IS NOT NULL
        GROUP BY customer;
      CREATE INDEX last_owners_at ON last_owners (at);
    `);
  },
  /** A row per file, found by its id; what is in no message yet is counted by its owner. */
  function files(db) {
    db.exec(`
      CREATE TABLE files (
        id TEXT NOT NULL PRIMARY KEY,
        interaction TEXT NOT NULL,
        owner TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        name TEXT NOT NULL,
        state TEXT NOT NULL,
        refusal TEXT,
        type TEXT NOT NULL,
        at INTEGER NOT NULL,
        seq INTEGER
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX files_interaction ON files (interaction, seq, bytes);
      CREATE INDEX files_open ON files (owner, bytes) WHERE seq IS NULL;
      CREATE INDEX files_open_at ON files (at) WHERE seq IS NULL;
      CREATE INDEX files_removed ON files (at) WHERE state = 'removed';
      CREATE INDEX files_coming ON files (id) WHERE state = 'coming';
    `);
  },
  /** The program has no statement that changes a row; the triggers also hold its mistakes off. */
  function audit(db) {
    db.exec(`
      CREATE TABLE audit (
        number INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        actor TEXT NOT NULL,
        action TEXT NOT NULL,
        object TEXT
      ) STRICT;
      CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
        BEGIN SELECT raise(ABORT, 'what was audited stays as it is'); END;
      CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
        BEGIN SELECT raise(ABORT, 'what was audited is kept'); END;
    `);
  },
  /** `due_at` is null once it is over; such rows stay a while, for who asks how many were asked for. */
  function mails(db) {
    db.exec(`
      CREATE TABLE mails (
        stream TEXT NOT NULL,
        seq INTEGER NOT NULL,
        principal TEXT NOT NULL,
        at INTEGER NOT NULL,
        attempts INTEGER NOT NULL,
        due_at INTEGER,
        PRIMARY KEY (stream, seq)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX mails_due ON mails (due_at) WHERE due_at IS NOT NULL;
      CREATE INDEX mails_principal ON mails (principal, at);
      CREATE INDEX mails_over ON mails (at) WHERE due_at IS NULL;
    `);
  },
];

/** Brings the database to today's shape, all steps in one transaction. */
export function migrate(db: DatabaseSync): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    const version = Number(db.prepare('PRAGMA user_version').get()?.user_version);
    if (version > migrations.length) {
      throw new DatabaseTooNew(
        `The database has version ${version}, this program knows up to ${migrations.length}: start the newer program.`,
      );
    }
    for (const step of migrations.slice(version)) step(db);
    db.exec(`PRAGMA user_version = ${migrations.length}`);
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
