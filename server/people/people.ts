import type { AgentId } from '../../protocol/ids.ts';
import type { Bus } from '../bus/contract.ts';
import type { AgentEntry, Centre } from '../centre/centre.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/contract.ts';
import { type Access, createAccessTokens } from './access-token.ts';
import { createAccounts } from './accounts.ts';
import { type AttemptLimits, attemptLimits, createAttempts } from './attempts.ts';
import { createInvites, INVITE_MS } from './invites.ts';
import { createPasswords, passwordLength } from './passwords.ts';
import { keyFact } from './secret.ts';
import { createSessions, type OpenSession, type SessionTimes, sessionTimes } from './sessions.ts';

/** How long an invitation is good. */
export const INVITE_DAYS = INVITE_MS / (24 * 3_600_000);

export type PeopleDeps = {
  readonly store: Store;
  readonly bus: Pick<Bus, 'tell'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly centre: Pick<Centre, 'agents' | 'agent' | 'agentByEmail'>;
  readonly limits?: AttemptLimits;
  readonly times?: SessionTimes;
};

export type SignedIn = {
  readonly type: 'signed-in';
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresInMs: number;
  readonly agent: AgentEntry;
  readonly session: string;
};
export type NotSignedIn =
  | { readonly type: 'wrong-credentials' }
  | { readonly type: 'not-signed-in' }
  | { readonly type: 'too-many'; readonly retryMs: number };

/**
 * Who the agents are, and how they prove it. Every method rejects with StoreUnavailable while
 * nothing can be looked up or stored, and refuses nobody for that.
 */
export type People = {
  readonly signIn: (
    email: string,
    password: string,
    address: string,
  ) => Promise<SignedIn | NotSignedIn>;
  readonly refresh: (refreshToken: string, address: string) => Promise<SignedIn | NotSignedIn>;
  /** Ends the session of this token; an unknown one changes nothing. */
  readonly signOut: (refreshToken: string) => Promise<void>;
  /** Who shows this access token; null once it has expired, its session is over or the agent is gone. */
  readonly verifyAccess: (token: string) => Promise<Access | null>;
  readonly invite: (agent: AgentId) => Promise<string>;
  /** Whom an invitation is for; null when it is used, too old or not ours. */
  readonly invited: (token: string) => Promise<AgentEntry | null>;
  /** Sets the password, ends every session of this agent; once for each invitation. */
  readonly setPassword: (
    token: string,
    password: string,
  ) => Promise<'set' | 'not-invited' | 'too-short' | 'too-long'>;
  /** Gives agents without a password the demo's, or takes it away wherever it still is. */
  readonly demo: (open: boolean) => Promise<void>;
};

/** Each sign-in costs 19 MiB and 15 ms of a core; more at once are told to come back. */
const UNDER_WAY_MAX = 32;
const BUSY_RETRY_MS = 1_000;
/** No agent in the centre's file has it: ids aren't empty. */
const NOBODY = '' as AgentId;

export async function createPeople(deps: PeopleDeps): Promise<People> {
  const { store, bus, clock, centre } = deps;
  const key = await keyFact(store, 'people-key');
  const passwords = await createPasswords();
  const attempts = createAttempts(deps.limits ?? attemptLimits, clock);
  const sessions = createSessions(store, bus, clock, key, deps.times ?? sessionTimes);
  const tokens = createAccessTokens(key, clock);
  const invites = createInvites(store, clock, key);
  const accounts = createAccounts(store, centre, passwords);
  let underWay = 0;
  const settingPassword = new Set<AgentId>();

  async function tokensOf(session: OpenSession): Promise<SignedIn | NotSignedIn> {
    const agent = centre.agent(session.agent);
    if (agent === null) return { type: 'not-signed-in' };
    return {
      type: 'signed-in',
      accessToken: await tokens.sign({ agent: session.agent, session: session.id }),
      refreshToken: session.refreshToken,
      expiresInMs: tokens.lifeMs,
      agent,
      session: session.id,
    };
  }

  async function invited(token: string): Promise<AgentEntry | null> {
    const agent = await invites.read(token);
    return agent === null ? null : centre.agent(agent);
  }

  async function judge(email: string, password: string): Promise<AgentEntry | null> {
    const agent = centre.agentByEmail(email);
    const stored = await accounts.passwordHash(agent?.id ?? NOBODY);
    return (await passwords.verify(stored, password)) ? agent : null;
  }

  return {
    async signIn(email, password, address) {
      if (underWay >= UNDER_WAY_MAX) return { type: 'too-many', retryMs: BUSY_RETRY_MS };
      const account = email.trim().toLowerCase();
      const retryMs = attempts.begin(account, address);
      if (retryMs !== null) return { type: 'too-many', retryMs };
      underWay++;
      try {
        const agent = await judge(email, password);
        if (agent === null) return { type: 'wrong-credentials' };
        const session = await sessions.open(agent.id);
        attempts.right(account, address);
        return await tokensOf(session);
      } catch (error) {
        attempts.unjudged(account, address);
        throw error;
      } finally {
        underWay--;
      }
    },

    async refresh(refreshToken, address) {
      const retryMs = attempts.refresh(address);
      if (retryMs !== null) return { type: 'too-many', retryMs };
      const session = await sessions.refresh(refreshToken);
      return session === null ? { type: 'not-signed-in' } : tokensOf(session);
    },

    signOut: sessions.end,

    async verifyAccess(token) {
      const access = await tokens.verify(token);
      if (access === null || centre.agent(access.agent) === null) return null;
      const session = await sessions.living(access.session);
      return session?.agent === access.agent ? access : null;
    },

    invite: invites.make,

    invited,

    async setPassword(token, password) {
      const length = [...password].length;
      if (length < passwordLength.min) return 'too-short';
      if (length > passwordLength.max) return 'too-long';
      const agent = await invited(token);
      if (agent === null || settingPassword.has(agent.id)) return 'not-invited';
      settingPassword.add(agent.id);
      try {
        await accounts.setPassword(agent, password);
        await sessions.revokeAllOf(agent.id);
        return 'set';
      } finally {
        settingPassword.delete(agent.id);
      }
    },

    async demo(open) {
      if (open) return accounts.openDemo();
      for (const agent of await accounts.closeDemo()) await sessions.revokeAllOf(agent);
    },
  };
}
