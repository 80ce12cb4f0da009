import { duration } from '../../locales/format.ts';
import css from './Timer.module.css';

type Props = {
  readonly ms: number;
  readonly tone?: 'plain' | 'waiting' | 'amber' | 'red' | 'purple';
};

/** `m:ss` in figures of one width. `role="timer"` is not announced as it runs. */
export function Timer({ ms, tone = 'plain' }: Props) {
  return (
    <span class={css.timer} data-tone={tone} role="timer">
      {duration(ms)}
    </span>
  );
}
