import { type ReadonlySignal, useComputed } from '@preact/signals';
import { t } from '../../locales/panel.ts';
import { limits } from '../../protocol/limits.ts';
import css from './TextLimit.module.css';

type Props = {
  readonly id: string;
  readonly text: ReadonlySignal<string>;
  /** Sending was tried and the text is too long. */
  readonly refused: boolean;
};

/** How to send; near the limit how much room is left, and past it what is wrong. */
export function TextLimit({ id, text, refused }: Props) {
  const left = useComputed(() => limits.textBytes - bytes(text.value));
  const isOver = left.value < 0;
  if (!isOver && !refused && left.value > tellBelowBytes) {
    return (
      <p id={id} class={css.limit}>
        {t('composer.hint')}
      </p>
    );
  }
  return (
    <p
      id={id}
      class={css.limit}
      data-over={isOver || undefined}
      role={isOver ? 'alert' : undefined}
    >
      {isOver
        ? t('composer.tooLong', { over: -left.value })
        : t('composer.room', { left: left.value })}
    </p>
  );
}

const encoder = new TextEncoder();

/** A character takes at most 3 bytes per UTF-16 unit: short texts need no counting. */
function bytes(text: string): number {
  const bound = text.length * 3;
  return bound <= limits.textBytes - tellBelowBytes ? bound : encoder.encode(text).length;
}

const tellBelowBytes = 1024;
