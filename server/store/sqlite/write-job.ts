import type { FileLimit } from '../contract.ts';

/**
 * What the writer thread can be asked, and what it answers. Tuples of strings and numbers:
 * the keys of objects would be copied with every message between the threads.
 */
export type WriteJob =
  | AppendJob
  | readonly [kind: 'marks', marks: readonly MarkRow[]]
  | readonly [kind: 'account', agent: string, email: string, passwordHash: string | null]
  | readonly [kind: 'session', ...SessionRow]
  | readonly [kind: 'rotate', id: string, from: string, to: string, at: number, expiresAt: number]
  | readonly [kind: 'audit', at: number, entries: readonly AuditJob[]]
  | readonly [kind: 'revoke', id: string]
  | readonly [kind: 'revoke-all', agent: string]
  | readonly [kind: 'forget-sessions', before: number, limit: number]
  | readonly [kind: 'fact', name: string, value: string]
  | readonly [kind: 'forget', before: number, limit: number]
  | readonly [kind: 'forget-last-owners', before: number, limit: number]
  | readonly [kind: 'create-file', file: NewFileRow, limits: FileLimitRow]
  | readonly [
      kind: 'settle-file',
      id: string,
      state: string,
      refusal: string | null,
      type: string,
      name: string,
    ]
  | readonly [kind: 'forget-file', id: string]
  | readonly [kind: 'mail-tried', stream: string, seq: number, attempts: number, dueAt: number]
  | readonly [kind: 'forget-mails', before: number, limit: number]
  | readonly [kind: 'probe'];

export type AppendJob = readonly [
  kind: 'append',
  principal: string,
  commandId: string,
  hash: string,
  answer: string,
  at: number,
  streams: readonly StreamJob[],
  served: readonly ServedRow[],
  taken: readonly TakenFileRow[],
  audited: readonly AuditJob[],
  mails: readonly MailRow[],
];

export type StreamJob = readonly [
  stream: string,
  expected: number,
  bodies: readonly string[],
  /** As many as bodies; null: that event has no content. */
  contents: readonly (string | null)[],
  blank: readonly number[],
  snapshot: SnapshotJob | null,
];
export type SnapshotJob = readonly [state: string, open: boolean, key: string | null];

export type AuditJob = readonly [actor: string, action: string, object: string | null];

/** `waits` 0: it is over. */
export type MailRow = readonly [waits: 0 | 1, stream: string, seq: number];

export type ServedRow = readonly [customer: string, agent: string];

/** A file, and the message that takes it. */
export type TakenFileRow = readonly [file: string, interaction: string, seq: number];

export type NewFileRow = readonly [
  id: string,
  interaction: string,
  owner: string,
  bytes: number,
  name: string,
  at: number,
];
export type FileLimitRow = readonly [
  openOfOwner: number,
  openBytesOfOwner: number,
  openInAll: number,
  ofInteraction: number,
  bytesOfInteraction: number,
];

export type MarkRow = readonly [
  interaction: string,
  reader: string,
  delivered: number,
  read: number,
];

export type SessionRow = readonly [
  id: string,
  agent: string,
  tokenHash: string,
  previousHash: string | null,
  rotatedAt: number,
  expiresAt: number,
  revoked: 0 | 1,
];

export type WriteAnswers = {
  readonly append: AppendAnswer;
  readonly marks: null;
  readonly account: null;
  readonly session: null;
  readonly rotate: boolean;
  readonly audit: null;
  readonly revoke: null;
  readonly 'revoke-all': null;
  readonly fact: null;
  readonly forget: number;
  readonly 'forget-last-owners': number;
  readonly 'forget-sessions': number;
  readonly 'create-file': 'created' | FileLimit;
  readonly 'settle-file': boolean;
  readonly 'forget-file': boolean;
  readonly 'mail-tried': null;
  readonly 'forget-mails': number;
  readonly probe: null;
};

export type AppendAnswer =
  | readonly [type: 'appended', position: number]
  | readonly [type: 'duplicate', hash: string, answer: string]
  | readonly [type: 'conflict', stream: string, seq: number]
  | readonly [type: 'key-taken', stream: string]
  | readonly [type: 'file-taken', file: string];
