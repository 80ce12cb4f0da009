import { Readable } from 'node:stream';
import { create as contentDisposition } from 'content-disposition';
import type { Context } from 'hono';
import parseRange from 'range-parser';
import type { Files } from '../files/files.ts';
import type { StoredFile } from '../interactions/attachments.ts';

/**
 * The answer with a file's bytes, or with the one part that was asked for. It is saved, never
 * shown as a page of ours: whatever is in it, it can't act here.
 *
 * @param over Called once, when the last byte has gone or the reader has.
 */
export function giveFile(
  c: Context,
  read: Files['read'],
  { id, bytes, type }: StoredFile,
  name: string,
  over: () => void,
): Response {
  const range = rangeOf(c.req.header('Range'), bytes);
  if (range === null) {
    over();
    return c.body(null, 416, { 'Content-Range': `bytes */${bytes}` });
  }
  const { start, end, isPart } = range;
  const head = {
    status: isPart ? 206 : 200,
    headers: {
      'Content-Type': type,
      'Content-Length': String(end - start + 1),
      'Content-Disposition': contentDisposition(name),
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cache-Control': 'no-store',
      'Accept-Ranges': 'bytes',
      ...(isPart && { 'Content-Range': `bytes ${start}-${end}/${bytes}` }),
    },
  } as const;
  if (c.req.method === 'HEAD') {
    over();
    return c.body(null, head);
  }
  const stream = read(id, start, end);
  stream.once('close', over);
  return c.body(Readable.toWeb(stream) as ReadableStream, head);
}

type Range = { readonly start: number; readonly end: number; readonly isPart: boolean };

/** One range, or all of it; several are more trouble than they save. Null: beyond the end. */
function rangeOf(header: string | undefined, bytes: number): Range | null {
  const whole = { start: 0, end: bytes - 1, isPart: false };
  const ranges = header === undefined ? -2 : parseRange(bytes, header);
  if (ranges === -1) return null;
  if (ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1) return whole;
  const [range] = ranges;
  return range === undefined ? whole : { start: range.start, end: range.end, isPart: true };
}
