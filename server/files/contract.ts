import type { Readable } from 'node:stream';
import type { FileId } from '../../protocol/ids.ts';

/**
 * Where the bytes of files lie. One contract; `test/contracts/depot.ts` is what each maker must
 * pass. Ids are random and come from us alone. What is known of a file stands in the store; bytes
 * that no row knows are nobody's.
 *
 * A promise below resolves when what it says is on the disk (fsynced).
 */
export type Depot = {
  /** Makes an empty place for a file of that many bytes. Rejects with NoRoom, leaving nothing. */
  readonly put: (id: FileId, bytes: number) => Promise<void>;
  /**
   * Adds a part to a file that has `offset` bytes and is not finished; says how many it has then.
   * Of a part that breaks off (its line was cut) what came is kept. Rejects with NoRoom when there
   * is none, with another Error when the file isn't where the part begins; then nothing is kept.
   */
  readonly append: (id: FileId, offset: number, part: AsyncIterable<Uint8Array>) => Promise<number>;
  /** How many bytes are there, finished or not; null: no such file. */
  readonly size: (id: FileId) => Promise<number | null>;
  /** From now on it can be read and not be added to; a second time it is so already. */
  readonly finish: (id: FileId) => Promise<void>;
  /** Bytes `from` to `to`, both included, of a finished file; the stream fails where there is none. */
  readonly read: (id: FileId, from: number, to: number) => Readable;
  /** A path on this machine under which the bytes can be read, finished or not, until they are removed. */
  readonly pathOf: (id: FileId) => Promise<string>;
  /** Takes it away; what isn't there is away already. */
  readonly remove: (id: FileId) => Promise<void>;
  /** Every file, finished or not, in any order. */
  readonly list: () => AsyncIterable<FileId>;
};

/** Weather: the disk is as full as files may make it. */
export class NoRoom extends Error {
  override readonly name = 'NoRoom';
}
