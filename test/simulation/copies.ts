import { isDeepStrictEqual } from 'node:util';
import type { AgentCopy } from '../../desk/disk/rows.ts';
import { agentStream, type InteractionId, interactionStream } from '../../protocol/ids.ts';
import { audience } from '../../server/feed/audience.ts';
import { must } from './broken.ts';
import type { Checker } from './checker.ts';
import type { Customer } from './customer-process.ts';
import type { Desk } from './desk-process.ts';

/** I2, I8: what a desk holds is an ordered, gap-free view of what its agent may see, and nothing else. */
export function checkDesk(checker: Checker, desk: Desk): void {
  const agentSeq = (desk.disk.tables.facts.get('agent') as { seq: number } | undefined)?.seq ?? 0;
  const grants = checker.granted(desk.agent, agentSeq);
  for (const row of desk.disk.tables.interactions.values()) {
    const grant = grants.find(
      (one) => one.interaction === row.interaction && one.epoch === row.epoch,
    );
    must(
      grant !== undefined,
      `I8: desk ${desk.name} holds ${row.interaction} without a membership`,
    );
    must(
      row.state === 'done' || grant?.over === false,
      `I8: desk ${desk.name} keeps ${row.interaction} after losing it`,
    );
    const stored = checker.events(interactionStream(row.interaction));
    must(
      row.seq <= stored.length,
      `TRUST-3: desk ${desk.name} is ahead of the disk at ${row.interaction}`,
    );
    const held = desk.disk.tables.events.get(row.interaction) ?? [];
    const visible = stored
      .slice(0, row.seq)
      .filter(
        (event) => audience(event, { kind: 'agent', id: desk.agent }, grant?.role ?? null) !== null,
      );
    must(
      held.every(
        ({ event }) =>
          event.type !== 'side-message-posted' || [event.owner, event.with].includes(desk.agent),
      ),
      `I8: desk ${desk.name} holds what others said aside in ${row.interaction}`,
    );
    must(
      held.length === visible.length &&
        held.every(
          (one, n) =>
            one.seq === visible[n]?.seq && one.content?.text === visible[n]?.content?.text,
        ),
      `I2: desk ${desk.name} holds ${held.length} of ${visible.length} events of ${row.interaction}`,
    );
  }
}

/** I9: after quiet the desk says what the server says, and nothing waits. */
export function checkQuietDesk(checker: Checker, desk: Desk): void {
  const state = checker.agent(desk.agent);
  const copy = desk.disk.tables.facts.get('agent') as
    | Pick<AgentCopy, 'seq' | 'channels' | 'doNotDisturb' | 'idle'>
    | undefined;
  const { before: _, ...told } = state.channels.chat;
  must(
    isDeepStrictEqual(copy?.channels.chat, told) &&
      copy?.doNotDisturb === state.doNotDisturb &&
      copy?.idle === state.idle,
    `I9: desk ${desk.name} says ${JSON.stringify(copy?.channels.chat)}, the server ${JSON.stringify(told)}`,
  );
  const waiting = [...desk.disk.tables.outbox.values()].filter((row) => row.state !== 'refused');
  must(waiting.length === 0, `I9: desk ${desk.name} still has ${waiting.length} rows to send`);
  const open = new Set(desk.open());
  for (const [id, { phase }] of Object.entries(state.assignments)) {
    if (phase === 'offered')
      must(
        desk.offers().some((one) => one.interaction === id),
        `I9: desk ${desk.name} doesn't show the offer of ${id}`,
      );
    else must(open.delete(id as InteractionId), `I9: desk ${desk.name} lacks ${id}`);
    if (phase !== 'offered')
      must(
        desk.disk.tables.interactions.get(id)?.seq ===
          checker.events(interactionStream(id as InteractionId)).length,
        `I9: desk ${desk.name} is behind at ${id}`,
      );
  }
  must(open.size === 0, `I9: desk ${desk.name} has ${[...open].join()} open, the server doesn't`);
  must(
    (copy as { seq: number }).seq === checker.events(agentStream(desk.agent)).length,
    `I9: desk ${desk.name} is behind in its own stream`,
  );
}

/** END-4: a customer hears nothing of what comes after their talk has become work. */
export function checkCustomer(checker: Checker, customer: Customer): void {
  for (const link of customer.tabs()) {
    const { talk } = link.state();
    if (talk === null) continue;
    const placedAt = checker.interaction(talk.interaction)?.placedAt ?? null;
    must(
      placedAt === null || talk.seq <= placedAt,
      `TRUST-4: customer ${customer.name} reads on in ${talk.interaction}, which is work by now`,
    );
  }
}

/** The customer's tabs show what the customer may see; nothing waits. */
export function checkQuietCustomer(checker: Checker, customer: Customer): void {
  for (const link of customer.tabs()) {
    const { talk, pending } = link.state();
    /** What was written to a conversation that could not begin waits until it is tried again. */
    const isRefused = pending.some(({ command, failed }) => command.type === 'start' && failed);
    must(
      pending.every(
        ({ command, failed }) =>
          failed !== null ||
          (isRefused && command.type !== 'start' && command.interaction === null),
      ),
      `I9: customer ${customer.name} (${link.state().connection}, talk ${talk?.interaction} ${talk?.phase}) still has rows to send: ${JSON.stringify(pending)}`,
    );
    if (talk === null) continue;
    const all = checker.events(interactionStream(talk.interaction));
    /** END-4: what comes after it was placed is nothing of theirs. */
    const placed = all.findIndex((event) => event.body.type === 'placed');
    const stored = placed === -1 ? all : all.slice(0, placed);
    /** What they may not see follows later; it only moves the cursor. */
    const reader = { kind: 'customer', id: customer.customer } as const;
    const missing = stored.slice(talk.seq).filter((event) => audience(event, reader) !== null);
    must(
      missing.length === 0,
      `I9: customer ${customer.name} lacks ${missing.map((one) => one.body.type)} of ${talk.interaction}`,
    );
    const texts = stored.flatMap((event) =>
      event.body.type === 'message-posted' ? [event.content?.text] : [],
    );
    const shown = talk.entries.flatMap((entry) => (entry.kind === 'message' ? [entry.text] : []));
    must(
      texts.join('\n') === shown.join('\n'),
      `I2: customer ${customer.name} shows other messages than are stored`,
    );
  }
}
