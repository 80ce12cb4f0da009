import { tokenize } from 'linkifyjs';
import { anyDomain } from './any-domain.ts';
import { emailIn, emailOf } from './email-address.ts';

/** A stretch of a message: words, or words that lead somewhere. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'web' | 'email' | 'phone'; readonly text: string; readonly href: string };

/** CHAT-8. Joined, the pieces are the message; an href is http, https, mailto or tel, never another. */
export function findLinks(message: string): readonly Piece[] {
  const pieces: Piece[] = [];
  const tokens = tokenize(message);
  for (const [at, token] of tokens.entries()) {
    const after = tokens[at + 1]?.v ?? '';
    const begin = token.isLink ? takeBegin(pieces, token.v, after) : '';
    const text = begin + token.v;
    const link = token.isLink
      ? linkOf(token.t, text, begin === '' ? token.toHref('https') : `https://${text}`, after)
      : null;
    if (link !== null) pieces.push(link);
    pushText(pieces, text.slice(link?.text.length ?? 0));
  }
  return pieces.flatMap((piece) => (piece.kind === 'text' ? phonesIn(piece.text) : [piece]));
}

/**
 * Linkify begins an address only at a letter or digit, but `_ana@example.com` is somebody else
 * than `ana@example.com`. Takes the underscores before a link from the words that came last,
 * where they belong to it: not those `_around it_`, nor before `https:`.
 */
function takeBegin(pieces: Piece[], link: string, after: string): string {
  const last = pieces.at(-1);
  const begin = last?.kind === 'text' ? (underscores.exec(last.text)?.[0] ?? '') : '';
  if (last === undefined || begin === '') return '';
  if (link.endsWith('_') || after.startsWith('_') || scheme.test(link)) return '';
  const rest = last.text.slice(0, -begin.length);
  pieces.splice(-1, 1, ...(rest === '' ? [] : [{ kind: 'text', text: rest } as const]));
  return begin;
}

const underscores = /(?<![\p{L}\p{N}_])_+$/u;
const scheme = /^[a-z][a-z\d+.-]*:/i;

/** The link that this text begins with, if there is one; `after` is what follows it. */
function linkOf(type: string, text: string, href: string, after: string): Piece | null {
  if (type === 'email') return emailOf(text);
  if (type === anyDomain) return emailIn(text, after);
  if (type !== 'url') return null;
  const protocol = protocolOf(href);
  return protocol === 'http:' || protocol === 'https:' ? { kind: 'web', text, href } : null;
}

function protocolOf(href: string): string | null {
  try {
    return new URL(href).protocol;
  } catch {
    return null;
  }
}

function pushText(pieces: Piece[], text: string) {
  if (text === '') return;
  const last = pieces.at(-1);
  if (last?.kind === 'text') pieces.splice(-1, 1, { kind: 'text', text: last.text + text });
  else pieces.push({ kind: 'text', text });
}

function phonesIn(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(phone)) {
    const number = found.replace(/[^+\d]/g, '').replace(/(?<=^\+\d+)\+/g, '');
    const digits = number.replace('+', '').length;
    if (digits < digitsMin || digits > digitsMax || date.test(found)) continue;
    if (index > end) pieces.push({ kind: 'text', text: text.slice(end, index) });
    // "+49 (0)30" is dialled without that zero.
    const dialled = found.startsWith('+') ? found.replace(/\(0\)/, '') : found;
    pieces.push({ kind: 'phone', text: found, href: `tel:${dialled.replace(/[^+\d]/g, '')}` });
    end = index + found.length;
  }
  if (end < text.length) pieces.push({ kind: 'text', text: text.slice(end) });
  return pieces;
}

/**
 * A number as people write one: `+` and digits, or a leading zero and at least one gap between
 * groups. A bare run of digits is more often an order number.
 */
const phone =
  /(?<![\p{L}\p{N}+/.,-])(?:\+\d(?:[ .\-/\u00a0]?(?:\(0\) ?)?\d|[ \u00a0]?\(\d{1,4}\)[ \u00a0]?\d){6,16}|\(?0\d{1,5}\)?[ \-/\u00a0](?:[ \-/\u00a0]?\d){4,12})(?![\p{L}\p{N}])/gu;

const date = /^0\d[-/ ]\d{1,2}[-/ ]\d{2,4}$/;
/** E.164 allows 15; below 7 it is an extension or a price. */
const digitsMin = 7;
const digitsMax = 15;
