import type { AgentId, StreamName } from '../../../protocol/ids.ts';
import { assertAppend } from '../check-append.ts';
import type { Store } from '../contract.ts';
import {
  decodeAccount,
  decodeEvent,
  decodeLoaded,
  decodeMark,
  decodeSession,
} from './decode-rows.ts';
import { decodeAppended, encodeAppend, encodeAudit } from './encode-append.ts';
import { fileStore } from './file-store.ts';
import { readPages } from './read-pages.ts';
import { type ReaderThreads, startReaders } from './reader-threads.ts';
import { startWriter, type WriterThread } from './writer-thread.ts';

export type SqliteOptions = {
  /** The database; its log lies beside it (`-wal`, `-shm`). Folders are made when missing. */
  readonly file: string;
  /** Threads that read; 1 unless told: two cores are shared with the writer and the main thread. */
  readonly readers?: number;
  /** Hears, in one line, what the operator should know. */
  readonly warn?: (message: string) => void;
  /** A commit of so many writes took so long. */
  readonly committed?: (writes: number, ms: number) => void;
  /** The database grows to this many pages of 4 KiB, then the disk counts as full. */
  readonly pagesMax?: number;
};

/**
 * The embedded store: one SQLite file, written by one thread and read by others, so that the main
 * thread never waits for the disk. Rejects with DatabaseTooNew when a newer program wrote the file.
 */
export async function openSqlite(options: SqliteOptions): Promise<Store> {
  const [writer, reader] = await startThreads(options);
  const { ask } = reader;
  const write = async (...job: Parameters<typeof writer.ask>) => void (await writer.ask(...job));

  return {
    async append(append) {
      assertAppend(append);
      const { job, weight } = encodeAppend(append);
      return decodeAppended(await writer.ask(job, weight));
    },
    async load(stream) {
      const row = await ask(['load', stream]);
      return row && decodeLoaded(row);
    },
    read: (stream, after, limit, bytes) =>
      readPages({
        after,
        limit,
        bytes,
        page: (from, most, weight) => ask(['read', stream, from, most, weight]),
        decode: decodeEvent,
        cursor: ({ seq }) => seq,
      }),
    readAll: (after, limit) =>
      readPages({
        after,
        limit,
        page: (from, most, weight) => ask(['read-all', from, most, weight]),
        decode: decodeEvent,
        cursor: ({ position }) => position,
      }),
    async newest() {
      const [position, at] = (await ask(['newest'])) ?? [0, 0];
      return { position, at };
    },
    openStreams: (after, limit) =>
      readPages({
        after: after ?? '',
        limit,
        page: (from, most, weight) => ask(['open-streams', from, most, weight]),
        decode: decodeLoaded,
        cursor: ({ stream }): string => stream,
      }),
    streamByKey: async (key) => ((await ask(['key', key]))?.[0] ?? null) as StreamName | null,
    async answer(principal, commandId) {
      const row = await ask(['answer', principal, commandId]);
      return row && { hash: row[0], answer: row[1] };
    },
    async lastOwner(customer) {
      const row = await ask(['last-owner', customer]);
      return row && { agent: row[0] as AgentId, at: row[1] };
    },
    forgetLastOwners: (before, limit) => writer.ask(['forget-last-owners', before, limit]),
    forgetAnswers: (before, limit) => writer.ask(['forget', before, limit]),
    raiseMarks: (marks) =>
      write([
        'marks',
        marks.map(({ interaction, reader, delivered, read }) => [
          interaction,
          reader,
          delivered,
          read,
        ]),
      ]),
    marks: async (interactions) => (await ask(['marks', interactions])).map(decodeMark),
    mails: {
      waiting: async (limit) =>
        (await ask(['mails-waiting', limit])).map(([stream, seq, attempts, dueAt]) => ({
          stream: stream as StreamName,
          seq,
          attempts,
          dueAt,
        })),
      tried: ({ stream, seq, attempts, dueAt }) =>
        write(['mail-tried', stream, seq, attempts, dueAt]),
      asked: async (principal, since) => (await ask(['mails-asked', principal, since]))[0],
      forgetOver: (before, limit) => writer.ask(['forget-mails', before, limit]),
    },
    accounts: {
      async byEmail(email) {
        const row = await ask(['account-by-email', email]);
        return row && decodeAccount(row);
      },
      async byAgent(agent) {
        const row = await ask(['account-by-agent', agent]);
        return row && decodeAccount(row);
      },
      put: ({ agent, email, passwordHash }) => write(['account', agent, email, passwordHash]),
    },
    sessions: {
      create: ({ id, agent, tokenHash, previousHash, rotatedAt, expiresAt, revoked }) =>
        write([
          'session',
          id,
          agent,
          tokenHash,
          previousHash,
          rotatedAt,
          expiresAt,
          revoked ? 1 : 0,
        ]),
      async get(id) {
        const row = await ask(['session', id]);
        return row && decodeSession(row);
      },
      rotate: (id, from, to, at, expiresAt) => writer.ask(['rotate', id, from, to, at, expiresAt]),
      revoke: (id) => write(['revoke', id]),
      revokeAllOf: (agent) => write(['revoke-all', agent]),
      forgetExpired: (before, limit) => writer.ask(['forget-sessions', before, limit]),
    },
    files: fileStore(writer, reader),
    audit: {
      add: (entries, at) => write(['audit', at, entries.map(encodeAudit)]),
      before: async (number, limit) =>
        (await ask(['audit', number ?? Number.MAX_SAFE_INTEGER, limit])).map(
          ([number, at, actor, action, object]) => ({ number, at, actor, action, object }),
        ),
    },
    fact: async (name) => (await ask(['fact', name]))?.[0] ?? null,
    setFact: (name, value) => write(['fact', name, value]),
    probe: () => write(['probe']),
    async close() {
      // The readers first: the last connection to close takes the log away, and only the writer can.
      await reader.close();
      await writer.close();
    },
  };
}

/** Both start side by side; the readers open the file when they are first asked: it is there by then. */
async function startThreads(options: SqliteOptions): Promise<[WriterThread, ReaderThreads]> {
  const { file, readers = 1, warn = () => {}, committed = () => {}, pagesMax = null } = options;
  const [writer, reader] = await Promise.allSettled([
    startWriter({ file, pagesMax }, warn, committed),
    startReaders({ file }, readers, warn),
  ]);
  if (writer.status === 'fulfilled' && reader.status === 'fulfilled') {
    return [writer.value, reader.value];
  }
  if (reader.status === 'fulfilled') await reader.value.close();
  if (writer.status === 'fulfilled') await writer.value.close();
  throw writer.status === 'rejected' ? writer.reason : (reader as PromiseRejectedResult).reason;
}
