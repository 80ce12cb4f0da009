import type { Desk } from './desk-context.ts';
import type { SessionModel } from './panel-model.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { steady } from './steady.ts';

export function sessionModel(desk: Desk): SessionModel {
  const { overview, disk, nudge } = desk;
  return {
    current: steady(() => {
      const account = overview.value?.account ?? null;
      if (account === null || !account.signedIn) return null;
      const { server, agent, name, role, centre } = account;
      return { server, agent, name, role, centre };
    }),
    lastServer: steady(() => overview.value?.lastServer ?? ''),
    signIn: (server, email, password) => signIn(desk, server, email, password),
    signOut: () => signOut(desk),
    async takeBack() {
      await disk.claim();
      nudge({ type: 'disk' });
    },
  };
}
