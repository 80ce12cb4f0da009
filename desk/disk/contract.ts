import type { AgentCommand } from '../../protocol/commands.ts';
import type { AgentWelcome, BatchPart, CentreFrame, Cursor } from '../../protocol/frames.ts';
import type { AgentId, CommandId, DeskId, InteractionId, StreamName } from '../../protocol/ids.ts';
import type { RefusalName } from '../../protocol/refusals.ts';
import type {
  Account,
  AgentCopy,
  ConnectionFact,
  DraftRow,
  EventRow,
  FactName,
  Facts,
  InteractionRow,
  OfferRow,
  OutboxRow,
  ServerTime,
} from './rows.ts';

/**
 * Everything the desk keeps, shared by all contexts of the extension. Each method is one
 * transaction: it happens wholly or not at all. It rejects only when the disk fails.
 */
export type DeskDisk = SessionDisk & InboundDisk & OutboxDisk & DraftsDisk & ViewsDisk & Closing;

type Closing = { readonly close: () => void };

export type SessionDisk = {
  /** Makes this agent the desk's. What another agent or server left behind is removed; the same agent's rows stay. */
  readonly signIn: (account: Omit<Account, 'signedIn' | 'claim'>) => Promise<void>;
  /** Survives a power cut before it resolves: the old token is worth nothing soon. */
  readonly refreshed: (agent: AgentId, refreshToken: string) => Promise<void>;
  /** The server takes this refresh token no longer; nothing else is lost. An older token changes nothing. */
  readonly expire: (refreshToken: string) => Promise<void>;
  /** Removes the agent and all copies, drafts and unsent rows; the desk's id, the server's address and the language stay. */
  readonly signOut: () => Promise<void>;
  /** STATE-11: the next hello takes the agent back to this desk. */
  readonly claim: () => Promise<void>;
  readonly setTime: (time: ServerTime) => Promise<void>;
  readonly setConnection: (connection: ConnectionFact) => Promise<void>;
  readonly select: (interaction: InteractionId | null) => Promise<void>;
  readonly rememberServer: (server: string) => Promise<void>;
  /** The language that the panel speaks. */
  readonly speak: (language: string) => Promise<void>;
  /** The desk's id; made on the first call. */
  readonly desk: (newDesk: () => DeskId) => Promise<DeskId>;
};

/** What a hello says; null when nobody is signed in. */
export type Greeting = {
  readonly account: Account;
  readonly agentSeq: number;
  /** Open interactions, at most 60. */
  readonly cursors: readonly Cursor[];
};

export type Missing = {
  readonly stream: StreamName;
  readonly epoch: number;
  readonly after: number;
  /** The epoch isn't known here: its grant is still on the way, or was lost. */
  readonly early: boolean;
};

export type BatchResult = {
  /** One per part, in their order. */
  readonly parts: readonly ('applied' | 'duplicate' | 'gap')[];
  /** What must be sent again, and from where. */
  readonly missing: readonly Missing[];
  /** Outbox rows whose event has arrived; they are gone. */
  readonly settled: readonly CommandId[];
  /** Memberships that began in this batch. */
  readonly granted: readonly { readonly interaction: InteractionId; readonly epoch: number }[];
};

export type InboundDisk = {
  readonly greeting: () => Promise<Greeting | null>;
  /** Set-up and, when there is one, the snapshot: it replaces status, offers and memberships. Returns the settled rows. */
  readonly applyWelcome: (welcome: AgentWelcome) => Promise<readonly CommandId[]>;
  /** The set-up has changed. */
  readonly applyCentre: (centre: CentreFrame) => Promise<void>;
  /** Rows and cursors together. A part that doesn't follow its cursor changes nothing. */
  readonly applyBatch: (parts: readonly BatchPart[]) => Promise<BatchResult>;
  /** High-water marks only rise; those of unknown interactions are ignored. */
  readonly applyMarks: (marks: MarksFrame) => Promise<void>;
  /** A person has seen everything up to `seq`. */
  readonly markRead: (interaction: InteractionId, seq: number) => Promise<void>;
  /** The newest `readTo` of each open interaction that has one. */
  readonly reads: () => Promise<readonly { interaction: InteractionId; seq: number }[]>;
  readonly offers: () => Promise<readonly OfferRow[]>;
  readonly agent: () => Promise<AgentCopy | null>;
  /** Removes done interactions beyond the newest `done`, and drafts of unknown interactions beyond `drafts`. */
  readonly trim: (keep: { readonly done: number; readonly drafts: number }) => Promise<void>;
};

export type MarksFrame = {
  readonly interaction: InteractionId;
  readonly reader: 'customer' | 'agent';
  readonly delivered: number;
  readonly read: number;
};

export type NewCommand = {
  readonly id: CommandId;
  readonly command: AgentCommand;
  readonly createdAt: number;
};

export type OutboxDisk = {
  /**
   * Survives a power cut before it resolves. A `post` empties the draft in the same transaction.
   * `full`: nothing was written, there are `OUTBOX_ROWS_MAX` rows already.
   */
  readonly enqueue: (command: NewCommand) => Promise<'queued' | 'full'>;
  /** Rows that wait to be sent and were written after `order`, in their order. */
  readonly waiting: (order: number) => Promise<readonly OutboxRow[]>;
  /** Stored by the server. The row goes when its event is here, or at once when none will come. */
  readonly acknowledge: (id: CommandId, stream: StreamName, seq: number) => Promise<void>;
  /** A final no: the row stays until the agent retries or discards it. */
  readonly refuse: (id: CommandId, refusal: RefusalName) => Promise<void>;
  /** A refused row becomes a waiting one with a new id, last in its lane. */
  readonly retry: (id: CommandId, newId: CommandId, createdAt: number) => Promise<void>;
  /** Removes a refused row. */
  readonly discard: (id: CommandId) => Promise<void>;
};

/** An hour of an agent's busiest typing, many times over. */
export const OUTBOX_ROWS_MAX = 2_000;

export type DraftsDisk = {
  readonly draft: (interaction: InteractionId) => Promise<DraftRow | null>;
  /** Survives a power cut before it resolves. Fields left out stay as they are. */
  readonly saveDraft: (
    interaction: InteractionId,
    fields: Partial<Pick<DraftRow, 'text' | 'dispositions' | 'note'>>,
    savedAt: number,
  ) => Promise<void>;
};

/** What the panel asks for; each answer is read from one committed state. */
export type ViewsDisk = {
  readonly fact: <K extends FactName>(name: K) => Promise<Facts[K] | null>;
  /** All that is on screen whatever is opened. Bounded: capacity, rings, outbox. */
  readonly overview: () => Promise<Overview>;
  readonly openInteractions: () => Promise<readonly InteractionRow[]>;
  /** Newest first. */
  readonly doneInteractions: (most: number) => Promise<readonly InteractionRow[]>;
  readonly interaction: (interaction: InteractionId) => Promise<InteractionRow | null>;
  /** The newest `most` events that the transcript shows, and own messages that are not among the stored ones. */
  readonly transcript: (interaction: InteractionId, most: number) => Promise<Transcript>;
};

export type Overview = {
  readonly account: Account | null;
  readonly agent: AgentCopy | null;
  readonly time: ServerTime | null;
  readonly connection: ConnectionFact | null;
  readonly lastServer: string | null;
  /** In no order. */
  readonly open: readonly InteractionRow[];
  readonly offers: readonly OfferRow[];
  /** The whole outbox in order. */
  readonly outbox: readonly OutboxRow[];
  /** Refused posts whose conversations are not on this desk any more. */
  readonly stranded: readonly CommandId[];
};

export type Transcript = {
  readonly row: InteractionRow | null;
  /** Oldest first. */
  readonly events: readonly EventRow[];
  readonly hasEarlier: boolean;
  readonly unsent: readonly OutboxRow[];
};
