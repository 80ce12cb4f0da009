import { createReadStream } from 'node:fs';
import { charsetOf } from './sniff.ts';

/** Hands over a text file, piece by piece. */
export async function plainTexts(path: string, hear: (text: string) => void): Promise<void> {
  const decoder = new TextDecoder((await charsetOf(path)) ?? 'utf-8');
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>)
    hear(decoder.decode(piece, { stream: true }));
  hear(decoder.decode());
}
