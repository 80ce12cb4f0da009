import { createHmac, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { AgentId } from '../../protocol/ids.ts';
import type { Bus } from '../bus/contract.ts';
import type { Clock } from '../clock.ts';
import type { Session, Store } from '../store/contract.ts';
import { hashOf, isSame, newSecret } from './secret.ts';

export type SessionTimes = {
  /** A desk that isn't opened for so long signs in again. */
  readonly refreshMs: number;
  /** So long after a rotation the older token is a lost answer; later it is theft. */
  readonly lostAnswerMs: number;
};
export const sessionTimes: SessionTimes = { refreshMs: 30 * 24 * 3_600_000, lostAnswerMs: 60_000 };

export type OpenSession = {
  readonly id: string;
  readonly agent: AgentId;
  readonly refreshToken: string;
};

/** Sessions that this process has seen alive: whom to tell when all of an agent's are over. */
const SEEN_MAX = 50_000;

/**
 * One sign-in is one session: a family of refresh tokens, `id.secret`, of which the newest is
 * good. Only hashes are stored.
 *
 * The next secret is the keyed hash of the one before. So a refresh whose answer was lost may be
 * repeated and hears the same answer, and two refreshes at once do too; nothing is rotated twice.
 */
export function createSessions(
  store: Pick<Store, 'sessions'>,
  bus: Pick<Bus, 'tell'>,
  clock: Pick<Clock, 'now'>,
  key: Uint8Array,
  times: SessionTimes = sessionTimes,
) {
  const seen = new LRUCache<string, AgentId>({ max: SEEN_MAX });
  const next = (secret: string) => createHmac('sha256', key).update(secret).digest('base64url');

  async function open(agent: AgentId): Promise<OpenSession> {
    const id = randomBytes(16).toString('base64url');
    const secret = newSecret();
    await store.sessions.create({
      id,
      agent,
      tokenHash: hashOf(secret),
      previousHash: null,
      rotatedAt: clock.now(),
      expiresAt: clock.now() + times.refreshMs,
      revoked: false,
    });
    seen.set(id, agent);
    return { id, agent, refreshToken: `${id}.${secret}` };
  }

  /** The session and its new token; null: sign in again. An old token ends the whole family. */
  async function refresh(refreshToken: string): Promise<OpenSession | null> {
    const { id, secret } = parts(refreshToken);
    const session = await living(id);
    if (session === null) return null;
    const shown = hashOf(secret);
    const renewed = next(secret);
    const answer = { id, agent: session.agent, refreshToken: `${id}.${renewed}` };
    const now = clock.now();

    if (isSame(shown, session.tokenHash)) {
      const to = hashOf(renewed);
      if (await store.sessions.rotate(id, shown, to, now, now + times.refreshMs)) return answer;
      // Another refresh with this token was first, or the session was revoked meanwhile.
      return (await living(id))?.tokenHash === to ? answer : null;
    }
    const previous = session.previousHash !== null && isSame(shown, session.previousHash);
    if (previous && now - session.rotatedAt <= times.lostAnswerMs) return answer;
    await revoke(id);
    return null;
  }

  /** The session that a refresh token stands for ends, whichever of its tokens it is. */
  async function end(refreshToken: string): Promise<void> {
    const { id } = parts(refreshToken);
    if ((await living(id)) !== null) await revoke(id);
  }

  async function revoke(id: string): Promise<void> {
    await store.sessions.revoke(id);
    seen.delete(id);
    bus.tell({ type: 'session-over', session: id });
  }

  /** After a new password: every desk of this agent signs in again. */
  async function revokeAllOf(agent: AgentId): Promise<void> {
    await store.sessions.revokeAllOf(agent);
    for (const [id, whose] of [...seen.entries()]) {
      if (whose !== agent) continue;
      seen.delete(id);
      bus.tell({ type: 'session-over', session: id });
    }
  }

  async function living(id: string): Promise<Session | null> {
    const session = id === '' ? null : await store.sessions.get(id);
    if (session === null || session.revoked || session.expiresAt <= clock.now()) return null;
    seen.set(id, session.agent);
    return session;
  }

  return { open, refresh, end, revokeAllOf, living };
}

function parts(refreshToken: string): { readonly id: string; readonly secret: string } {
  const match = /^([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/.exec(refreshToken);
  return { id: match?.[1] ?? '', secret: match?.[2] ?? '' };
}
