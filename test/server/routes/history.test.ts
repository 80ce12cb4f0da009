import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { interactionStream } from '../../../protocol/ids.ts';
import type { AppDeps } from '../../../server/app.ts';
import { createLocalBus } from '../../../server/bus/local.ts';
import { createCentre } from '../../../server/centre/centre.ts';
import { parseCentre } from '../../../server/centre/parse-centre.ts';
import type { InteractionState } from '../../../server/interactions/state.ts';
import { createPeople } from '../../../server/people/people.ts';
import type { Audit } from '../../../server/routes/history.ts';
import { queuesOf } from '../../../server/routing/steps.ts';
import { createStates } from '../../../server/states.ts';
import { password } from '../people/world.ts';
import { accepted, doneWith, notes, says, searchWorld } from '../search/world.ts';
import { appWorld } from './app-world.ts';

const house = `
name: House
agents:
  - { id: ana, name: Ana, email: ana@house.example, skills: { selling: 3 } }
  - { id: bo, name: Bo, email: bo@house.example, skills: { helping: 3 } }
  - { id: sue, name: Sue, email: sue@house.example, role: supervisor }
queues:
  - { id: sales, name: Sales, skills: [{ skill: selling, minimum: 2 }] }
  - id: help
    name: Help
    skills: [{ skill: helping, minimum: 5 }]
    steps: [{ afterSeconds: 60, skills: [{ skill: helping, minimum: 1 }] }]
`;

/** The HTTP app over a real database and a real index. */
async function world() {
  const searching = await searchWorld();
  const { store, clock, search } = searching;
  const centre = createCentre(parseCentre(house, 'house.yaml'));
  const people = await createPeople({ store, bus: createLocalBus(), clock, centre });
  const told: Parameters<Audit>[0][] = [];
  const history: AppDeps['history'] = {
    store,
    interaction: async (id) =>
      (await createStates(store).look(interactionStream(id))).state as InteractionState | null,
    search: search(),
    queuesOf: (agent) => queuesOf(agent, centre.routing),
    audit: async (entry) => void told.push(entry),
  };
  const { ask } = await appWorld({ people, centre, history });

  async function as(agent: string) {
    await people.setPassword(await people.invite(agent as never), password);
    const email = `${agent}@house.example`;
    const { accessToken } = (await (await ask('/api/sign-in', { email, password })).json()) as {
      accessToken: string;
    };
    return async (path: string, body?: unknown) => {
      const answer = await ask(path, body, { Authorization: `Bearer ${accessToken}` });
      return { status: answer.status, json: await answer.json() };
    };
  }
  return { ...searching, as, ask, told };
}

const idsOf = ({ json }: { json: { rows: { interaction: string }[] } }) =>
  json.rows.map(({ interaction }) => interaction);

test('END-5, TRUST-4: agents find what their queues held, supervisors all; others’ interactions are audited', async () => {
  const { begin, twoSeconds, as, told } = await world();
  await begin('i1', { queue: 'sales' }, accepted('ana'), says('lamp'));
  await begin('i2', { queue: 'help' }, accepted('bo'), says('lamp'));
  await twoSeconds();
  const [ana, bo, sue] = [await as('ana'), await as('bo'), await as('sue')];
  expect(idsOf(await ana('/api/search', { text: 'lamp' }))).toEqual(['i1']);
  expect(idsOf(await bo('/api/search', { text: 'lamp' }))).toEqual(['i2']);
  expect(idsOf(await ana('/api/search', { queue: 'help' }))).toEqual([]);
  expect(told).toEqual([]);
  const all = await sue('/api/search', { text: 'lamp', limit: 1 });
  expect(all.json).toMatchObject({ current: true, next: expect.any(Number) });
  expect(idsOf(await sue('/api/search', { text: 'lamp', after: all.json.next }))).toEqual(['i1']);
  expect(told).toEqual([
    { actor: 'sue', action: 'search', object: 'interaction', interactions: ['i2'] },
    { actor: 'sue', action: 'search', object: 'interaction', interactions: ['i1'] },
  ]);
});

test('END-5, HAND-3: who serves the customer reads what was before, with notes, dispositions, who and when', async () => {
  const { begin, go, twoSeconds, as, told } = await world();
  const customer = 'zoe';
  await begin(
    'old',
    { customer, queue: 'sales', words: { name: 'Zoe' } },
    accepted('ana'),
    says('lamp'),
    notes('was cross'),
    doneWith(['sold'], 'a discount'),
  );
  await begin('now', { customer, queue: 'help' });
  await begin('other', { customer: 'eve', queue: 'help' }, accepted('bo'));
  await twoSeconds();
  const bo = await as('bo');
  const read = () => bo('/api/history/old?via=now');
  expect(await read()).toEqual({ status: 404, json: { refusal: 'unknown-interaction' } });
  await go('now', accepted('bo'));
  await twoSeconds();
  const listed = await bo('/api/interactions/now/history');
  expect(idsOf(listed)).toEqual(['now', 'old']);
  const { status, json } = await read();
  expect([status, json.row.dispositions, json.more]).toEqual([200, ['sold'], false]);
  const events = json.events as { event: { type: string }; at: number; content?: object }[];
  expect(events.map(({ event }) => event.type)).toEqual([
    ...['started', 'queued', 'accepted', 'message-posted', 'note-added', 'marked-done'],
  ]);
  expect(events[4]).toMatchObject({ content: { text: 'was cross' }, at: expect.any(Number) });
  expect(events[5]).toMatchObject({ content: { note: 'a discount' } });
  const rest = await bo('/api/history/old?via=now&after=5');
  expect(rest.json.events).toEqual(events.slice(5));
  expect((await bo('/api/history/old?via=other')).status).toBe(404);
  await go('now', doneWith([]));
  expect((await read()).status).toBe(404);
  expect(told.map(({ action }) => action)).toEqual([
    ...['list-history', 'read-history', 'read-history'],
  ]);
});

test('TRUST-4, END-5: whose queue held one of a customer’s interactions is told of those alone that their queues held', async () => {
  const { begin, twoSeconds, as } = await world();
  const customer = 'zoe';
  await begin('sold', { customer, queue: 'sales' }, accepted('ana'), doneWith(['sold']));
  const words = { subject: 'between her and the other queue' };
  await begin('helped', { customer, queue: 'help', words }, accepted('bo'));
  await twoSeconds();
  const [ana, bo, sue] = [await as('ana'), await as('bo'), await as('sue')];
  expect(idsOf(await ana('/api/interactions/sold/history'))).toEqual(['sold']);
  expect(idsOf(await bo('/api/interactions/helped/history'))).toEqual(['helped', 'sold']);
  expect(idsOf(await sue('/api/interactions/sold/history'))).toEqual(['helped', 'sold']);
});

test('KNOW-5: verified as the same, a customer of two browsers is one; a typed address makes nobody the same', async () => {
  const { begin, twoSeconds, as } = await world();
  const words = { verifiedId: 'shop/4711', verified: '', email: 'zoe@shop.example' };
  await begin('phone', { customer: 'phone', queue: 'sales', words });
  await begin('typed', {
    ...{ customer: 'typed', queue: 'sales' },
    words: { email: 'zoe@shop.example' },
  });
  await begin('laptop', { customer: 'laptop', queue: 'help', words }, accepted('bo'));
  await twoSeconds();
  const bo = await as('bo');
  expect(idsOf(await bo('/api/interactions/laptop/history'))).toEqual(['laptop', 'phone']);
  expect((await bo('/api/history/phone?via=laptop')).status).toBe(200);
  expect((await bo('/api/history/typed?via=laptop')).status).toBe(404);
});

test('KNOW-5: what was said in the same browser before the site knew the customer is theirs; another’s there isn’t', async () => {
  const { begin, twoSeconds, as } = await world();
  const zoe = { verifiedId: 'shop/4711', verified: '' };
  const max = { verifiedId: 'shop/4712', verified: '' };
  // Another site may call its customers as it likes.
  const odd = { verifiedId: 'spare/shop/4711', verified: '' };
  await begin('before', { customer: 'laptop' });
  await begin('other', { customer: 'laptop', words: max });
  await begin('odd', { customer: 'elsewhere', words: odd });
  await begin('phone', { customer: 'phone', words: zoe });
  await begin('now', { customer: 'laptop', queue: 'help', words: zoe }, accepted('bo'));
  await twoSeconds();
  const bo = await as('bo');
  const first = await bo('/api/interactions/now/history');
  expect(idsOf(first)).toEqual(['now', 'phone', 'before']);
  for (const id of ['phone', 'before'])
    expect((await bo(`/api/history/${id}?via=now`)).status).toBe(200);
  for (const id of ['other', 'odd'])
    expect((await bo(`/api/history/${id}?via=now`)).status).toBe(404);
});

test('TRUST-4: without a token, with a wrong one, or as a customer nobody searches or reads', async () => {
  const { begin, twoSeconds, ask } = await world();
  await begin('i1', {}, says('lamp'));
  await twoSeconds();
  for (const Authorization of ['', 'Bearer x', 'Basic x', `Bearer ${'c'.repeat(43)}`])
    for (const [path, body] of [
      ['/api/search', {}],
      ['/api/interactions/i1/history', undefined],
      ['/api/history/i1', undefined],
    ] as const) {
      const answer = await ask(path, body, { Authorization });
      expect([answer.status, await answer.json()]).toEqual([401, { refusal: 'not-signed-in' }]);
    }
});

test('TRUST-5: more searches of one agent at once than a person makes are told to come back', async () => {
  const { as, search } = await world();
  const sue = await as('sue');
  const four = Promise.withResolvers<void>();
  const { find } = search();
  vi.spyOn(search(), 'find').mockImplementation(async (query) => {
    await four.promise;
    return find(query);
  });
  let refused = 0;
  const asked = Array.from({ length: 8 }, async () => {
    const { status } = await sue('/api/search', {});
    // None is over before the others have been refused.
    if (status === 429 && ++refused === 4) four.resolve();
    return status;
  });
  expect((await Promise.all(asked)).sort()).toEqual([200, 200, 200, 200, 429, 429, 429, 429]);
  expect((await sue('/api/search', {})).status).toBe(200);
});

test('TRUST-5: whatever is asked, the answer is a result or a named refusal', async () => {
  const { begin, twoSeconds, as } = await world();
  await begin('i1', {}, accepted('ana'), says('lamp'));
  await twoSeconds();
  const sue = await as('sue');
  const odd = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string(),
    fc.constantFrom('"', '*', 'NEAR(', '\0', "';--", 'i1', '..', '%00', '\ud800'),
    fc.integer(),
    fc.double(),
    fc.constant(null),
  );
  const field = fc.constantFrom(
    ...['text', 'phone', 'email', 'customer', 'queue', 'agent', 'disposition', 'tag', 'channel'],
    ...['from', 'to', 'after', 'limit', 'other', '__proto__'],
  );
  await fc.assert(
    fc.asyncProperty(fc.dictionary(field, odd), odd, odd, async (body, one, other) => {
      const [path, query] = [one, other].map((text) =>
        encodeURIComponent(String(text).toWellFormed()),
      );
      const answers = [
        await sue('/api/search', body),
        await sue(`/api/history/i${path}?via=${query}&after=${query}`),
        await sue(`/api/interactions/i1/history?after=${query}`),
      ];
      for (const { status, json } of answers)
        if (status !== 200) {
          expect([400, 404]).toContain(status);
          expect(json.refusal).toMatch(/^(bad-frame|unknown-interaction)$/);
        }
    }),
    { numRuns: 60 },
  );
});

test.each<[string, string[]]>([
  ['ana', ['sales']],
  ['bo', ['help']],
  ['sue', []],
])('ROUTE-2: the queues of %s are those whose work they could be offered', (agent, queues) => {
  const { routing } = createCentre(parseCentre(house, 'house.yaml'));
  expect(queuesOf(agent as never, routing)).toEqual(queues);
});
