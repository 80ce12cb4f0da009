import type { StatusName } from '../../protocol/parts.ts';
import css from './StatusDot.module.css';

type Props = { readonly status: StatusName | 'pending' | 'unknown' };

/** A shape and a colour for a status. The word stands beside it: this is silent to a screen reader. */
export function StatusDot({ status }: Props) {
  return (
    <svg class={css.dot} data-status={status} viewBox="0 0 10 10" aria-hidden="true">
      {shapes[status]}
    </svg>
  );
}

const shapes = {
  ready: <circle cx="5" cy="5" r="5" />,
  pending: <circle cx="5" cy="5" r="4" data-hollow />,
  'not-ready': <path d="M5 0a5 5 0 1 1 0 10A5 5 0 0 1 5 0ZM2.5 4.2v1.6h5V4.2Z" />,
  rona: <rect width="10" height="10" rx="2" />,
  refused: <rect width="10" height="10" rx="2" />,
  'wrap-up': <path d="M5 0l5 5-5 5-5-5Z" />,
  'logged-off': <circle cx="5" cy="5" r="4" data-hollow />,
  unknown: <circle cx="5" cy="5" r="4" data-hollow data-dotted />,
} satisfies Record<Props['status'], unknown>;
