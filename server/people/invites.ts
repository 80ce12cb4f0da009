import { errors, jwtVerify, SignJWT } from 'jose';
import type { AgentId } from '../../protocol/ids.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/contract.ts';
import { hashOf } from './secret.ts';

/** Long enough for a weekend. */
export const INVITE_MS = 72 * 3_600_000;

const ISSUER = 'deskside';
const AUDIENCE = 'deskside-invite';
const ALGORITHM = 'HS256';

/**
 * Tokens that let an agent set a password. One names the password that it replaces, so it is
 * good until some password was set: once, and never after another way of setting one.
 */
export function createInvites(
  store: { readonly accounts: Pick<Store['accounts'], 'byAgent'> },
  clock: Pick<Clock, 'now'>,
  key: Uint8Array,
) {
  const replaces = async (agent: AgentId): Promise<string> =>
    hashOf((await store.accounts.byAgent(agent))?.passwordHash ?? '').slice(0, 22);

  return {
    make: async (agent: AgentId): Promise<string> =>
      new SignJWT({ replaces: await replaces(agent) })
        .setProtectedHeader({ alg: ALGORITHM })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(agent)
        .setExpirationTime(new Date(clock.now() + INVITE_MS))
        .sign(key),

    /** Whom it invites, or null: not ours, too old, or used. */
    async read(token: string): Promise<AgentId | null> {
      try {
        const { payload } = await jwtVerify<{ replaces: string }>(token, key, {
          algorithms: [ALGORITHM],
          issuer: ISSUER,
          audience: AUDIENCE,
          requiredClaims: ['sub', 'replaces', 'exp'],
          currentDate: new Date(clock.now()),
        });
        const agent = payload.sub as AgentId;
        return payload.replaces === (await replaces(agent)) ? agent : null;
      } catch (error) {
        if (error instanceof errors.JOSEError) return null;
        throw error;
      }
    },
  };
}
