import type { Piece } from './find-links.ts';

/** The address as a link; null when it can't be written as one. */
export function emailOf(text: string): Piece | null {
  const at = text.lastIndexOf('@');
  try {
    // A `?` would begin the mail's headers: "x?bcc=…" must not add a reader.
    const local = encodeURIComponent(text.slice(0, at)).replaceAll('%2B', '+');
    return { kind: 'email', text, href: `mailto:${local}${text.slice(at)}` };
  } catch {
    // Half of a surrogate pair.
    return null;
  }
}

/** The address that `text` begins with, whose domain nobody lists, unless a word runs on in `after`. */
export function emailIn(text: string, after: string): Piece | null {
  const found = (beforeSentence.exec(text) ?? address.exec(text))?.[0];
  if (found === undefined || found.length > charactersMax) return null;
  return found === text && runsOn.test(after) ? null : emailOf(found);
}

const address = /^[^@]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.)+\p{L}{2,63}(?![\p{L}\p{N}-])/u;
/** "Write to ana@shop.example.Thanks": a capital after small letters is the next sentence. */
const beforeSentence = /^[^@]{1,64}@(?:[\p{Ll}\p{N}-]{1,63}\.)+\p{Ll}{2,63}(?=\.\p{Lu})/u;
const runsOn = /^[\p{L}\p{N}_-]/u;
/** RFC 5321's longest path, without its brackets. */
const charactersMax = 254;
