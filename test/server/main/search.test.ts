import { expect, test } from 'vitest';
import { statusCommand } from '../../channels.ts';
import { event, openDoor } from './door.ts';
import { run, runServer } from './server-process.ts';

const slow = { timeout: 120_000 };
const json = { 'Content-Type': 'application/json' };

async function signIn(url: string): Promise<string> {
  const body = JSON.stringify({ email: 'maya@harbourpine.example', password: 'deskside-demo' });
  const answer = await fetch(`${url}/api/sign-in`, { method: 'POST', headers: json, body });
  return ((await answer.json()) as { accessToken: string }).accessToken;
}

/** The ids of what is found for these words. */
async function find(url: string, token: string, text: string): Promise<string[]> {
  const answer = await fetch(`${url}/api/search`, {
    method: 'POST',
    headers: { ...json, Authorization: `Bearer ${token}` },
    body: JSON.stringify({ text }),
  });
  const { rows } = (await answer.json()) as { rows: { interaction: string }[] };
  return rows.map(({ interaction }) => interaction);
}

test(
  'END-5: what was said is found, also after the server was killed, and after the index was made anew',
  slow,
  async () => {
    const first = await runServer();
    const token = await signIn(first.url);
    const agent = await openDoor(first.url, '/agent');
    const desk = { desk: 'desk-1', claim: true, agentSeq: 0, cursors: [] };
    agent.send({ type: 'hello', protocol: 2, token, ...desk });
    await agent.hears((frame) => (frame.type === 'welcome' ? frame : undefined));
    const customer = await openDoor(first.url, '/customer');
    const secret = 'c'.repeat(43);
    customer.send({ type: 'hello', protocol: 2, secret, site: 'demo', cursor: null });
    await customer.hears((frame) => (frame.type === 'welcome' ? frame : undefined));
    await agent.command(statusCommand('ready'));
    const started = await customer.command({ type: 'start', queue: 'delivery', language: 'en' });
    const interaction = String(started.stream).slice('interaction:'.length);
    const { offer } = await agent.hears(event('offer-made'));
    await agent.command({ type: 'offer-shown', interaction, offer });
    await agent.command({ type: 'accept', interaction, offer });
    await customer.command({ type: 'post', interaction, text: 'A xylophone, please.' });
    await expect.poll(() => find(first.url, token, 'xylo')).toEqual([interaction]);
    const headers = { Authorization: `Bearer ${token}` };
    const history = await fetch(`${first.url}/api/history/${interaction}`, { headers });
    expect(await history.text()).toContain('A xylophone, please.');

    await customer.command({ type: 'post', interaction, text: 'And a zither.' });
    first.signal('SIGKILL');
    await first.ended;
    const second = await runServer({ DATA_DIR: first.dataDir });
    const again = await signIn(second.url);
    await expect.poll(() => find(second.url, again, 'zither')).toEqual([interaction]);
    second.signal('SIGTERM');
    await second.ended;

    const rebuild = run(['server/commands/search-rebuild.ts'], { DATA_DIR: first.dataDir });
    await rebuild.says(/The index is made anew: \d+ events/);
    expect(await rebuild.ended).toEqual({ code: 0 });
    const third = await runServer({ DATA_DIR: first.dataDir });
    const once = await signIn(third.url);
    await expect.poll(() => find(third.url, once, 'xylophone')).toEqual([interaction]);
    const refused = run(['server/commands/search-rebuild.ts'], { DATA_DIR: first.dataDir });
    expect(await refused.ended).toEqual({ code: 4 });
  },
);
