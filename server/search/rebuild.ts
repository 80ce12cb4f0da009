import { openLog } from '../store/sqlite/open-log.ts';
import { createCatchUp } from './catch-up.ts';
import { openIndex, removeIndex } from './index-file.ts';

/**
 * Throws the index away and makes it anew from the log; says how many events were read. Nobody else
 * may have it open. Blocks its thread until it is done: it is a command's, not a server's.
 */
export function rebuildIndex(
  files: { readonly log: string; readonly index: string; readonly country: string | null },
  say: (position: number) => void = () => {},
): number {
  removeIndex(files.index);
  const db = openIndex(files.index, files.country);
  const log = openLog(files.log);
  try {
    const look = createCatchUp(db, log, files.country);
    for (;;) {
      const { position, more } = look();
      say(position);
      if (!more) return position;
    }
  } finally {
    log.close();
    db.close();
  }
}
