import { addAbortSignal, pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';

/** A year of a large centre takes minutes; a reader who takes longer is none. */
const EXPORT_MS_MAX = 10 * 60_000;

/** Ready for a reader who is a little slow. */
const WAITING_BYTES = 64 * 1024;

/**
 * RFC 4180 as it is made: UTF-8, CRLF, a header. It begins with a byte order mark, without which
 * Excel takes UTF-8 for the system's old code page; everything else skips it. A cell that a
 * spreadsheet would take for a formula (= + - @ tab CR first) gets a quote before it. Rows are
 * made as fast as they are read, and no more once the reader is gone; when they can't be, the
 * stream fails rather than end as if that were all. `over` is called once, whichever of these it
 * is.
 */
export function csvOf<Column extends string>(
  columns: readonly Column[],
  rows: AsyncIterable<Readonly<Record<Column, string>>>,
  over: () => void,
): ReadableStream<Uint8Array> {
  const cells = stringify({
    columns: [...columns],
    header: true,
    bom: true,
    record_delimiter: 'windows',
    // Left out, only CRLF is quoted: a bare line end in a cell would begin a row.
    quote_record_delimiter: true,
    escape_formulas: true,
  });
  addAbortSignal(AbortSignal.timeout(EXPORT_MS_MAX), cells);
  // Whoever reads the stream hears of its failure.
  pipeline(Readable.from(rows), cells, () => over());
  // Left out, it counts pieces in place of bytes, and most of a year would wait in memory.
  const strategy = new ByteLengthQueuingStrategy({ highWaterMark: WAITING_BYTES });
  return Readable.toWeb(cells, { strategy }) as ReadableStream<Uint8Array>;
}
