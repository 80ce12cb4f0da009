import css from './Ring.module.css';

type Props = {
  /** What is left, 0..1. */
  readonly part: number;
  readonly label: string;
};

/** A ring that empties clockwise, with a figure inside. A picture: say the same in words beside it. */
export function Ring({ part, label }: Props) {
  const left = Math.min(1, Math.max(0, part));
  return (
    <svg class={css.ring} viewBox="0 0 38 38" aria-hidden="true">
      <circle class={css.track} cx="19" cy="19" r="16" />
      <circle
        class={css.left}
        cx="19"
        cy="19"
        r="16"
        pathLength={1}
        stroke-dasharray={1}
        style={{ strokeDashoffset: String(left - 1) }}
      />
      <text x="19" y="23">
        {label}
      </text>
    </svg>
  );
}
