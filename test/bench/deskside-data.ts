import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../server/clock.ts';
import { databaseIn } from '../../server/commands/data-directory.ts';
import { createAccessTokens } from '../../server/people/access-token.ts';
import { createPasswords } from '../../server/people/passwords.ts';
import { keyFact } from '../../server/people/secret.ts';
import { createSessions } from '../../server/people/sessions.ts';
import { openSqlite } from '../../server/store/sqlite/open-sqlite.ts';
import { agentId, benchCentre, panelAgent } from './bench-centre.ts';
import { fillStore } from './fill-store.ts';

/** Where Deskside finds its data, and how its agents prove who they are. */
export type DesksideData = {
  readonly dataDir: string;
  readonly centreFile: string;
  /** Short-lived: ask for one before each connection. */
  readonly tokenOf: (agent: number) => Promise<string>;
};

export type Preparation = {
  /** In the centre's file. */
  readonly agents: number;
  /** Of the past, already stored. */
  readonly messages: number;
  /** Origins of pages that show the chat, beside the server's own. */
  readonly pages?: readonly string[];
  /** Of the agent before a real panel; left out: they can't sign in. */
  readonly panelPassword?: string;
};

/**
 * Writes what a server finds at its start: the centre, the past, and a session for each agent.
 * They didn't sign in by their passwords, which cost what passwords must cost.
 */
export async function prepareData(folder: string, past: Preparation): Promise<DesksideData> {
  const { agents, messages, pages = [], panelPassword } = past;
  const dataDir = join(folder, 'data');
  const centreFile = join(folder, 'centre.yaml');
  mkdirSync(dataDir, { recursive: true });
  // JSON is YAML.
  writeFileSync(centreFile, JSON.stringify(benchCentre(agents, pages), null, 1));

  const clock = systemClock(0);
  const store = await openSqlite({ file: databaseIn(dataDir) });
  try {
    const key = await keyFact(store, 'people-key');
    const tokens = createAccessTokens(key, clock);
    const sessions = createSessions(store, { tell() {} }, clock, key);
    const open = await Promise.all(
      Array.from({ length: agents }, (_, index) => sessions.open(agentId(index))),
    );
    if (panelPassword !== undefined) {
      const passwordHash = await (await createPasswords()).hash(panelPassword);
      const { id: agent, email } = panelAgent;
      await store.accounts.put({ agent, email, passwordHash });
    }
    await fillStore(store, messages);
    return {
      dataDir,
      centreFile,
      tokenOf(index) {
        const session = open[index];
        if (session === undefined) throw new Error(`the centre has no agent ${index}`);
        return tokens.sign({ agent: session.agent, session: session.id });
      },
    };
  } finally {
    await store.close();
  }
}
