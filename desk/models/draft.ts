import { batch, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { InteractionId } from '../../protocol/ids.ts';
import type { DraftRow } from '../disk/rows.ts';
import type { Desk } from './desk-context.ts';
import { createOwnership } from './draft-ownership.ts';

export type WrapUpDraft = { readonly dispositions: readonly string[]; readonly note: string };

export type Draft = {
  readonly text: Signal<string>;
  readonly wrapUp: Signal<WrapUpDraft>;
  /** False while another window edits it; this one shows what that one saves. */
  readonly here: ReadonlySignal<boolean>;
  readonly editHere: () => void;
  /** Takes the text out to be sent; the disk empties its own with the outbox row. */
  readonly take: () => string;
  /** Puts back what could not be sent, unless something else was begun meanwhile. */
  readonly putBack: (text: string) => void;
  readonly close: () => void;
};

/** A pause in typing is longer than this; a machine that dies takes at most this much along. */
const SAVE_MS = 300;
const RETRY_MS = 2_000;

/** CHAT-15: what is being written to one interaction, kept on the disk, edited in one window at a time. */
export function createDraft(desk: Desk, interaction: InteractionId): Draft {
  const { disk, live, clock } = desk;
  const text = signal('');
  const wrapUp = signal<WrapUpDraft>({ dispositions: [], note: '' });
  /** What the disk holds, as far as this window knows. */
  let saved = { text: '', wrapUp: wrapUp.peek() };
  let cancelSave: (() => void) | null = null;

  const show = (row: DraftRow | null) =>
    batch(() => {
      const { dispositions, note } = row ?? { dispositions: [], note: '' };
      saved = { text: row?.text ?? '', wrapUp: { dispositions, note } };
      text.value = saved.text;
      wrapUp.value = saved.wrapUp;
    });

  const save = async () => {
    cancelSave?.();
    cancelSave = null;
    if (!ownership.here.peek() || !isDirty()) return;
    const before = saved;
    saved = { text: text.peek(), wrapUp: wrapUp.peek() };
    try {
      await disk.saveDraft(interaction, { text: saved.text, ...saved.wrapUp }, clock.now());
    } catch {
      // A full or busy disk: what was typed stays on screen and is tried again.
      saved = before;
      saveIn(RETRY_MS);
    }
  };
  const saveIn = (ms: number) => {
    cancelSave ??= clock.at(clock.now() + ms, () => void save());
  };
  const isDirty = () => text.peek() !== saved.text || wrapUp.peek() !== saved.wrapUp;

  const ownership = createOwnership(desk.locks, `draft:${interaction}`, async () => {
    const row = await disk.draft(interaction);
    // What was typed while the disk was being read is newer.
    if (!isDirty()) show(row);
  });

  const stored = live(async () => ({ row: await disk.draft(interaction) }));
  const stopFollowing = effect(() => {
    const answer = stored.value.value;
    if (answer !== null && !ownership.here.value) show(answer.row);
  });
  const stopSaving = effect(() => {
    const dirty = text.value !== saved.text || wrapUp.value !== saved.wrapUp;
    if (dirty) saveIn(SAVE_MS);
  });

  return {
    text,
    wrapUp,
    here: ownership.here,
    editHere: ownership.steal,
    take() {
      const taken = text.peek();
      saved = { ...saved, text: '' };
      text.value = '';
      return taken;
    },
    putBack(taken) {
      if (text.peek() === '') text.value = taken;
    },
    close() {
      // The next window reads what this one has saved.
      void save().finally(ownership.close);
      cancelSave?.();
      stopSaving();
      stopFollowing();
      stored.close();
    },
  };
}
