import type { Found } from './policy.ts';
import type { Reading } from './read-text.ts';

/** Addresses of mail. From each @ outwards, as far as an address can reach. */
export function findEmails({ plain }: Reading): readonly Found[] {
  const found: Found[] = [];
  let done = 0;
  for (let at = plain.indexOf('@'); at >= 0; at = plain.indexOf('@', at + 1)) {
    const start = startOfLocal(plain, at, Math.max(done, at - LOCAL_MAX));
    if (start === at) continue;
    DOMAIN.lastIndex = at + 1;
    const domain = DOMAIN.exec(plain)?.[0];
    if (domain === undefined) continue;
    done = at + 1 + domain.length;
    found.push({ entity: 'EMAIL', start, end: done });
  }
  return found;
}

function startOfLocal(plain: string, at: number, min: number): number {
  let start = at;
  while (start > min && LOCAL.test(plain.charAt(start - 1))) start--;
  while (plain.charAt(start) === '.') start++;
  return start;
}

/** RFC 5321, 4.5.3.1; a domain has at most 127 labels, and people’s have five. */
const LOCAL_MAX = 64;
const LOCAL = /^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]$/u;
const DOMAIN = /(?:[\p{L}\p{N}][\p{L}\p{N}-]{0,62}\.){1,8}\p{L}[\p{L}\p{N}-]{1,62}/uy;
