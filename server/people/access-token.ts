import { errors, jwtVerify, SignJWT } from 'jose';
import type { AgentId } from '../../protocol/ids.ts';
import type { Clock } from '../clock.ts';

/** Short: a stolen one is soon worthless. The desk refreshes it by itself. */
export const ACCESS_MS = 10 * 60_000;

const ISSUER = 'deskside';
/** Apart from every other token that is signed with the same key. */
const AUDIENCE = 'deskside-agent';
const ALGORITHM = 'HS256';

export type Access = { readonly agent: AgentId; readonly session: string };

export function createAccessTokens(key: Uint8Array, clock: Pick<Clock, 'now'>, lifeMs = ACCESS_MS) {
  return {
    lifeMs,
    sign: ({ agent, session }: Access): Promise<string> =>
      new SignJWT({ sid: session })
        .setProtectedHeader({ alg: ALGORITHM })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(agent)
        .setIssuedAt(new Date(clock.now()))
        .setExpirationTime(new Date(clock.now() + lifeMs))
        .sign(key),

    /** What it says, or null when it wasn't signed by us, for this, or has expired. */
    async verify(token: string): Promise<Access | null> {
      try {
        const { payload } = await jwtVerify<{ sid: string }>(token, key, {
          algorithms: [ALGORITHM],
          issuer: ISSUER,
          audience: AUDIENCE,
          requiredClaims: ['sub', 'sid', 'iat', 'exp'],
          currentDate: new Date(clock.now()),
        });
        if (typeof payload.sub !== 'string' || typeof payload.sid !== 'string') return null;
        return { agent: payload.sub as AgentId, session: payload.sid };
      } catch (error) {
        if (error instanceof errors.JOSEError) return null;
        throw error;
      }
    },
  };
}
