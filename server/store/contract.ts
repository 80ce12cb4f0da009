import type { AgentEvent } from '../../protocol/agent-events.ts';
import type {
  AgentId,
  CommandId,
  CustomerId,
  FileId,
  InteractionId,
  StreamName,
} from '../../protocol/ids.ts';
import type { InteractionEvent } from '../../protocol/interaction-events.ts';
import type { Content } from '../../protocol/parts.ts';
import type { RefusalName } from '../../protocol/refusals.ts';
import type { StoredFile } from '../interactions/attachments.ts';
import type { MailChange, MailStore } from './mails.ts';

/**
 * Where everything is kept. One contract, several makers (SQLite embedded, PostgreSQL for a
 * cluster); `test/contracts/store.ts` is what each of them must pass.
 *
 * Every promise below resolves only when what it says is on the disk (fsynced). A promise that
 * rejects (StoreUnavailable) says nothing: it may be stored or not; the caller tries the same
 * command id again and hears which.
 */
export type Store = {
  /**
   * Appends to one or several streams at once, all or nothing, together with the command's id
   * and answer. Appends that arrive while a commit is under way share the next one (group
   * commit); they become visible in the order of their positions.
   *
   * Order of checks: `duplicate` (principal + commandId known) before `conflict` (a stream isn't
   * at `expected`) before `key-taken` before `file-taken`. A `message-posted` with files takes
   * them along: each must be ready and in no message yet, and is in this one from then on. What
   * is blanked loses its files: they are `removed` in the same transaction. Rejects, with another Error, when it names a stream twice
   * or would make one without an event: that is a bug.
   */
  readonly append: (append: Append) => Promise<AppendResult>;

  /** The newest snapshot of a stream and the events after it (without content); null: no such stream. */
  readonly load: (stream: StreamName) => Promise<LoadedStream | null>;

  /**
   * Events of one stream with seq > after, in order, with their content; at most `limit` events
   * and about `bytes` of body and content (at least one event when there is one).
   */
  readonly read: (
    stream: StreamName,
    after: number,
    limit: number,
    bytes: number,
  ) => Promise<StoredEvent[]>;

  /**
   * Events of all streams with position > after, in order of position, at most `limit`. A reader
   * that has seen position p is never shown an event ≤ p later.
   */
  readonly readAll: (after: number, limit: number) => Promise<StoredEvent[]>;

  /** The newest position and the newest event's time, both 0 in an empty store. */
  readonly newest: () => Promise<{ position: number; at: number }>;

  /** Every stream whose last snapshot says `open`, a page at a time (by stream name, after `after`). */
  readonly openStreams: (after: StreamName | null, limit: number) => Promise<LoadedStream[]>;

  /** The open stream that holds this key, or null. */
  readonly streamByKey: (key: string) => Promise<StreamName | null>;

  /** The stored answer to a command, or null. */
  readonly answer: (principal: string, commandId: CommandId) => Promise<StoredAnswer | null>;

  /** The newest agent whom an append named as serving this customer; null: none, or forgotten. */
  readonly lastOwner: (customer: CustomerId) => Promise<LastOwner | null>;
  /** Forgets who served nobody since `before`; at most `limit` customers at a time; says how many. */
  readonly forgetLastOwners: (before: number, limit: number) => Promise<number>;

  /** Forgets answers older than `before`; at most `limit` at a time; says how many. */
  readonly forgetAnswers: (before: number, limit: number) => Promise<number>;

  /** Raises high-water marks; a lower value than the stored one changes nothing. */
  readonly raiseMarks: (marks: readonly Mark[]) => Promise<void>;
  /** All marks of these interactions, at most 64 of them, in any order. */
  readonly marks: (interactions: readonly InteractionId[]) => Promise<Mark[]>;

  readonly mails: MailStore;
  readonly accounts: AccountStore;
  readonly sessions: SessionStore;
  readonly files: FileStore;
  readonly audit: AuditStore;

  /** Small facts of this installation (secrets, the demo's state). */
  readonly fact: (name: string) => Promise<string | null>;
  readonly setFact: (name: string, value: string) => Promise<void>;

  /** Writes and fsyncs something small; rejects when nothing can be stored (`/readyz`). */
  readonly probe: () => Promise<void>;
  /** Finishes what is under way, then closes. Later calls reject. */
  readonly close: () => Promise<void>;
};

export type EventBody = InteractionEvent | AgentEvent;

export type Append = {
  readonly principal: string;
  readonly commandId: CommandId;
  /** Keyed hash of the parsed command before the guard: the same id with another body is refused. */
  readonly hash: string;
  /** What every repetition of the command will hear; JSON. */
  readonly answer: string;
  /** Server time of all events of this append. */
  readonly at: number;
  /** May be empty: a refusal is stored with its answer alone. */
  readonly streams: readonly StreamAppend[];
  /** Who serves these customers now, kept in the same transaction for `lastOwner`; the newest `at` counts. */
  readonly served?: readonly Served[];
  /** Who did what that is audited, kept in the same transaction; their time is `at`. */
  readonly audited?: readonly AuditEntry[];
  /** Which mails wait to be sent from now on, and which no more; in the same transaction. */
  readonly mails?: readonly MailChange[];
};

export type Served = { readonly customer: CustomerId; readonly agent: AgentId };
export type LastOwner = { readonly agent: AgentId; readonly at: number };

export type StreamAppend = {
  readonly stream: StreamName;
  /** The seq the stream must be at: 0 for a new one. */
  readonly expected: number;
  readonly events: readonly NewEvent[];
  /** Seqs of this stream whose content is blanked in the same transaction (text gone from the disk). */
  readonly blank?: readonly number[];
  /** The state after these events; null leaves the older snapshot in place. */
  readonly snapshot: Snapshot | null;
};

export type NewEvent = { readonly body: EventBody; readonly content?: Content };

export type Snapshot = {
  /** JSON-able. */
  readonly state: unknown;
  /** False once nothing can happen any more: it is not loaded at start. */
  readonly open: boolean;
  /** Unique among open streams (an open interaction's customer); null: none. Freed when not open. */
  readonly key: string | null;
};

export type AppendResult =
  /**
   * `position` is the last event's; the events of one append have consecutive positions. Without
   * events it is the newest one of the store.
   */
  | { readonly type: 'appended'; readonly position: number }
  | { readonly type: 'duplicate'; readonly stored: StoredAnswer }
  | { readonly type: 'conflict'; readonly stream: StreamName; readonly seq: number }
  /** `stream` is the one that holds the key. */
  | { readonly type: 'key-taken'; readonly stream: StreamName }
  /** A message's file isn't ready, is in another message, or is gone. */
  | { readonly type: 'file-taken'; readonly file: FileId };

export type StoredAnswer = { readonly hash: string; readonly answer: string };

export type StoredEvent = {
  readonly position: number;
  readonly stream: StreamName;
  readonly seq: number;
  readonly at: number;
  readonly principal: string;
  readonly commandId: CommandId;
  readonly body: EventBody;
  /** Null once blanked, undefined where the event never had any. */
  readonly content?: Content | null;
};

export type LoadedStream = {
  readonly stream: StreamName;
  readonly seq: number;
  readonly snapshot: { readonly seq: number; readonly state: unknown } | null;
  /** Events after the snapshot, without content. */
  readonly events: readonly {
    readonly seq: number;
    readonly at: number;
    readonly body: EventBody;
  }[];
};

/** reader: `customer`, or an agent's id. */
export type Mark = {
  readonly interaction: InteractionId;
  readonly reader: 'customer' | AgentId;
  readonly delivered: number;
  readonly read: number;
};

export type Account = {
  readonly agent: AgentId;
  readonly email: string;
  /** PHC string, or null while no password was set (an invited agent). */
  readonly passwordHash: string | null;
};
export type AccountStore = {
  readonly byEmail: (email: string) => Promise<Account | null>;
  readonly byAgent: (agent: AgentId) => Promise<Account | null>;
  /** Creates or replaces. Rejects, with another Error, when another agent has this e-mail. */
  readonly put: (account: Account) => Promise<void>;
};

/** One sign-in: a family of refresh tokens that replace each other. Only hashes are stored. */
export type Session = {
  readonly id: string;
  readonly agent: AgentId;
  readonly tokenHash: string;
  /** The token before; shown again it is either a lost answer (within seconds) or theft. */
  readonly previousHash: string | null;
  readonly rotatedAt: number;
  readonly expiresAt: number;
  readonly revoked: boolean;
};
export type SessionStore = {
  /** Rejects, with another Error, when there is a session of this id. */
  readonly create: (session: Session) => Promise<void>;
  readonly get: (id: string) => Promise<Session | null>;
  /** Compare-and-set on `tokenHash`; false: somebody else rotated or revoked it first. */
  readonly rotate: (
    id: string,
    from: string,
    to: string,
    at: number,
    expiresAt: number,
  ) => Promise<boolean>;
  readonly revoke: (id: string) => Promise<void>;
  readonly revokeAllOf: (agent: AgentId) => Promise<void>;
  /** Removes sessions that expired before `before`; at most `limit` at a time; says how many. */
  readonly forgetExpired: (before: number, limit: number) => Promise<number>;
};

/** What is known of files; their bytes lie elsewhere (`server/files`). */
export type FileStore = {
  /** Keeps a new file that is `coming`, unless that would be more than a limit allows. */
  readonly create: (file: NewFile, limits: FileLimits) => Promise<'created' | FileLimit>;
  /** Those that exist, in the order of the ids. */
  readonly byIds: (ids: readonly FileId[]) => Promise<StoredFile[]>;
  /** From `coming` to what was found; false: it wasn't coming any more. */
  readonly settle: (id: FileId, found: FoundFile) => Promise<boolean>;
  /** Forgets a file that no message holds; false: one does, or there is no such file. */
  readonly forget: (id: FileId) => Promise<boolean>;
  /** Removed; or in no message and begun before `before`. At most `limit`, the oldest of each first. */
  readonly orphans: (before: number, limit: number) => Promise<StoredFile[]>;
  /** All that are coming, by id after `after`, at most `limit`. */
  readonly coming: (after: string, limit: number) => Promise<StoredFile[]>;
};

export type NewFile = Pick<StoredFile, 'id' | 'interaction' | 'owner' | 'bytes' | 'name' | 'at'>;
export type FoundFile =
  | { readonly state: 'ready'; readonly type: string; readonly name: string }
  | { readonly state: 'refused'; readonly refusal: RefusalName };
/**
 * At most so much with the new one. A file counts as open until a message has taken it; the bytes
 * of one that was refused or removed weigh nothing.
 */
export type FileLimits = {
  readonly openOfOwner: number;
  readonly openBytesOfOwner: number;
  readonly openInAll: number;
  readonly ofInteraction: number;
  readonly bytesOfInteraction: number;
};
/** Of whom there are too many. */
export type FileLimit = 'owner' | 'all' | 'interaction';

/**
 * Who did what to whom or what, for admins (TRUST-4). Ids and keyed hashes only: never a name, an
 * address or a word that somebody wrote.
 */
export type AuditEntry = {
  /** An agent's id; `operator`: somebody at the server's own command line. */
  readonly actor: string;
  readonly action: string;
  /** `interaction:ID`, `agent:ID`, `customer:HASH`; null: the whole centre. */
  readonly object: string | null;
};
/** `number` counts up with the time of storing. */
export type AuditRow = AuditEntry & { readonly number: number; readonly at: number };
/** It only grows: there is no way to change or remove a row. */
export type AuditStore = {
  readonly add: (entries: readonly AuditEntry[], at: number) => Promise<void>;
  /** The newest before this number (null: of all), newest first, at most `limit`. */
  readonly before: (number: number | null, limit: number) => Promise<AuditRow[]>;
};

/** Weather: the store can't be reached or can't write now (disk full, connection gone, closed). */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}
