import type { CustomerCommand } from '../../protocol/commands.ts';
import type { CommandId, InteractionId } from '../../protocol/ids.ts';
import type { RefusalName } from '../../protocol/refusals.ts';

/**
 * What a customer's browser keeps of one site, shared by all tabs: the secret, the outbox, how far
 * they have read. Two makers: indexed-disk (IndexedDB) and memory-disk (a browser that keeps
 * nothing for us, and simulations).
 */
export type WidgetDisk = {
  /** The secret of this browser; when there is none, `fresh` is it from now on. Two tabs that ask at once get the same. */
  readonly secret: (fresh: string) => Promise<string>;
  /** All rows, oldest first. */
  readonly rows: () => Promise<readonly OutboxRow[]>;
  /** Resolves when the row would survive the machine losing power. `instead` goes in the same step. */
  readonly add: (row: OutboxRow, instead?: CommandId) => Promise<void>;
  /** No error when it is gone already. */
  readonly remove: (id: CommandId) => Promise<void>;
  readonly fail: (id: CommandId, failure: Failure) => Promise<void>;
  /** Rows that waited for an interaction belong to this one; `start`, whose answer it is, goes in the same step. */
  readonly place: (interaction: InteractionId, start: CommandId | null) => Promise<void>;
  /** How far the customer has read, or null. May be lost. */
  readonly readUpTo: () => Promise<ReadUpTo | null>;
  readonly setReadUpTo: (read: ReadUpTo) => Promise<void>;
  /** Calls back after any change, whichever tab made it. Returns a function that ends it. */
  readonly onChange: (hear: () => void) => () => void;
  /**
   * Asks to be the tab that sends; `mine` runs with true when it is, with false when another took
   * it over. Held until `close`. `now` takes it from a tab that doesn't move (the browser may have
   * put it to sleep).
   */
  readonly takeTurn: (mine: (held: boolean) => void, now: boolean) => void;
  readonly close: () => void;
};

export type OutboxRow = {
  readonly id: CommandId;
  readonly command: OutboxCommand;
  /** When it was written, by this machine's clock; only shown. */
  readonly at: number;
  readonly failed: Failure | null;
};

/** A command that may still wait for its interaction to begin (null). */
export type OutboxCommand =
  | Extract<CustomerCommand, { type: 'start' }>
  | {
      readonly type: 'post';
      readonly interaction: InteractionId | null;
      readonly text: string;
    }
  | { readonly type: 'leave'; readonly interaction: InteractionId | null };

/** The server's final no, or: this browser could not keep it. */
export type Failure = RefusalName | 'not-kept';

export type ReadUpTo = { readonly interaction: InteractionId; readonly seq: number };

/** More than this waiting is not a person writing. */
export const OUTBOX_ROWS = 100;
