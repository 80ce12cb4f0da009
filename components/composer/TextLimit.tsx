import { type ReadonlySignal, useComputed } from '@preact/signals';
import { t } from '../../locales/panel.ts';
import { limits } from '../../protocol/limits.ts';
import css from './TextLimit.module.css';

type Props = {
  readonly id: string;
  readonly text: ReadonlySignal<string>;
  /** Sending was tried, and this is why it stayed here. */
  readonly refused: 'too-long' | 'full' | null;
};

/** How to send; near the limit how much room is left, and past it what is wrong. */
export function TextLimit({ id, text, refused }: Props) {
  const left = useComputed(() => limits.textBytes - bytes(text.value));
  const over = -left.value;
  if (refused === 'full') return <Wrong id={id}>{t('composer.full')}</Wrong>;
  if (over > 0) return <Wrong id={id}>{t('composer.tooLong', { over })}</Wrong>;
  const words =
    left.value > tellBelowBytes ? t('composer.hint') : t('composer.room', { left: left.value });
  return (
    <p id={id} class={css.limit}>
      {words}
    </p>
  );
}

function Wrong({ id, children }: { readonly id: string; readonly children: string }) {
  return (
    <p id={id} class={css.limit} data-over role="alert">
      {children}
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
