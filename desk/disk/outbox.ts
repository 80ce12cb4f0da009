import { laneOf } from '../outbox/lane.ts';
import { OUTBOX_ROWS_MAX, type OutboxDisk } from './contract.ts';
import type { Engine } from './engine.ts';
import { settleAcknowledged, settleTables } from './settle.ts';

/** Commands on their way to the server (CHAT-3, TRUST-2). */
export function outboxDisk({ read, write }: Engine): OutboxDisk {
  return {
    enqueue: ({ id, command, createdAt }) =>
      write('strict', ['outbox', 'drafts'], async (t) => {
        if ((await t.outboxRow(id)) !== null) return 'queued';
        if ((await t.outboxSize()) >= OUTBOX_ROWS_MAX) return 'full';
        await t.addOutboxRow({ id, command, createdAt, lane: laneOf(command), state: 'waiting' });
        if (command.type === 'post') {
          const draft = await t.draft(command.interaction);
          if (draft !== null) await t.putDraft({ ...draft, text: '' });
        }
        return 'queued';
      }),

    waiting: (order) =>
      read(['outbox'], async (t) =>
        (await t.outboxAfter(order)).filter(({ state }) => state === 'waiting'),
      ),

    acknowledge: (id, stream, seq) =>
      write('quick', settleTables, async (t) => {
        const row = await t.outboxRow(id);
        if (row === null || row.state !== 'waiting') return;
        await t.putOutboxRow({ ...row, state: 'acknowledged', stream, seq });
        await settleAcknowledged(t);
      }),

    refuse: (id, refusal) =>
      write('quick', ['outbox'], async (t) => {
        const row = await t.outboxRow(id);
        if (row?.state === 'waiting') await t.putOutboxRow({ ...row, state: 'refused', refusal });
      }),

    retry: (id, newId, createdAt) =>
      write('strict', ['outbox'], async (t) => {
        const row = await t.outboxRow(id);
        if (row === null || row.state !== 'refused') return;
        await t.dropOutboxRows([id]);
        const { lane, command } = row;
        await t.addOutboxRow({ id: newId, lane, command, createdAt, state: 'waiting' });
      }),

    discard: (id) =>
      write('strict', ['outbox'], async (t) => {
        if ((await t.outboxRow(id))?.state === 'refused') await t.dropOutboxRows([id]);
      }),
  };
}
