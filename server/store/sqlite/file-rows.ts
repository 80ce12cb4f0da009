import type { DatabaseSync } from 'node:sqlite';
import type { FileLimit } from '../contract.ts';
import type { FileLimitRow, NewFileRow, TakenFileRow } from './write-job.ts';

/** The rows of files, as the writer changes them: alone, or in the transaction of a message. */
export function createFileRows(db: DatabaseSync) {
  const sql = prepare(db);

  /** Of whom there would be too many with this one; null: there is room. */
  function beyond(file: NewFileRow, limits: FileLimitRow): FileLimit | null {
    const [, interaction, owner, bytes] = file;
    const [openOfOwner, openBytesOfOwner, openInAll, ofInteraction, bytesOfInteraction] = limits;
    const [own, ownBytes] = pair(sql.openOfOwner.get(owner));
    if (own >= openOfOwner || ownBytes + bytes > openBytesOfOwner) return 'owner';
    const [inside, insideBytes] = pair(sql.ofInteraction.get(interaction));
    if (inside >= ofInteraction || insideBytes + bytes > bytesOfInteraction) return 'interaction';
    const { open } = sql.openInAll.get() as { readonly open: number };
    return open >= openInAll ? 'all' : null;
  }

  return {
    create(file: NewFileRow, limits: FileLimitRow): 'created' | FileLimit {
      const limit = beyond(file, limits);
      if (limit === null) sql.insert.run(...file);
      return limit ?? 'created';
    },
    settle: (id: string, state: string, refusal: string | null, type: string, name: string) =>
      sql.settle.run(state, refusal, type, name, id).changes === 1,
    forget: (id: string): boolean => sql.forget.run(id).changes === 1,

    /** The first of these files that a message can't take, or null. */
    taken: (files: readonly TakenFileRow[]): string | null =>
      files.find(([file, interaction]) => sql.isFree.get(file, interaction) === undefined)?.[0] ??
      null,
    /** Its name is in the message's content from now on. */
    take: ([file, , seq]: TakenFileRow): void => void sql.take.run(seq, file),
    /** The words of this message are gone, and so are its files. */
    remove: (interaction: string, seq: number): void => void sql.remove.run(interaction, seq),
  };
}

const pair = (row: unknown): readonly [count: number, bytes: number] =>
  row as readonly [number, number];

function prepare(db: DatabaseSync) {
  // Of those that were refused or removed the bytes are gone.
  const counts = (where: string) => {
    const statement = db.prepare(`
      SELECT count(*), ifnull(sum(bytes) FILTER (WHERE state IN ('coming', 'ready')), 0)
      FROM files ${where}`);
    statement.setReturnArrays(true);
    return statement;
  };
  return {
    openOfOwner: counts('WHERE owner = ? AND seq IS NULL'),
    ofInteraction: counts('WHERE interaction = ?'),
    // The condition on the time makes it walk the index of open files alone: as many as the limit.
    openInAll: db.prepare('SELECT count(*) AS open FROM files WHERE seq IS NULL AND at >= 0'),
    insert: db.prepare(`
      INSERT INTO files (id, interaction, owner, bytes, name, at, state, type)
      VALUES (?, ?, ?, ?, ?, ?, 'coming', '')`),
    settle: db.prepare(`
      UPDATE files SET state = ?, refusal = ?, type = ?, name = ?
      WHERE id = ? AND state = 'coming'`),
    forget: db.prepare(`DELETE FROM files WHERE id = ? AND (seq IS NULL OR state = 'removed')`),
    isFree: db.prepare(`
      SELECT 1 FROM files WHERE id = ? AND interaction = ? AND state = 'ready' AND seq IS NULL`),
    take: db.prepare(`UPDATE files SET seq = ?, name = '' WHERE id = ?`),
    remove: db.prepare(`
      UPDATE files SET state = 'removed', name = '' WHERE interaction = ? AND seq = ?`),
  };
}
