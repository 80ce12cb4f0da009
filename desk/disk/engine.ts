import type { CommandId, InteractionId, OfferId } from '../../protocol/ids.ts';
import type {
  DraftRow,
  EventRow,
  FactName,
  Facts,
  InteractionRow,
  OfferRow,
  OutboxRow,
  OutboxState,
} from './rows.ts';

/**
 * What a maker of the desk's disk provides: transactions over six tables. Everything that the
 * desk keeps is written through them once, in `create-disk.ts`, for all makers alike.
 */
export type Engine = {
  /** Sees one committed state throughout. */
  readonly read: <T>(tables: readonly TableName[], body: (t: Read) => Promise<T>) => Promise<T>;
  /**
   * All of it or, when `body` rejects or the machine stops, nothing. Writes on the same tables run
   * one after the other in the order of the calls. `strict` resolves once it survives a power cut,
   * `quick` once it survives the browser's end.
   */
  readonly write: <T>(
    durability: 'strict' | 'quick',
    tables: readonly TableName[],
    body: (t: Write) => Promise<T>,
  ) => Promise<T>;
  readonly close: () => void;
};

export const tableNames = [
  'facts',
  'interactions',
  'events',
  'offers',
  'outbox',
  'drafts',
] as const;
export type TableName = (typeof tableNames)[number];

export type Read = {
  readonly fact: <K extends FactName>(name: K) => Promise<Facts[K] | null>;
  readonly interaction: (id: InteractionId) => Promise<InteractionRow | null>;
  /** In no order; bounded by the agent's capacity. */
  readonly openInteractions: () => Promise<InteractionRow[]>;
  /** Newest first. */
  readonly doneInteractions: (skip: number, most: number) => Promise<InteractionRow[]>;
  /** Those that the transcript shows, after one seq and up to another, oldest first. */
  readonly shownEvents: (id: InteractionId, after: number, upTo: number) => Promise<EventRow[]>;
  readonly event: (id: InteractionId, seq: number) => Promise<EventRow | null>;
  readonly offers: () => Promise<OfferRow[]>;
  /** Four views of the outbox, each in the order of writing. */
  readonly outboxRow: (id: CommandId) => Promise<OutboxRow | null>;
  readonly outboxIn: (state: OutboxRow['state']) => Promise<OutboxRow[]>;
  readonly outboxOf: (lane: string) => Promise<OutboxRow[]>;
  readonly outboxAfter: (order: number) => Promise<OutboxRow[]>;
  readonly outboxSize: () => Promise<number>;
  readonly draft: (id: InteractionId) => Promise<DraftRow | null>;
  readonly drafts: () => Promise<DraftRow[]>;
};

export type NewOutboxRow = Omit<OutboxRow, 'order' | 'state'> & OutboxState;

export type Write = Read & {
  /** Null removes it. */
  readonly setFact: <K extends FactName>(name: K, value: Facts[K] | null) => Promise<void>;
  readonly putInteraction: (row: InteractionRow) => Promise<void>;
  /** The row and its events; drafts and outbox rows stay. */
  readonly dropInteraction: (id: InteractionId) => Promise<void>;
  readonly putEvents: (rows: readonly EventRow[]) => Promise<void>;
  readonly putOffer: (row: OfferRow) => Promise<void>;
  readonly dropOffer: (id: OfferId) => Promise<void>;
  readonly addOutboxRow: (row: NewOutboxRow) => Promise<void>;
  readonly putOutboxRow: (row: OutboxRow) => Promise<void>;
  /** Unknown ids are ignored. */
  readonly dropOutboxRows: (ids: readonly CommandId[]) => Promise<void>;
  readonly putDraft: (row: DraftRow) => Promise<void>;
  readonly dropDraft: (id: InteractionId) => Promise<void>;
  /** Empties whole tables of this transaction. */
  readonly clear: (tables: readonly TableName[]) => Promise<void>;
};
