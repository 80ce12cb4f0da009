/** A piece of what somebody wrote: plain, or with an address that may be followed. */
export type TextPart = { readonly text: string; readonly href: string | null };

/** CHAT-8: web and e-mail addresses and international phone numbers; never another scheme. */
export function partsOfText(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(linkable)) {
    const found = match[0].replace(trailing, '');
    const href = addressOf(found);
    if (href === null) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index), href: null });
    parts.push({ text: found, href });
    end = match.index + found.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), href: null });
  return parts;
}

/** Lengths are bounded so that no text makes it slow. */
const linkable =
  /https?:\/\/[^\s<>"]{1,2000}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}|\+\d[\d ()./-]{5,20}\d/gi;
/** A full stop or bracket behind an address belongs to the sentence. */
const trailing = /[.,;:!?)\]}'»“”]+$/;

function addressOf(found: string): string | null {
  if (found.startsWith('+')) return `tel:${found.replace(/[^\d+]/g, '')}`;
  if (!/^https?:/i.test(found)) return `mailto:${found}`;
  return URL.canParse(found) ? new URL(found).href : null;
}
