import { limits } from '../../protocol/limits.ts';
import type { FileLimits } from '../store/contract.ts';

/** What one sender, one interaction and all together may have on their way. */
export const openFiles: FileLimits = {
  /** Two messages' worth: one is written while another one waits to be sent. */
  openOfOwner: 2 * limits.messageFiles,
  openBytesOfOwner: 2 * limits.messageFilesBytes,
  /** A large centre at its busiest; each costs a row and a file. */
  openInAll: 2_000,
  /** A conversation with more is a place to keep files. */
  ofInteraction: 200,
  bytesOfInteraction: 10 * limits.messageFilesBytes,
};

/** A desk that was closed over night still sends its message; then its files are cleared away. */
export const OPEN_MS = 24 * 3_600_000;

/**
 * Parts and downloads under way: each part is a file that is open and a megabyte on its way. All
 * customers of one address have a quarter: who doesn't read what they ask for keeps nobody else out.
 */
export const underWay = { inAll: 256, ofOne: 12, ofAddress: 64 } as const;
