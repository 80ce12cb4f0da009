import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { InteractionId } from '../../protocol/ids.ts';
import type { Transcript } from '../disk/contract.ts';
import type { Desk } from './desk-context.ts';

/** Rows on screen before somebody asks for more. */
const STEP = 100;

export type Window = {
  /** Null until the first answer of the disk. */
  readonly transcript: ReadonlySignal<Transcript | null>;
  /** A step further back; what is shown stays until that is read. */
  readonly grow: () => void;
  readonly close: () => void;
};

export function windowOf({ disk, live }: Desk, interaction: InteractionId): Window {
  const most = signal(STEP);
  const transcript = signal<Transcript | null>(null);
  const unfollow = effect(() => {
    const size = most.value;
    const answers = live(() => disk.transcript(interaction, size));
    const stop = effect(() => {
      if (answers.value.value !== null) transcript.value = answers.value.value;
    });
    return () => {
      stop();
      answers.close();
    };
  });
  return {
    transcript,
    grow() {
      if (transcript.peek()?.hasEarlier) most.value += STEP;
    },
    close: unfollow,
  };
}
