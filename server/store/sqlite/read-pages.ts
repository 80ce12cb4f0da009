import type { Page } from './read-job.ts';

/**
 * The main thread parses about this much in one go (about 1 ms), then others have their turn:
 * what was asked for at once is fetched in pages of this size.
 */
const PAGE_BYTES = 256 * 1024;

export type Paged<Row, Item, Cursor> = {
  readonly after: Cursor;
  /** At most so many. */
  readonly limit: number;
  /** About so many bytes, at least one item; without end when it is left out. */
  readonly bytes?: number;
  readonly page: (after: Cursor, limit: number, bytes: number) => Promise<Page<Row>>;
  readonly decode: (row: Row) => Item;
  readonly cursor: (item: Item) => Cursor;
};

export async function readPages<Row, Item, Cursor>(paged: Paged<Row, Item, Cursor>) {
  const { limit, bytes = Number.POSITIVE_INFINITY, page, decode, cursor } = paged;
  const items: Item[] = [];
  let after = paged.after;
  let left = bytes;
  for (;;) {
    const most = Math.min(PAGE_BYTES, left);
    const [rows, weight, more] = await page(after, limit - items.length, most);
    for (const row of rows) items.push(decode(row));
    const last = items.at(-1);
    if (last === undefined || !more || most === left) return items;
    after = cursor(last);
    left -= weight;
  }
}
