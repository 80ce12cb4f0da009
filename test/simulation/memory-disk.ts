import type { AgentId, CustomerId, FileId, InteractionId, StreamName } from '../../protocol/ids.ts';
import type { StoredFile } from '../../server/interactions/attachments.ts';
import type {
  Account,
  AuditRow,
  LastOwner,
  Mark,
  Session,
  StoredAnswer,
  StoredEvent,
} from '../../server/store/contract.ts';
import type { MailId } from '../../server/store/mails.ts';

/** What survives a crash. */
export type MemoryDisk = {
  readonly streams: Map<StreamName, DiskStream>;
  /** The event at position p is at p - 1. */
  readonly events: DiskEvent[];
  readonly keys: Map<string, StreamName>;
  readonly commands: Map<string, StoredAnswer & { readonly at: number }>;
  readonly marks: Map<InteractionId, Map<Mark['reader'], Mark>>;
  readonly accounts: Map<AgentId, Account>;
  readonly sessions: Map<string, Session>;
  readonly lastOwners: Map<CustomerId, LastOwner>;
  readonly files: Map<FileId, StoredFile>;
  readonly audit: AuditRow[];
  /** By stream and seq; `dueAt` null once it is over. */
  readonly mails: Map<string, DiskMail>;
  readonly facts: Map<string, string>;
  probes: number;
  /** The store that runs over this disk; an older one is a dead process. */
  owner: object | null;
};

export type DiskMail = MailId & {
  readonly principal: string;
  readonly at: number;
  readonly attempts: number;
  readonly dueAt: number | null;
};

export type DiskStream = {
  readonly events: DiskEvent[];
  snapshot: { readonly seq: number; readonly state: string } | null;
  open: boolean;
  key: string | null;
};

/** Events are frozen: who changes what the store gave out is found at once. */
export type DiskEvent = { event: StoredEvent; bytes: number };

export const createMemoryDisk = (): MemoryDisk => ({
  streams: new Map(),
  events: [],
  keys: new Map(),
  commands: new Map(),
  marks: new Map(),
  accounts: new Map(),
  sessions: new Map(),
  lastOwners: new Map(),
  files: new Map(),
  audit: [],
  mails: new Map(),
  facts: new Map(),
  probes: 0,
  owner: null,
});
