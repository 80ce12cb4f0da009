import type { Content } from '../../protocol/parts.ts';
import type {
  Append,
  AppendResult,
  AuditEntry,
  NewEvent,
  Snapshot,
  StreamAppend,
} from '../../server/store/contract.ts';
import type { MailChange, MailId } from '../../server/store/mails.ts';
import type { DiskStream, MemoryDisk } from './memory-disk.ts';
import { filesIn, isFree, removeFiles, takeFile } from './memory-files.ts';

/** Events and states as they come back from a disk: nothing of them is shared with the sender. */
export type PreparedAppend = Omit<Append, 'streams'> & { readonly streams: readonly Prepared[] };
type Prepared = Omit<StreamAppend, 'events' | 'snapshot'> & {
  readonly events: readonly (NewEvent & { readonly bytes: number })[];
  readonly snapshot: (Omit<Snapshot, 'state'> & { readonly state: string }) | null;
};

export function prepareAppend(append: Append): PreparedAppend {
  return { ...append, streams: append.streams.map(prepareStream) };
}

function prepareStream({ events, snapshot, ...rest }: StreamAppend): Prepared {
  return {
    ...rest,
    events: events.map(({ body, content }) => {
      const text = JSON.stringify(body);
      const words = content === undefined ? undefined : JSON.stringify(content);
      return {
        body: frozen(JSON.parse(text)),
        ...(words !== undefined && { content: frozen(JSON.parse(words)) as Content }),
        bytes: Buffer.byteLength(text) + Buffer.byteLength(words ?? ''),
      };
    }),
    snapshot: snapshot && { ...snapshot, state: JSON.stringify(snapshot.state) },
  };
}

/** Checks and applies one append, in the order that the contract promises. */
export function applyAppend(disk: MemoryDisk, append: PreparedAppend): AppendResult {
  const { principal, commandId, hash, answer, at } = append;
  const command = commandKey(principal, commandId);
  const stored = disk.commands.get(command);
  if (stored !== undefined) {
    return { type: 'duplicate', stored: { hash: stored.hash, answer: stored.answer } };
  }
  for (const { stream, expected } of append.streams) {
    const seq = disk.streams.get(stream)?.events.length ?? 0;
    if (seq !== expected) return { type: 'conflict', stream, seq };
  }
  const holder = keyHolder(disk, append);
  if (holder !== null) return { type: 'key-taken', stream: holder };
  const files = append.streams.flatMap(filesIn);
  const taken = files.find(({ id, interaction }) => !isFree(disk.files, id, interaction));
  if (taken !== undefined) return { type: 'file-taken', file: taken.id };
  for (const { id, seq } of files) takeFile(disk.files, id, seq);
  disk.commands.set(command, { hash, answer, at });
  for (const part of append.streams) releaseKey(disk, part);
  for (const part of append.streams) applyStream(disk, append, part);
  for (const { customer, agent } of append.served ?? []) {
    const before = disk.lastOwners.get(customer);
    if (before === undefined || before.at <= at)
      disk.lastOwners.set(customer, Object.freeze({ agent, at }));
  }
  addAudit(disk, append.audited ?? [], at);
  for (const { type, mail } of append.mails ?? []) keepMail(disk, append, type, mail);
  return { type: 'appended', position: disk.events.length };
}

export function addAudit(disk: MemoryDisk, entries: readonly AuditEntry[], at: number): void {
  for (const entry of entries)
    disk.audit.push(Object.freeze({ ...entry, at, number: disk.audit.length + 1 }));
}

export const mailKey = ({ stream, seq }: MailId) => `${stream} ${seq}`;

function keepMail(
  disk: MemoryDisk,
  { principal, at }: PreparedAppend,
  type: MailChange['type'],
  mail: MailId,
): void {
  const held = disk.mails.get(mailKey(mail));
  if (type === 'waits')
    disk.mails.set(mailKey(mail), { ...mail, principal, at, attempts: 0, dueAt: at });
  else if (held !== undefined) disk.mails.set(mailKey(mail), { ...held, dueAt: null });
}

export const commandKey = (principal: string, commandId: string) => `${principal} ${commandId}`;

const heldKey = (snapshot: Prepared['snapshot']) => (snapshot?.open ? snapshot.key : null);

function keyHolder(disk: MemoryDisk, { streams }: PreparedAppend) {
  for (const part of streams) {
    const key = heldKey(part.snapshot);
    if (key === null) continue;
    const twice = streams.find((other) => other !== part && heldKey(other.snapshot) === key);
    if (twice !== undefined) return twice.stream;
    const holder = disk.keys.get(key);
    if (holder === undefined || holder === part.stream) continue;
    const letsGo = streams.some(({ stream, snapshot }) => stream === holder && snapshot !== null);
    if (!letsGo) return holder;
  }
  return null;
}

function releaseKey(disk: MemoryDisk, { stream, snapshot }: Prepared): void {
  const row = disk.streams.get(stream);
  if (!row || row.key === null || snapshot === null || heldKey(snapshot) === row.key) return;
  disk.keys.delete(row.key);
  row.key = null;
}

function applyStream(disk: MemoryDisk, append: PreparedAppend, part: Prepared): void {
  const { principal, commandId, at } = append;
  const row = disk.streams.get(part.stream) ?? newStream();
  disk.streams.set(part.stream, row);
  for (const { bytes, ...words } of part.events) {
    const position = disk.events.length + 1;
    const seq = row.events.length + 1;
    const stored = { position, stream: part.stream, seq, at, principal, commandId, ...words };
    const event = { event: Object.freeze(stored), bytes };
    disk.events.push(event);
    row.events.push(event);
  }
  for (const seq of part.blank ?? []) {
    blank(row, seq);
    removeFiles(disk.files, part.stream, seq);
  }
  if (part.snapshot === null) return;
  row.snapshot = { seq: row.events.length, state: part.snapshot.state };
  row.open = part.snapshot.open;
  row.key = heldKey(part.snapshot);
  if (row.key !== null) disk.keys.set(row.key, part.stream);
}

const newStream = (): DiskStream => ({ events: [], snapshot: null, open: false, key: null });

function blank(row: DiskStream, seq: number): void {
  const stored = row.events[seq - 1];
  if (stored?.event.content === undefined) return;
  stored.event = Object.freeze({ ...stored.event, content: null });
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}
