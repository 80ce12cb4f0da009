import { expect, test } from 'vitest';
import type { AgentId, CommandId, StreamName } from '../../../protocol/ids.ts';
import { interactionStream } from '../../../protocol/ids.ts';
import { auditExports } from '../../../server/audit/exports.ts';
import { createCentre } from '../../../server/centre/centre.ts';
import { parseCentre } from '../../../server/centre/parse-centre.ts';
import { interactionColumns } from '../../../server/export/interactions.ts';
import type { EventBody, NewEvent, Store } from '../../../server/store/contract.ts';
import { StoreUnavailable } from '../../../server/store/contract.ts';
import { peopleWorld, signedIn, withPassword } from '../people/world.ts';
import { doneBy } from '../stories.ts';
import { accepted, answers, asks, started } from '../transcript/story.ts';
import { appWorld } from './app-world.ts';

const house = `
name: Small
agents:
  - { id: ana, name: Ana, email: ana@small.example, role: supervisor }
  - { id: bo, name: Bo, email: bo@small.example }
queues: [{ id: billing, name: Billing }]
`;
const DAY = 24 * 3_600_000;
const first = Date.UTC(2026, 0, 1);
const month = '?from=2026-01-01&to=2026-02-01';
const BOM = '\ufeff';

async function world(over: (store: Store) => Partial<Store> = () => ({})) {
  const people = await peopleWorld();
  const withHouse = await people.restart(house);
  const centre = createCentre(parseCentre(house, 'centre.yaml'));
  const store = { ...people.store, ...over(people.store) };
  const exports = { store, audit: auditExports(store, { now: () => first }) };
  const app = await appWorld({ people: withHouse, centre, exports }, people);
  await withPassword(withHouse);
  await withPassword(withHouse, 'bo');
  let commands = 0;
  const seqs = new Map<StreamName, number>();
  const told = async (stream: StreamName, at: number, ...events: NewEvent[]) => {
    const expected = seqs.get(stream) ?? 0;
    seqs.set(stream, expected + events.length);
    await people.store.append({
      principal: 'system',
      commandId: `command-${String(++commands).padStart(12, '0')}` as CommandId,
      ...{ hash: '', answer: '{}', at },
      streams: [{ stream, expected, events, snapshot: null }],
    });
  };
  const tokens = new Map<string, string>();
  const as = async (name: string, path: string) => {
    const known = tokens.get(name);
    const token = known ?? (await signedIn(withHouse, `${name}@small.example`)).accessToken;
    tokens.set(name, token);
    return app.ask(path, undefined, { Authorization: `Bearer ${token}` });
  };
  return { ...app, told, as };
}

/** Bytes as they come: a mark at the beginning is part of them. */
const textOf = async (response: Response): Promise<string> =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());

const event = ({ body, content }: { body: EventBody; content?: unknown }): NewEvent =>
  ({ body, ...(content == null ? {} : { content }) }) as NewEvent;
const chat = (id: string) => interactionStream(id as never);

test('a supervisor gets one row for each interaction that started in the time that was asked for', async () => {
  const { told, as } = await world();
  const before = event(started({ name: 'Too early' }));
  await told(chat('i-0'), first - 1, before);
  await told(chat('i-1'), first, event(started({ name: 'Carla, "C"', email: 'c@example.org' })));
  await told(chat('i-2'), first + 1_000, event(started({})));
  await told(
    chat('i-1'),
    first + 2_000,
    event(accepted),
    event(asks('secret')),
    event(answers('ok')),
  );
  await told(chat('i-3'), first + 31 * DAY, event(started({ name: 'Too late' })));
  const done = doneBy('agent', { dispositions: ['a', 'b'], resolved: true });
  await told(chat('i-1'), first + 40 * DAY, event({ body: done }));
  const response = await as('ana', `/api/export/interactions.csv${month}`);
  expect(response.status).toBe(200);
  expect(response.headers.get('Content-Type')).toBe('text/csv; charset=utf-8; header=present');
  expect(response.headers.get('Content-Disposition')).toBe(
    'attachment; filename="interactions-2026-01-01-2026-02-01.csv"',
  );
  const customer = 'a-hash-of-a-secret';
  expect(await textOf(response)).toBe(
    [
      BOM + interactionColumns.join(','),
      `i-1,chat,orders,en,,${customer},"Carla, ""C""",c@example.org,,,2026-01-01T00:00:00.000Z,2026-01-01T00:00:02.000Z,,,2026-02-10T00:00:00.000Z,agent,bo,a b,true,false,,1,1`,
      `i-2,chat,orders,en,,${customer},,,,,2026-01-01T00:00:01.000Z,,,,,,,,,,,0,0`,
      '',
    ].join('\r\n'),
  );
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])(
  'a spreadsheet takes %j for words, not for a formula',
  async (name) => {
    const { told, as } = await world();
    await told(chat('i-1'), first, event(started({ name, subject: `a${name}` })));
    const text = await textOf(await as('ana', `/api/export/interactions.csv${month}`));
    expect(text).toMatch(name.includes('\r') ? `,"'${name}",` : `,'${name},`);
    expect(text).toContain(`a${name}`);
    expect(text).not.toContain(`'a${name}`);
  },
);

test.each(['a\nb', 'a\rb', 'a\r\nb', 'a"b', 'a,b'])('%j stays one cell', async (name) => {
  const { told, as } = await world();
  await told(chat('i-1'), first, event(started({ name })));
  const text = await textOf(await as('ana', `/api/export/interactions.csv${month}`));
  expect(text).toContain(`,"${name.replace('"', '""')}",`);
});

test('STATE-10: the ledger has a row for each change, with who changed it', async () => {
  const { told, as } = await world();
  const status = { type: 'status-changed', channel: 'chat', until: null, next: 'stay' } as const;
  const supervisor = { kind: 'supervisor', agent: 'ana' as AgentId, name: 'Ana' } as const;
  const agent = 'agent:bo' as StreamName;
  await told(
    agent,
    first,
    { body: { type: 'signed-in', desk: 'd-1' as never } },
    { body: { ...status, from: 'ready', to: 'not-ready', reason: 'lunch', by: { kind: 'agent' } } },
  );
  await told(
    agent,
    first + 1_000,
    { body: { ...status, from: 'not-ready', to: 'ready', reason: null, by: supervisor } },
    { body: { type: 'can-show' } },
    { body: { type: 'do-not-disturb-set', on: true } },
  );
  await told('agent:gone' as StreamName, first + 2_000, { body: { type: 'unreachable' } });
  await told(agent, first + 31 * DAY, { body: { type: 'signed-out' } });
  const response = await as('ana', `/api/export/ledger.csv${month}`);
  expect(await textOf(response)).toBe(
    [
      `${BOM}time,agent,name,what,channel,from,to,reason,by,byAgent`,
      '2026-01-01T00:00:00.000Z,bo,Bo,signed-in,,,,,agent,',
      '2026-01-01T00:00:00.000Z,bo,Bo,status,chat,ready,not-ready,lunch,agent,',
      '2026-01-01T00:00:01.000Z,bo,Bo,status,chat,not-ready,ready,,supervisor,ana',
      '2026-01-01T00:00:01.000Z,bo,Bo,do-not-disturb-on,,,,,agent,',
      '2026-01-01T00:00:02.000Z,gone,,unreachable,,,,,system,',
      '',
    ].join('\r\n'),
  );
});

test('TRUST-4: nobody but supervisors takes the centre’s data away', async () => {
  const { as, ask, lines, store } = await world();
  for (const file of ['interactions', 'ledger']) {
    const path = `/api/export/${file}.csv${month}`;
    expect((await ask(path)).status).toBe(401);
    expect((await as('bo', path)).status).toBe(403);
    expect(lines.join('')).not.toContain('exported');
  }
  expect(await store.audit.before(null, 10)).toEqual([]);
});

test('TRUST-4: who takes what away is audited, and the log says which days', async () => {
  const { as, lines, store } = await world();
  for (const file of ['interactions', 'ledger'])
    await (await as('ana', `/api/export/${file}.csv${month}`)).text();
  const row = { at: first, actor: 'ana', object: null };
  expect(await store.audit.before(null, 10)).toEqual([
    { ...row, number: 2, action: 'export-ledger' },
    { ...row, number: 1, action: 'export-interactions' },
  ]);
  expect(lines.join('')).toContain(`"what":"ledger","from":${first},"to":${first + 31 * DAY}`);
});

test('TRUST-4: nothing is given while nobody can keep who takes it, and no place is lost by it', async () => {
  let isGone = true;
  const { as } = await world(({ audit }) => ({
    audit: {
      ...audit,
      add: (entries, at) =>
        isGone ? Promise.reject(new StoreUnavailable('the disk is full')) : audit.add(entries, at),
    },
  }));
  const path = `/api/export/ledger.csv${month}`;
  for (let n = 0; n < 3; n++) expect((await as('ana', path)).status).toBe(503);
  isGone = false;
  expect((await as('ana', path)).status).toBe(200);
});

test('TRUST-5: of three that come at the same moment one waits', async () => {
  const { as } = await world();
  const path = `/api/export/ledger.csv${month}`;
  await (await as('ana', path)).text();
  const answers = await Promise.all([as('ana', path), as('ana', path), as('ana', path)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 429]);
});

test.each([
  ['no time', ''],
  ['half of it', '?from=2026-01-01'],
  ['the wrong way round', '?from=2026-02-01&to=2026-01-01'],
  ['more than a year', '?from=2025-01-01&to=2026-02-01'],
  ['no day', '?from=2026-13-01&to=2026-14-01'],
  ['words', '?from=yesterday&to=today'],
])('TRUST-5: %s is refused', async (_, query) => {
  const { as } = await world();
  const response = await as('ana', `/api/export/ledger.csv${query}`);
  expect([response.status, await response.json()]).toEqual([400, { refusal: 'bad-frame' }]);
});

test('TRUST-5: two at once; a third waits, until one is over or its reader is gone', async () => {
  const { told, as } = await world();
  for (let n = 0; n < 10_000; n += 500)
    await told(
      'agent:bo' as StreamName,
      first + n,
      ...Array.from({ length: 500 }, () => ({ body: { type: 'unreachable' } }) as NewEvent),
    );
  const path = `/api/export/ledger.csv${month}`;
  const readers = [];
  for (let n = 0; n < 2; n++) {
    const reader = (await as('ana', path)).body!.getReader();
    await reader.read();
    readers.push(reader);
  }
  expect((await as('ana', path)).status).toBe(429);
  await readers[0]!.cancel();
  await expect.poll(async () => (await as('ana', path)).status).toBe(200);
});

test('a store that goes away in the middle breaks the file off; it doesn’t end as if that were all', async () => {
  let looks = 0;
  const { told, as } = await world((store) => ({
    readAll: (after, limit) =>
      limit > 1 && ++looks > 1
        ? Promise.reject(new StoreUnavailable('the disk is gone'))
        : store.readAll(after, limit),
  }));
  for (let n = 0; n < 1_000; n += 500)
    await told(
      'agent:bo' as StreamName,
      first + n,
      ...Array.from({ length: 500 }, () => ({ body: { type: 'unreachable' } }) as NewEvent),
    );
  const response = await as('ana', `/api/export/ledger.csv${month}`);
  await expect(response.text()).rejects.toThrow();
});
