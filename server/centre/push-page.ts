import { limits } from '../../protocol/limits.ts';
import type { PushPage } from '../interactions/talk.ts';
import type { Centre } from './centre.ts';

/** By the site that the customer is on; one without a site gets cards. `self` is this origin. */
export const pushPages =
  ({ site }: Pick<Centre, 'site'>, self: string) =>
  (url: string, id: string | null): PushPage | null =>
    pushPage(url, (id === null ? null : site(id))?.pushPages ?? [], new URL(self).origin);

/**
 * CHAT-7: the page as a browser's address field would have it, and how it opens at the customer's
 * side: in their own tab where its origin is one of these (`self` stands for the server's own), else on a card
 * with a button. Null: nothing that may be opened: another scheme, a name or password in it, an
 * address that people and browsers read differently, or a longer one than `limits.urlCharacters`.
 */
export function pushPage(text: string, origins: readonly string[], self: string): PushPage | null {
  if (!isPlain(text)) return null;
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') return null;
  if (url.hostname === '' || url.hostname.endsWith('.')) return null;
  if (Buffer.byteLength(url.href) > limits.urlCharacters) return null;
  const isOurs = origins.some((origin) => (origin === 'self' ? self : origin) === url.origin);
  return { url: url.href, opens: isOurs ? 'tab' : 'card' };
}

/**
 * Browsers take more than this for an address: they drop tabs and line ends, read `\\` as `/` and
 * forgive a missing slash. Whoever reads such an address sees another host than the browser does.
 */
const isPlain = (text: string): boolean =>
  /^https?:\/\/[^/\\@\s]/i.test(text) &&
  !/[\p{C}\s\\]/u.test(text) &&
  !/^[^/]*\/\/[^/?#]*@/.test(text);
