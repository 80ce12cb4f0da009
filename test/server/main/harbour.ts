import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Door, openDoor } from './door.ts';
import { run, runServer, temporaryFolder } from './server-process.ts';

const json = { 'Content-Type': 'application/json' };
const password = 'a long enough one';

export const setStatus = (to: 'ready' | 'not-ready', reason: string | null = null) => ({
  ...{ type: 'set-status', channel: 'chat', to, reason },
  ...{ durationMs: null, next: 'stay' },
});

/** A server of its own over a centre's file that a test may change. */
export async function harbour(file: string) {
  const folder = temporaryFolder();
  const path = join(folder, 'centre.yaml');
  writeFileSync(path, file);
  const env = { CENTRE: path, DATA_DIR: join(folder, 'data') };
  let server = await runServer(env);

  /** Invites the agent, who chooses a password and signs in; says the access token. */
  async function token(email: string): Promise<string> {
    const { url } = server;
    const invite = run(['server/commands/agent-invite.ts', '--email', email], env);
    const [, secret = ''] = await invite.says(/invite\?token=(\S+)/);
    const body = new URLSearchParams({ token: secret, password, again: password });
    await fetch(`${url}/invite`, { method: 'POST', body, headers: { Origin: url } });
    const signIn = await fetch(`${url}/api/sign-in`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ email, password }),
    });
    return ((await signIn.json()) as { accessToken: string }).accessToken;
  }

  async function greeted(path: '/agent' | '/customer', hello: object): Promise<Door> {
    const door = await openDoor(server.url, path);
    door.send({ type: 'hello', protocol: 2, ...hello });
    await door.hears((frame) => (frame.type === 'welcome' ? frame : undefined));
    return door;
  }

  return {
    path,
    /** The one that runs now. */
    server: () => server,
    change: (next: string) => writeFileSync(path, next),
    async agent(name: string): Promise<Door> {
      const desk = { desk: `desk-of-${name}`, claim: true, agentSeq: 0, cursors: [] };
      return greeted('/agent', { token: await token(`${name}@harbour.example`), ...desk });
    },
    customer: (name: string): Promise<Door> =>
      greeted('/customer', { secret: name.padEnd(43, '-'), site: 'shop', cursor: null }),
    /** The process is killed, and another one begins over what it left. */
    async restart(): Promise<void> {
      server.signal('SIGKILL');
      await server.ended;
      server = await runServer(env);
    },
  };
}
