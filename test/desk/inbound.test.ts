import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type MemoryTables, memoryDisk } from '../../desk/disk/memory.ts';
import type { AgentEvent } from '../../protocol/agent-events.ts';
import type { BatchPart } from '../../protocol/frames.ts';
import type { InteractionId } from '../../protocol/ids.ts';
import type { AgentStreamEvent, InteractionStreamEvent } from '../../protocol/stream-events.ts';
import {
  accepted,
  account,
  agentPart,
  at,
  chat1,
  chat2,
  commandId,
  fromCustomer,
  fromMe,
  granted,
  interactionPart,
  offerEnded,
  offerMade,
  revoked,
  started,
  welcome,
} from './parts.ts';

/**
 * A server's streams, already decided: what the agent's stream says, and each epoch of each
 * interaction as its member may see it.
 */
type Streams = {
  readonly agent: readonly AgentStreamEvent[];
  readonly epochs: readonly {
    readonly interaction: InteractionId;
    readonly epoch: number;
    readonly events: readonly InteractionStreamEvent[];
  }[];
};

const copyOf = (tables: MemoryTables) => ({
  agent: tables.facts.get('agent'),
  interactions: Object.fromEntries(tables.interactions),
  events: Object.fromEntries(tables.events),
  offers: Object.fromEntries(tables.offers),
});

async function freshDesk() {
  const memory = memoryDisk();
  const disk = memory.open();
  await disk.signIn(account);
  await disk.applyWelcome(welcome());
  return { disk, copy: () => copyOf(memory.tables) };
}

const agentRange = ({ agent }: Streams, after: number, upTo: number): BatchPart => ({
  of: 'agent',
  epoch: 0,
  after,
  upTo,
  events: agent.filter(({ seq }) => seq > after && seq <= upTo),
});

function epochRange(streams: Streams, n: number, after: number, upTo: number): BatchPart {
  const { interaction, epoch, events } = streams.epochs[n]!;
  return {
    of: 'interaction',
    interaction,
    epoch,
    after,
    upTo,
    events: events.filter(({ seq }) => seq > after && seq <= upTo),
  };
}

/** What the server does after every loss in the end: everything from the desk's own cursors. */
async function catchUp(desk: Awaited<ReturnType<typeof freshDesk>>, streams: Streams) {
  const { agentSeq } = (await desk.disk.greeting())!;
  await desk.disk.applyBatch([agentRange(streams, agentSeq, streams.agent.length)]);
  const { cursors } = (await desk.disk.greeting())!;
  for (const { interaction, epoch, seq } of cursors) {
    const n = streams.epochs.findIndex(
      (one) => one.interaction === interaction && one.epoch === epoch,
    );
    const upTo = streams.epochs[n]!.events.at(-1)?.seq ?? 0;
    await desk.disk.applyBatch([epochRange(streams, n, seq, upTo)]);
  }
}

const numbered = <E extends { event: unknown }>(events: readonly E[]) =>
  events.map((one, n) => ({ ...one, seq: n + 1, at: at(n + 1) }));

/** A talk: it starts, is accepted, and goes on with messages, blanks and comings and goings. */
const talk = fc
  .array(
    fc.oneof(
      fc.string({ maxLength: 4 }).map((text) => fromCustomer(text)),
      fc.string({ maxLength: 4 }).map((text) => fromMe(text)),
      fc.constant([{ type: 'customer-away', leftAt: 1 }, {}] as const),
      fc.constant([{ type: 'customer-returned' }, {}] as const),
      fc
        .array(fc.integer({ min: 1, max: 12 }), { maxLength: 3 })
        .map((seqs) => [{ type: 'content-removed' as const, seqs }, {}] as const),
    ),
    { maxLength: 12 },
  )
  .map(
    (more) =>
      numbered(
        [started, [accepted, {}] as const, ...more].map(([event, extra]) => ({ event, ...extra })),
      ) as readonly InteractionStreamEvent[],
  );

const streams: fc.Arbitrary<Streams> = fc
  .array(
    fc.record({
      interaction: fc.constantFrom(chat1, chat2),
      events: talk,
      end: fc.constantFrom('stays', 'owner-lost'),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((memberships) => {
    const agent: { event: AgentEvent }[] = [];
    const epochs: Streams['epochs'][number][] = [];
    const counts = new Map<InteractionId, number>();
    for (const { interaction, events, end } of memberships) {
      const epoch = (counts.get(interaction) ?? 0) + 1;
      counts.set(interaction, epoch);
      epochs.push({ interaction, epoch, events });
      agent.push({ event: offerMade(undefined, interaction)[0] });
      agent.push({ event: offerEnded('accepted', undefined, interaction) });
      agent.push({ event: granted(interaction, epoch) });
      if (end === 'owner-lost') agent.push({ event: revoked('owner-lost', interaction, epoch) });
    }
    return { agent: numbered(agent), epochs };
  });

/** A piece of any stream, from anywhere to anywhere, as a network may bring it again or too late. */
const pieces = (all: Streams) =>
  fc.array(
    fc
      .tuple(fc.integer({ min: -1, max: all.epochs.length - 1 }), fc.nat(20), fc.nat(20))
      .map(([n, from, length]) => {
        const last = n < 0 ? all.agent.length : (all.epochs[n]!.events.at(-1)?.seq ?? 0);
        const after = Math.min(from, last);
        const upTo = Math.min(after + length, last);
        return n < 0 ? agentRange(all, after, upTo) : epochRange(all, n, after, upTo);
      }),
    { maxLength: 30 },
  );

describe('whatever the network does', () => {
  test('TRUST-1: any mixture of lost, repeated and reordered batches converges to the same copy', async () => {
    let gaps = 0;
    let duplicates = 0;
    await fc.assert(
      fc.asyncProperty(
        streams.chain((all) =>
          fc.tuple(fc.constant(all), fc.array(pieces(all), { maxLength: 6 }), fc.boolean()),
        ),
        async ([all, batches, grantsFirst]) => {
          const quiet = await freshDesk();
          await catchUp(quiet, all);
          const tried = await freshDesk();
          if (grantsFirst) await tried.disk.applyBatch([agentRange(all, 0, all.agent.length)]);
          for (const parts of batches) {
            const result = await tried.disk.applyBatch(parts);
            gaps += result.parts.filter((verdict) => verdict === 'gap').length;
            duplicates += result.parts.filter((verdict) => verdict === 'duplicate').length;
          }
          await catchUp(tried, all);
          expect(tried.copy()).toEqual(quiet.copy());
        },
      ),
      { numRuns: 500 },
    );
    // The interesting thing happened.
    expect(gaps).toBeGreaterThan(100);
    expect(duplicates).toBeGreaterThan(100);
  });

  test('TRUST-1: at any moment the copy is gap-free from its first event to its cursor', async () => {
    await fc.assert(
      fc.asyncProperty(
        streams.chain((all) => fc.tuple(fc.constant(all), pieces(all))),
        async ([all, parts]) => {
          const desk = await freshDesk();
          for (const part of parts) {
            await desk.disk.applyBatch([part]);
            for (const row of await desk.disk.openInteractions()) {
              const seqs = (desk.copy().events[row.interaction] ?? []).map(({ seq }) => seq);
              expect(seqs).toEqual(Array.from({ length: row.seq }, (_, n) => n + 1));
              const known = all.epochs.some(
                (one) => one.interaction === row.interaction && one.epoch === row.epoch,
              );
              expect(known).toBe(true);
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test('TRUST-4: nothing of an epoch that is over stays on the disk', async () => {
    const desk = await freshDesk();
    await desk.disk.applyBatch([
      agentPart(0, granted()),
      interactionPart(chat1, 0, started, fromCustomer('secret')),
    ]);
    await desk.disk.applyBatch([agentPart(1, revoked('owner-lost'))]);
    expect(JSON.stringify(desk.copy())).not.toContain('secret');
  });
});

describe('order inside one batch', () => {
  test('an epoch may end and the next begin in one batch', async () => {
    const desk = await freshDesk();
    await desk.disk.applyBatch([
      agentPart(0, granted()),
      interactionPart(chat1, 0, started, fromCustomer('old')),
      agentPart(1, revoked('owner-lost'), granted(chat1, 2)),
      { ...interactionPart(chat1, 0, started, fromCustomer('new')), epoch: 2 },
    ]);
    const texts = desk.copy().events[chat1]?.map(({ content }) => content?.text);
    expect(texts).toEqual([undefined, 'new']);
  });

  test('an event of a command settles its row also when it comes twice', async () => {
    const desk = await freshDesk();
    await desk.disk.applyBatch([agentPart(0, granted()), interactionPart(chat1, 0, started)]);
    await desk.disk.enqueue({
      id: commandId(1),
      command: { type: 'post', interaction: chat1, text: 'hi' },
      createdAt: 0,
    });
    const part = interactionPart(chat1, 1, fromMe('hi', commandId(1)));
    expect((await desk.disk.applyBatch([part, part])).parts).toEqual(['applied', 'duplicate']);
    expect((await desk.disk.overview()).outbox).toEqual([]);
  });
});
