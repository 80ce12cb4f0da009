import { assertAppend } from '../../server/store/check-append.ts';
import {
  type LoadedStream,
  type Mark,
  type Session,
  type Store,
  type StoredEvent,
  StoreUnavailable,
} from '../../server/store/contract.ts';
import { addAudit, applyAppend, commandKey, prepareAppend } from './memory-append.ts';
import { createCommits, type StoreHooks } from './memory-commits.ts';
import type { DiskEvent, DiskStream, MemoryDisk } from './memory-disk.ts';
import { memoryFiles } from './memory-files.ts';
import { memoryMails } from './memory-mails.ts';

/**
 * The store's contract without a disk and without waiting: what is committed lies in `disk`, and
 * a new store over the same disk is the process after a crash. The older store is dead from then
 * on: what it was asked never settles.
 */
export function createMemoryStore(disk: MemoryDisk, hooks: StoreHooks = {}): Store {
  const owner = {};
  disk.owner = owner;
  const commits = createCommits(hooks, () => disk.owner === owner);
  const { write } = commits;

  async function read<T>(look: () => T): Promise<T> {
    if (hooks.read !== undefined) {
      await new Promise<void>((resolve) => hooks.read?.(resolve));
    }
    if (commits.closed()) throw new StoreUnavailable('the store is closed');
    return disk.owner === owner ? look() : new Promise<T>(() => {});
  }

  return {
    async append(append) {
      assertAppend(append);
      const prepared = prepareAppend(append);
      return write(() => applyAppend(disk, prepared));
    },
    load: (stream) =>
      read(() => {
        const row = disk.streams.get(stream);
        return row === undefined ? null : loaded(stream, row);
      }),
    read: (stream, after, limit, bytes) =>
      read(() => upTo(disk.streams.get(stream)?.events ?? [], after, limit, bytes)),
    readAll: (after, limit) =>
      read(() => disk.events.slice(after, after + limit).map(({ event }) => event)),
    newest: () =>
      read(() => ({ position: disk.events.length, at: disk.events.at(-1)?.event.at ?? 0 })),
    openStreams: (after, limit) =>
      read(() =>
        [...disk.streams]
          .filter(([name, { open }]) => open && (after === null || name > after))
          .sort(([one], [other]) => (one < other ? -1 : 1))
          .slice(0, limit)
          .map(([name, row]) => loaded(name, row)),
      ),
    streamByKey: (key) => read(() => disk.keys.get(key) ?? null),
    answer: (principal, commandId) =>
      read(() => {
        const stored = disk.commands.get(commandKey(principal, commandId));
        return stored === undefined ? null : { hash: stored.hash, answer: stored.answer };
      }),
    lastOwner: (customer) => read(() => disk.lastOwners.get(customer) ?? null),
    forgetLastOwners: (before, limit) =>
      write(() => {
        const old = [...disk.lastOwners].filter(([, { at }]) => at < before).slice(0, limit);
        for (const [customer] of old) disk.lastOwners.delete(customer);
        return old.length;
      }),
    forgetAnswers: (before, limit) => write(() => forgetAnswers(disk, before, limit)),
    raiseMarks: (marks) =>
      write(() => {
        for (const mark of marks) raiseMark(disk, mark);
      }),
    marks: (interactions) =>
      read(() => interactions.flatMap((one) => [...(disk.marks.get(one)?.values() ?? [])])),
    mails: memoryMails(disk, { read, write }),
    accounts: {
      byEmail: (email) =>
        read(() => [...disk.accounts.values()].find((each) => each.email === email) ?? null),
      byAgent: (agent) => read(() => disk.accounts.get(agent) ?? null),
      put: ({ agent, email, passwordHash }) =>
        write(() => {
          for (const other of disk.accounts.values()) {
            if (other.email === email && other.agent !== agent) throw new Error('email taken');
          }
          disk.accounts.set(agent, Object.freeze({ agent, email, passwordHash }));
        }),
    },
    sessions: {
      create: (session) =>
        write(() => {
          if (disk.sessions.has(session.id)) throw new Error('session id taken');
          disk.sessions.set(session.id, Object.freeze({ ...session }));
        }),
      get: (id) => read(() => disk.sessions.get(id) ?? null),
      rotate: (id, from, to, at, expiresAt) =>
        write(() => {
          const held = disk.sessions.get(id);
          if (held === undefined || held.revoked || held.tokenHash !== from) return false;
          change(disk, held, { tokenHash: to, previousHash: from, rotatedAt: at, expiresAt });
          return true;
        }),
      revoke: (id) =>
        write(() => {
          const held = disk.sessions.get(id);
          if (held !== undefined) change(disk, held, { revoked: true });
        }),
      revokeAllOf: (agent) =>
        write(() => {
          for (const held of disk.sessions.values()) {
            if (held.agent === agent) change(disk, held, { revoked: true });
          }
        }),
      forgetExpired: (before, limit) =>
        write(() => {
          const old = [...disk.sessions.values()]
            .filter((held) => held.expiresAt < before)
            .slice(0, limit);
          for (const { id } of old) disk.sessions.delete(id);
          return old.length;
        }),
    },
    files: memoryFiles(disk.files, read, write),
    audit: {
      add: (entries, at) => write(() => addAudit(disk, entries, at)),
      before: (number, limit) =>
        read(() =>
          disk.audit
            .slice(0, number === null ? undefined : Math.max(0, number - 1))
            .reverse()
            .slice(0, limit),
        ),
    },
    fact: (name) => read(() => disk.facts.get(name) ?? null),
    setFact: (name, value) => write(() => void disk.facts.set(name, value)),
    probe: () =>
      write(() => {
        disk.probes += 1;
      }),
    close: commits.close,
  };
}

function loaded(stream: LoadedStream['stream'], row: DiskStream): LoadedStream {
  const from = row.snapshot?.seq ?? 0;
  return {
    stream,
    seq: row.events.length,
    snapshot: row.snapshot && { seq: from, state: JSON.parse(row.snapshot.state) },
    events: row.events.slice(from).map(({ event: { seq, at, body } }) => ({ seq, at, body })),
  };
}

function upTo(events: readonly DiskEvent[], after: number, limit: number, bytesMax: number) {
  const taken: StoredEvent[] = [];
  let bytes = 0;
  for (let index = after; index < events.length && taken.length < limit; index++) {
    const stored = events[index];
    if (stored === undefined) break;
    bytes += stored.bytes;
    if (taken.length > 0 && bytes > bytesMax) break;
    taken.push(stored.event);
  }
  return taken;
}

function forgetAnswers(disk: MemoryDisk, before: number, limit: number): number {
  const old: string[] = [];
  for (const [command, { at }] of disk.commands) {
    if (old.length >= limit) break;
    if (at < before) old.push(command);
  }
  for (const command of old) disk.commands.delete(command);
  return old.length;
}

function raiseMark(disk: MemoryDisk, mark: Mark): void {
  const { interaction, reader } = mark;
  const readers = disk.marks.get(interaction) ?? new Map<Mark['reader'], Mark>();
  disk.marks.set(interaction, readers);
  const held = readers.get(reader);
  const delivered = Math.max(mark.delivered, held?.delivered ?? 0);
  const read = Math.max(mark.read, held?.read ?? 0);
  readers.set(reader, Object.freeze({ interaction, reader, delivered, read }));
}

function change(disk: MemoryDisk, held: Session, fields: Partial<Session>): void {
  disk.sessions.set(held.id, Object.freeze({ ...held, ...fields }));
}
