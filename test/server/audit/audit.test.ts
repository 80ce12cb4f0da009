import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Colleague, type House, openHouse, stand } from '../access/house.ts';

/** Over real doors of a real server. */
let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

type Row = { number: number; at: number; actor: string; action: string; object: string | null };
type Page = { readonly rows: readonly Row[]; readonly before: number | null };

const get = (path: string, token?: string) =>
  fetch(`${house.url}${path}`, {
    ...(token !== undefined && { headers: { Authorization: `Bearer ${token}` } }),
  });
const page = async ({ token }: Colleague, query = '') =>
  (await (await get(`/api/audit${query}`, token)).json()) as Page;

/** Everything, oldest first. */
async function all(admin: Colleague): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let before: number | null = null;
  do {
    const one: Page = await page(admin, `?limit=2${before === null ? '' : `&before=${before}`}`);
    rows.unshift(...[...one.rows].reverse());
    before = one.before;
  } while (before !== null);
  return rows;
}

const secret = 'these words stand nowhere but in the talk';

async function superviseEverything(supervisor: Colleague, admin: Colleague) {
  const owner = await house.newcomer('agent');
  const first = await stand(house, 'own', owner);
  const second = await stand(house, 'own', owner);
  const of = ({ interaction }: { readonly interaction: string }) => ({ interaction });
  const acknowledged = async (one: Colleague, command: object) =>
    expect(await one.door.command(command)).toMatchObject({ type: 'ack' });
  await acknowledged(supervisor, { type: 'monitor', ...of(first) });
  const aside = { type: 'post-side', ...of(first), with: supervisor.id, text: secret };
  await acknowledged(supervisor, aside);
  await acknowledged(supervisor, { type: 'barge-in', ...of(first) });
  await acknowledged(supervisor, { type: 'post', ...of(first), text: secret });
  await acknowledged(supervisor, { type: 'take-over', ...of(first) });
  await acknowledged(supervisor, { type: 'end', ...of(second) });
  await acknowledged(supervisor, {
    ...{ type: 'set-agent-status', agent: owner.id, channel: 'all', to: 'not-ready', reason: null },
  });
  // What anybody does with their own isn't audited, nor what is refused.
  await acknowledged(owner, { type: 'mark-done', ...of(second), dispositions: [], note: secret });
  const no = await owner.door.command({ type: 'take-over', ...of(first) });
  expect(no.type).toBe('refused');
  const ask = (one: Colleague, id: string, question: object) => {
    one.door.send({ type: 'ask', id, question });
    return one.door.hears((frame) => (frame.id === id ? frame.type : undefined));
  };
  const holding = { type: 'holding', agent: owner.id, from: 0 };
  expect(await ask(supervisor, 'ask-0000000000000001', holding)).toBe('answer');
  expect(await ask(supervisor, 'ask-0000000000000002', { type: 'reload-centre' })).toBe('refused');
  const nobody = { ...holding, agent: 'whatever.somebody.writes' };
  expect(await ask(supervisor, 'ask-0000000000000004', nobody)).toBe('refused');
  expect(await ask(admin, 'ask-0000000000000003', { type: 'reload-centre' })).toBe('answer');
  return {
    owner,
    first: `interaction:${first.interaction}`,
    second: `interaction:${second.interaction}`,
  };
}

test('TRUST-4: every privileged act is audited once, in order, by who did it to whom, and paged for admins', async () => {
  const [supervisor, admin] = [await house.newcomer('supervisor'), await house.newcomer('admin')];
  const { owner, first, second } = await superviseEverything(supervisor, admin);
  const rows = await all(admin);
  expect(rows.map(({ actor, action, object }) => [actor, action, object])).toEqual([
    [supervisor.id, 'monitor', first],
    [supervisor.id, 'whisper', first],
    [supervisor.id, 'barge-in', first],
    [supervisor.id, 'take-over', first],
    [supervisor.id, 'end', second],
    [supervisor.id, 'set-agent-status', `agent:${owner.id}`],
    [supervisor.id, 'holding', `agent:${owner.id}`],
    [admin.id, 'reload-centre', null],
  ]);
  expect(rows.map(({ number }) => number)).toEqual(rows.map((_, index) => index + 1));
  for (const { at } of rows) expect(at).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toContain(secret);
});

test('TRUST-4: the audit is read by admins and by nobody else; what isn’t a page is refused by name', async () => {
  const people = await Promise.all(
    (['agent', 'supervisor', 'admin'] as const).map((role) => house.newcomer(role)),
  );
  const answers = await Promise.all(people.map(({ token }) => get('/api/audit', token)));
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 200]);
  expect(await answers[0]?.json()).toEqual({ refusal: 'not-allowed' });
  expect((await get('/api/audit')).status).toBe(401);
  const admin = people[2]?.token;
  for (const query of ['limit=0', 'limit=501', 'limit=x', 'before=-1', 'before=1e9', "before=1'"])
    expect((await get(`/api/audit?${query}`, admin)).status, query).toBe(400);
});

test('TRUST-4: no door changes or removes what was audited', async () => {
  const admin = await house.newcomer('admin');
  const before = await all(admin);
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    const answer = await fetch(`${house.url}/api/audit`, {
      method,
      headers: { Authorization: `Bearer ${admin.token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ number: 1 }),
    });
    expect([404, 405], method).toContain(answer.status);
  }
  expect(await all(admin)).toEqual(before);
});

test('TRUST-4: the database itself refuses to change or remove what was audited, and the program has no statement for it', async () => {
  const { door } = await house.newcomer('admin');
  door.send({ type: 'ask', id: 'ask-0000000000000009', question: { type: 'reload-centre' } });
  await door.hears((frame) => (frame.id === 'ask-0000000000000009' ? frame : undefined));
  const db = new DatabaseSync(join(house.dataDir, 'deskside.db'));
  expect(() => db.exec("UPDATE audit SET actor = 'nobody'")).toThrow(/stays as it is/);
  expect(() => db.exec('DELETE FROM audit')).toThrow(/is kept/);
  db.close();
  const written = await Promise.all(
    ['small-jobs', 'apply-append', 'read-rows'].map((name) =>
      readFile(new URL(`../../../server/store/sqlite/${name}.ts`, import.meta.url), 'utf8'),
    ),
  );
  expect(written.join('').match(/(UPDATE|DELETE FROM|REPLACE INTO) audit/g)).toBeNull();
});
