import { browser } from 'wxt/browser';
import { type AccessStore, type AccessToken, memoryAccess } from '../access.ts';

const KEY = 'access';

/** Session storage: in memory, out of reach of content scripts, gone with the browser. */
export function sessionAccess(): AccessStore {
  const session = browser.storage?.session;
  if (session === undefined) return memoryAccess();
  return {
    read: async () => ((await session.get(KEY))[KEY] ?? null) as AccessToken | null,
    write: (token) => (token === null ? session.remove(KEY) : session.set({ [KEY]: token })),
  };
}
