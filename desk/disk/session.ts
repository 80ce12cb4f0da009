import type { SessionDisk } from './contract.ts';
import { type Engine, tableNames, type Write } from './engine.ts';
import type { FactName, Facts } from './rows.ts';

/** Who is signed in, and what is kept once. */
export function sessionDisk({ write }: Engine): SessionDisk {
  const setFact = <K extends FactName>(name: K, value: Facts[K] | null) =>
    write('quick', ['facts'], (t) => t.setFact(name, value));
  const changeAccount = (change: (before: Facts['account']) => Facts['account']) =>
    write('strict', ['facts'], async (t) => {
      const account = await t.fact('account');
      if (account !== null) await t.setFact('account', change(account));
    });

  return {
    signIn: (account) =>
      write('strict', tableNames, async (t) => {
        const before = await t.fact('account');
        const same = before?.agent === account.agent && before.server === account.server;
        if (!same) await removeAgent(t);
        await t.setFact('account', { ...account, signedIn: true, claim: true });
        await t.setFact('lastServer', account.server);
      }),
    refreshed: (agent, refreshToken) =>
      changeAccount((account) =>
        account.agent === agent ? { ...account, refreshToken } : account,
      ),
    expire: (refreshToken) =>
      changeAccount((account) =>
        account.refreshToken === refreshToken ? { ...account, signedIn: false } : account,
      ),
    claim: () => changeAccount((account) => ({ ...account, claim: true })),
    signOut: () => write('strict', tableNames, removeAgent),
    setTime: (time) => setFact('time', time),
    setConnection: (connection) => setFact('connection', connection),
    select: (interaction) => setFact('selected', interaction),
    rememberServer: (server) => setFact('lastServer', server),
    speak: (language) => setFact('language', language),
    desk: (newDesk) =>
      write('strict', ['facts'], async (t) => {
        const known = await t.fact('desk');
        if (known !== null) return known;
        const desk = newDesk();
        await t.setFact('desk', desk);
        return desk;
      }),
  };
}

/** Everything but the desk's id, the server's address, the language and the state of the connection. */
async function removeAgent(t: Write): Promise<void> {
  await t.clear(['interactions', 'events', 'offers', 'outbox', 'drafts']);
  await t.setFact('account', null);
  await t.setFact('agent', null);
  await t.setFact('selected', null);
}
