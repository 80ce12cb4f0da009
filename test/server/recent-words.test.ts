import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import type { CommandId, StreamName } from '../../protocol/ids.ts';
import { createRecentWords } from '../../server/recent-words.ts';
import type { StoredEvent } from '../../server/store/contract.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const heapBytes = (): number => {
  collect();
  return process.memoryUsage().heapUsed;
};

/** As it comes from a socket: a string of its own. */
const longText = () => Buffer.alloc(16_000, '7').toString();

const posted = (stream: StreamName, seq: number): StoredEvent => ({
  ...{ stream, seq, position: seq, at: 0, principal: 'customer:ana', commandId: 'c' as CommandId },
  body: { type: 'message-posted', author: { kind: 'customer' } },
  content: { text: longText() },
});

test('I10: of long messages nothing but their ends stays in memory', async () => {
  const recent = createRecentWords({ read: async () => [] });
  const before = heapBytes();
  for (let n = 0; n < 50; n++) {
    const stream: StreamName = `interaction:${n}` as StreamName;
    await recent.by(stream, 0, 'customer');
    for (let seq = 1; seq <= 24; seq++) recent.heard(stream, [posted(stream, seq)]);
  }
  expect(heapBytes() - before).toBeLessThan(5_000_000);
  const words = await recent.by('interaction:0' as StreamName, 24, 'customer');
  expect(words.map(({ text }) => text)).toEqual(Array(24).fill('7'.repeat(512)));
});
