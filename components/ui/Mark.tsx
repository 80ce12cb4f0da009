import css from './Mark.module.css';

/** Deskside's sign: a desk with its side panel. */
export function Mark() {
  return (
    <svg class={css.mark} viewBox="0 0 128 128" aria-hidden="true">
      <rect x="4" y="4" width="120" height="120" rx="28" data-ground />
      <rect x="26" y="32" width="76" height="64" rx="10" data-desk />
      <path d="M66 32h26a10 10 0 0 1 10 10v44a10 10 0 0 1-10 10H66z" data-panel />
      <path d="M76 52h16M76 66h10" data-words />
    </svg>
  );
}
