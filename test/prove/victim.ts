import { writeSync } from 'node:fs';
import type { CommandId, CustomerId, InteractionId, QueueId } from '../../protocol/ids.ts';
import { interactionStream } from '../../protocol/ids.ts';
import type { Append } from '../../server/store/contract.ts';
import { openSqlite } from '../../server/store/sqlite/open-sqlite.ts';

/**
 * A process that is meant to be killed while it stores: appends messages to a few interactions and
 * prints each command's id once it is acknowledged. `early` prints before the append: the fault
 * that the crash points must catch.
 *
 *   node victim.ts FILE COMMANDS STREAMS [early]
 */
const [file = '', count = '0', streams = '4', early] = process.argv.slice(2);
const STREAMS = Number(streams);

/** Straight to the pipe: what was printed survives the kill. */
const say = (line: string) => writeSync(1, `${line}\n`);

const store = await openSqlite({ file });
await Promise.all(Array.from({ length: STREAMS }, (_, n) => run(n)));
await store.close();
say('finished');

async function run(n: number): Promise<void> {
  const interaction = `victim-${n}` as InteractionId;
  const stream = interactionStream(interaction);
  let seq = (await store.load(stream))?.seq ?? 0;
  for (let m = 0; m < Number(count) / STREAMS; m++) {
    const commandId = `victim-command-${n}-${seq}` as CommandId;
    const append: Append = {
      principal: 'customer:victim',
      commandId,
      hash: 'hash',
      answer: JSON.stringify({ type: 'ack', stream, seq: seq + 1 }),
      at: 1_000 + seq,
      streams: [
        {
          stream,
          expected: seq,
          events:
            seq === 0
              ? [
                  {
                    body: {
                      type: 'started',
                      channel: 'chat',
                      customer: 'victim' as CustomerId,
                      queue: 'billing' as QueueId,
                      language: 'en',
                    },
                    content: {},
                  },
                ]
              : [
                  {
                    body: { type: 'message-posted', author: { kind: 'customer' } },
                    content: { text: `message ${seq} of interaction ${n}` },
                  },
                ],
          snapshot: null,
        },
      ],
    };
    if (early !== undefined) say(commandId);
    await store.append(append);
    if (early === undefined) say(commandId);
    seq++;
  }
}
