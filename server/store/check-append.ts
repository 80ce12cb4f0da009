import type { Append } from './contract.ts';

/** What no maker takes, whatever is stored: these are bugs of the caller, not weather. */
export function assertAppend(append: Append): void {
  const names = new Set(append.streams.map(({ stream }) => stream));
  if (names.size < append.streams.length) {
    throw new Error('An append names the same stream twice.');
  }
  for (const { stream, expected, events } of append.streams) {
    if (expected === 0 && events.length === 0) {
      throw new Error(`An append would make the stream ${stream} without an event.`);
    }
  }
}
