import css from './Avatar.module.css';

/** The first letters of a name, as a quiet anchor for the eye; the name itself stands beside it. */
export function Avatar({ name }: { readonly name: string }) {
  return (
    <span class={css.avatar} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const first = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return first
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase();
}
