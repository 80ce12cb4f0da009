import type { Ledger } from './ledger.ts';
import type { ProcessFigures } from './process-figures.ts';

/**
 * a: a bare relay; b: the same with every message stored before it is acknowledged;
 * c: Deskside through its real doors.
 */
export const subjectNames = ['a', 'b', 'c'] as const;
export type SubjectName = (typeof subjectNames)[number];
export type Side = 'customer' | 'agent';

/** An agent's socket holds at most so many interactions; `protocol/limits.ts` knows why. */
export const PAIRS_PER_AGENT = 12;

/**
 * A server under load, with all of its clients. A pair is one interaction: a customer's socket of
 * its own and a share of an agent's. What arrives is told to the ledger.
 */
export type Subject = {
  readonly name: SubjectName;
  /** Starts the server on empty data and returns the milliseconds until it took connections. */
  readonly start: () => Promise<number>;
  /** Opens the sockets of so many further pairs. */
  readonly open: (pairs: number) => Promise<void>;
  /** Gives every opened pair its interaction, ready for messages both ways. */
  readonly talk: () => Promise<void>;
  readonly clients: () => number;
  /** Says message `n` of the ledger; never waits. */
  readonly post: (pair: number, side: Side, n: number) => void;
  readonly figures: (collect?: boolean) => Promise<ProcessFigures>;
  /** Cuts the server off as a power failure would. */
  readonly kill: () => Promise<void>;
  /**
   * Starts the server on the same data, and all clients again, each as if it had missed the last
   * `missed` entries of its interactions. Resolves when all have what they had before.
   */
  readonly resume: (missed: number) => Promise<Resumed>;
  /** Closes everything and removes the data. */
  readonly stop: () => Promise<void>;
};

export type Resumed = {
  /** From the start of the process until it took connections. */
  readonly readyMs: number;
  /** From then on until the last client had caught up. */
  readonly caughtUpMs: number;
};

export type SubjectDeps = {
  readonly ledger: Ledger;
  /** An empty folder of its own; removed by `stop`. */
  readonly folder: string;
  readonly nodeOptions: readonly string[];
};
