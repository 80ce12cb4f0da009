import { type AccessStore, accessOf } from './access.ts';
import type { DeskClock } from './clock.ts';
import type { DeskDisk } from './disk/contract.ts';
import type { TokenAnswer } from './link/contract.ts';
import { refreshAt } from './server-api.ts';

/** A token this close to its end is not worth a connection. */
const SPARE_MS = 5_000;

/**
 * Access tokens for the link. One refresh at a time; the new refresh token is on the disk before
 * the access token is used. An answer that got lost signs nobody out: the server tolerates the
 * refresh token before for a minute.
 */
export function createTokens(
  disk: Pick<DeskDisk, 'fact' | 'refreshed' | 'expire'>,
  access: AccessStore,
  fetch: typeof globalThis.fetch,
  clock: Pick<DeskClock, 'now'>,
): (fresh: boolean) => Promise<TokenAnswer> {
  let refreshing: Promise<TokenAnswer> | null = null;

  async function refresh(): Promise<TokenAnswer> {
    const account = await disk.fact('account');
    if (account === null || !account.signedIn) return { type: 'signed-out' };
    const answer = await refreshAt(fetch, account.server, account.refreshToken);
    if (answer === 'unreachable') return { type: 'unreachable' };
    if (answer === 'over') {
      await disk.expire(account.refreshToken);
      return { type: 'signed-out' };
    }
    await disk.refreshed(account.agent, answer.refreshToken);
    const token = answer.accessToken;
    await access.write({
      of: accessOf(account),
      token,
      expiresAt: clock.now() + answer.expiresInMs,
    });
    return { type: 'token', token };
  }

  return async (fresh) => {
    const account = await disk.fact('account');
    if (account === null || !account.signedIn) return { type: 'signed-out' };
    const known = fresh ? null : await access.read();
    if (known?.of === accessOf(account) && known.expiresAt - SPARE_MS > clock.now())
      return { type: 'token', token: known.token };
    refreshing ??= refresh().finally(() => {
      refreshing = null;
    });
    return refreshing;
  };
}
