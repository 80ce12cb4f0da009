/**
 * Primary result codes of SQLite that say something about the disk, the memory or another
 * process, and nothing about the statement: the same job may succeed a moment later.
 */
const WEATHER = new Map([
  [5, 'busy'],
  [6, 'locked'],
  [7, 'no memory'],
  [8, 'read-only'],
  [9, 'interrupted'],
  [10, 'I/O error'],
  [11, 'damaged'],
  [13, 'disk full'],
  [14, 'can’t be opened'],
  [15, 'locking failed'],
  [26, 'not a database'],
]);

/** What the weather is called when this error is weather, else null: then it is a bug. */
export function weather(error: unknown): string | null {
  const code = (error as { errcode?: unknown }).errcode;
  if (typeof code !== 'number') return null;
  return WEATHER.get(code & 0xff) ?? null;
}
