import type { CommandId, InteractionId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { InteractionRow } from '../disk/rows.ts';
import { customerTyping } from './customer-typing.ts';
import type { Desk } from './desk-context.ts';
import { createDraft } from './draft.ts';
import type { ConversationModel } from './panel-model.ts';
import { steady } from './steady.ts';
import { tabOf } from './tab.ts';
import { transcriptRows } from './transcript.ts';
import { windowOf } from './window.ts';

export function conversationModel(desk: Desk, interaction: InteractionId): ConversationModel {
  const { disk, overview, clock, nudge, ask } = desk;
  const shown = windowOf(desk, interaction);
  const draft = createDraft(desk, interaction);
  const typing = customerTyping(desk, interaction, shown.transcript);
  const agent = () => overview.value?.agent ?? null;
  const row = () => shown.transcript.value?.row ?? null;
  const head = steady(() => {
    const copy = row();
    return copy === null ? null : tabOf(copy, agent());
  });
  const facts = steady(() => {
    const copy = row();
    return copy === null ? null : factsOf(copy, agent()?.centre.queues ?? []);
  });
  const rows = steady(() => {
    const transcript = shown.transcript.value;
    return transcript === null
      ? []
      : transcriptRows(transcript, overview.value?.account ?? null, agent());
  });
  let toldTyping = Number.NEGATIVE_INFINITY;
  /** A second click, or the same in another window, is the same wish. */
  const isAsked = (type: 'end' | 'mark-done') =>
    (overview.peek()?.outbox ?? []).some(
      ({ state, lane, command }) =>
        state !== 'refused' && lane === interaction && command.type === type,
    );

  return {
    head,
    facts,
    rows,
    hasEarlier: steady(() => shown.transcript.value?.hasEarlier ?? false),
    earlier: shown.grow,
    customerTyping: typing.value,
    seen() {
      const transcript = shown.transcript.peek();
      const newest = transcript?.events.at(-1)?.seq ?? 0;
      if (transcript?.row == null || newest <= transcript.row.readTo) return;
      void disk.markRead(interaction, newest).then(() => nudge({ type: 'disk' }));
    },

    draft: draft.text,
    draftHere: draft.here,
    editHere: draft.editHere,
    async send() {
      const text = draft.text.peek();
      if (text.trim() === '') return 'empty';
      if (new TextEncoder().encode(text).length > limits.textBytes) return 'too-long';
      const taken = draft.take();
      const put = () => draft.putBack(taken);
      const result = await ask({ type: 'post', interaction, text: taken }).catch((error) => {
        put();
        throw error;
      });
      if (result === 'full') put();
      return result;
    },
    typing() {
      if (clock.now() - toldTyping < limits.typingEveryMs) return;
      toldTyping = clock.now();
      nudge({ type: 'typing', interaction });
    },
    retry: (id: CommandId) => desk.retry(id),
    discard: (id: CommandId) => desk.discard(id),
    async end() {
      if (!isAsked('end')) await ask({ type: 'end', interaction });
    },

    wrapUp: draft.wrapUp,
    async markDone() {
      const { dispositions, note } = draft.wrapUp.peek();
      if (facts.peek()?.dispositionRequired && dispositions.length === 0)
        return 'disposition-missing';
      if (!isAsked('mark-done'))
        await ask({
          type: 'mark-done',
          interaction,
          dispositions: [...dispositions],
          note,
          resolved: null,
          answers: {},
          tags: null,
          data: {},
          sendTranscript: false,
          workflow: facts.peek()?.hasWorkflow ? 'stop' : null,
        });
      return 'queued';
    },
    close() {
      draft.close();
      typing.close();
      shown.close();
    },
  };
}

type Facts = NonNullable<ConversationModel['facts']['value']>;
type QueueCards = readonly {
  readonly id: string;
  readonly dispositions: Facts['dispositions'];
  readonly dispositionRequired: boolean;
  readonly workflow: readonly string[];
}[];

function factsOf({ head, state }: InteractionRow, queues: QueueCards): Facts {
  const queue = queues.find(({ id }) => id === head.queue);
  return {
    email: head.email,
    phone: head.phone,
    subject: head.subject,
    entryPage: head.entryPage,
    startedAt: head.startedAt,
    dispositions: queue?.dispositions ?? [],
    dispositionRequired: queue?.dispositionRequired ?? false,
    hasWorkflow: (queue?.workflow ?? []).length > 0,
    phase: state === 'done' ? 'done' : head.wrapUp === null ? 'active' : 'wrap-up',
    endedBy: head.endedBy,
  };
}
