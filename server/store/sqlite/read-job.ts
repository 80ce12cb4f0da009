import type { MarkRow, SessionRow } from './write-job.ts';

/** What a reader thread can be asked, and what it answers; tuples as in `write-job.ts`. */
export type ReadJob =
  | readonly [kind: 'load', stream: string]
  | readonly [kind: 'read', stream: string, after: number, limit: number, bytes: number]
  | readonly [kind: 'read-all', after: number, limit: number, bytes: number]
  | readonly [kind: 'newest']
  | readonly [kind: 'open-streams', after: string, limit: number, bytes: number]
  | readonly [kind: 'key', key: string]
  | readonly [kind: 'answer', principal: string, commandId: string]
  | readonly [kind: 'marks', interactions: readonly string[]]
  | readonly [kind: 'last-owner', customer: string]
  | readonly [kind: 'mails-waiting', limit: number]
  | readonly [kind: 'mails-asked', principal: string, since: number]
  | readonly [kind: 'account-by-email', email: string]
  | readonly [kind: 'account-by-agent', agent: string]
  | readonly [kind: 'session', id: string]
  | readonly [kind: 'files', ids: readonly string[]]
  | readonly [kind: 'orphan-files', before: number, limit: number]
  | readonly [kind: 'coming-files', after: string, limit: number]
  | readonly [kind: 'audit', before: number, limit: number]
  | readonly [kind: 'fact', name: string];

export type ReadAnswers = {
  readonly load: LoadedRow | null;
  readonly read: Page<EventRow>;
  readonly 'read-all': Page<EventRow>;
  readonly newest: readonly [position: number, at: number] | null;
  readonly 'open-streams': Page<LoadedRow>;
  readonly key: readonly [stream: string] | null;
  readonly answer: readonly [hash: string, answer: string] | null;
  readonly marks: readonly MarkRow[];
  readonly 'last-owner': readonly [agent: string, at: number] | null;
  readonly 'mails-waiting': readonly WaitingMailRow[];
  readonly 'mails-asked': readonly [count: number];
  readonly 'account-by-email': AccountRow | null;
  readonly 'account-by-agent': AccountRow | null;
  readonly session: SessionRow | null;
  readonly files: readonly FileRow[];
  readonly 'orphan-files': readonly FileRow[];
  readonly 'coming-files': readonly FileRow[];
  readonly audit: readonly AuditJobRow[];
  readonly fact: readonly [value: string] | null;
};

/** `bytes`: what the rows weigh. `more`: the page was full by weight, not by number. */
export type Page<Row> = readonly [rows: readonly Row[], bytes: number, more: boolean];

export type EventRow = readonly [
  position: number,
  stream: string,
  seq: number,
  at: number,
  version: number,
  principal: string,
  commandId: string,
  body: string,
  /** 0: the event never had any. */
  hasContent: 0 | 1,
  content: string | null,
];

export type LoadedRow = readonly [
  stream: string,
  snapshotSeq: number,
  snapshot: string | null,
  events: readonly LoadedEventRow[],
];
export type LoadedEventRow = readonly [seq: number, at: number, version: number, body: string];

export type AuditJobRow = readonly [
  number: number,
  at: number,
  actor: string,
  action: string,
  object: string | null,
];

export type WaitingMailRow = readonly [
  stream: string,
  seq: number,
  attempts: number,
  dueAt: number,
];

export type AccountRow = readonly [agent: string, email: string, passwordHash: string | null];

export type FileRow = readonly [
  id: string,
  interaction: string,
  owner: string,
  bytes: number,
  name: string,
  state: string,
  refusal: string | null,
  type: string,
  at: number,
  seq: number | null,
];
