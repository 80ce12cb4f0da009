import { crc32, deflateSync } from 'node:zlib';

/** A picture's pixels, four bytes each: red, green, blue, alpha. */
export type Pixels = {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
};

/** A PNG of at most 256 colours. For pictures of screens it looks the same and takes a third. */
export function indexedPng({ width, height, bytes }: Pixels): Buffer {
  const colours = new Uint32Array(width * height);
  const counts = new Map<number, number>();
  for (let n = 0; n < colours.length; n++) {
    const colour =
      ((bytes[4 * n] ?? 0) << 16) | ((bytes[4 * n + 1] ?? 0) << 8) | (bytes[4 * n + 2] ?? 0);
    colours[n] = colour;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const palette = paletteOf(counts);
  const indexes = new Map([...counts.keys()].map((colour) => [colour, nearest(colour, palette)]));

  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      rows[y * (width + 1) + 1 + x] = indexes.get(colours[y * width + x] ?? 0) ?? 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits, by palette.
  header.set([8, 3], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(channels))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The most frequent colours, and of the others those that are farthest from all of them. */
function paletteOf(counts: ReadonlyMap<number, number>): readonly number[] {
  const byCount = [...counts].toSorted(([, one], [, other]) => other - one);
  const palette = byCount.slice(0, FREQUENT).map(([colour]) => colour);
  const others = byCount.slice(FREQUENT).map(([colour, count]) => ({
    colour,
    count,
    far: Math.min(...palette.map((known) => distance(colour, known))),
  }));
  while (palette.length < 256 && others.length > 0) {
    const [first, ...rest] = others;
    if (first === undefined) break;
    const next = rest.reduce((best, one) => (weight(one) > weight(best) ? one : best), first);
    if (next.far === 0) break;
    palette.push(next.colour);
    for (const one of others) one.far = Math.min(one.far, distance(one.colour, next.colour));
  }
  return palette;
}

const FREQUENT = 128;
const weight = ({ far, count }: { readonly far: number; readonly count: number }): number =>
  far * Math.sqrt(count);

function distance(one: number, other: number): number {
  const [r, g, b] = channels(one);
  const [red, green, blue] = channels(other);
  return (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
}

const channels = (colour: number): readonly [number, number, number] => [
  colour >> 16,
  (colour >> 8) & 255,
  colour & 255,
];

function nearest(colour: number, palette: readonly number[]): number {
  const far = palette.map((other) => distance(colour, other));
  return far.indexOf(Math.min(...far));
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
