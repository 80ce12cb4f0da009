import type { AgentId } from '../../protocol/ids.ts';
import type { AgentEntry, Centre } from '../centre/centre.ts';
import type { Store } from '../store/contract.ts';
import type { Passwords } from './passwords.ts';

/** Known to everybody, so it opens nothing but a demo on the machine it runs on. */
export const DEMO_PASSWORD = 'deskside-demo';
const DEMO_HASH = 'demo-password-hash';

/**
 * Who may sign in stands in the centre's file; here is kept only what proves it. The file decides
 * whose an e-mail address is.
 */
export function createAccounts(
  store: Pick<Store, 'accounts' | 'fact' | 'setFact'>,
  centre: Pick<Centre, 'agents'>,
  passwords: Passwords,
) {
  async function setHash({ id, email }: AgentEntry, passwordHash: string | null): Promise<void> {
    const holder = await store.accounts.byEmail(email);
    if (holder !== null && holder.agent !== id) {
      // The address has moved to another agent in the file; its former holder gives it up.
      await store.accounts.put({ ...holder, email: `${holder.agent}@former.invalid` });
    }
    await store.accounts.put({ agent: id, email, passwordHash });
  }

  return {
    passwordHash: async (agent: AgentId): Promise<string | null> =>
      (await store.accounts.byAgent(agent))?.passwordHash ?? null,

    setPassword: async (agent: AgentEntry, password: string): Promise<void> =>
      setHash(agent, await passwords.hash(password)),

    /** Agents without a password get the demo's. */
    async openDemo(): Promise<void> {
      const stored = await store.fact(DEMO_HASH);
      const hash = stored ?? (await passwords.hash(DEMO_PASSWORD));
      if (stored === null) await store.setFact(DEMO_HASH, hash);
      for (const agent of centre.agents) {
        const account = await store.accounts.byAgent(agent.id);
        if (account === null || account.passwordHash === null) await setHash(agent, hash);
      }
    },

    /** Takes the demo's password from whoever has it; says who they were. */
    async closeDemo(): Promise<readonly AgentId[]> {
      const hash = await store.fact(DEMO_HASH);
      if (hash === null) return [];
      const closed: AgentId[] = [];
      for (const { id } of centre.agents) {
        const account = await store.accounts.byAgent(id);
        if (account?.passwordHash !== hash) continue;
        await store.accounts.put({ ...account, passwordHash: null });
        closed.push(id);
      }
      return closed;
    },
  };
}
