import { expect, test } from 'vitest';
import { type CommandId, interactionStream } from '../../../protocol/ids.ts';
import { readTranscript } from '../../../server/transcript/read-transcript.ts';
import { signedIn, withPassword } from '../people/world.ts';
import { accepted, answers, asks, notes, started, type Told } from '../transcript/story.ts';
import { appWorld } from './app-world.ts';

const ana = 'ana' as never;
const withAna: Told = {
  ...accepted,
  body: { ...accepted.body, agent: ana, name: 'Ana' } as Told['body'],
};

async function world(...told: Told[]) {
  const app = await appWorld();
  await withPassword(app.people);
  await withPassword(app.people, 'bo');
  await app.store.append({
    principal: 'system',
    commandId: 'command-000000001' as CommandId,
    hash: '',
    answer: '{}',
    at: Date.UTC(2026, 0, 1),
    streams: [
      {
        stream: interactionStream('i-1' as never),
        expected: 0,
        events: told.map(({ body, content }) => ({ body, ...(content && { content }) })),
        snapshot: null,
      },
    ],
  });
  const as = async (email: string, path: string) => {
    const { accessToken } = await signedIn(app.people, email);
    return app.ask(path, undefined, { Authorization: `Bearer ${accessToken}` });
  };
  return { ...app, as };
}

const talk = [started(), asks('Where?'), withAna, notes('angry'), answers('On its way')];
const txt = '/api/interactions/i-1/transcript.txt';

test('END-6: an agent who is in it gets its transcript as text, notes included', async () => {
  const { as } = await world(...talk);
  const response = await as('ana@small.example', txt);
  expect(response.status).toBe(200);
  expect(response.headers.get('Content-Type')).toBe('text/plain; charset=UTF-8');
  expect(response.headers.get('Content-Disposition')).toBe(
    'attachment; filename="transcript-i-1.txt"',
  );
  expect(response.headers.get('Cache-Control')).toBe('no-store');
  expect(await response.text()).toContain('Bo, internal note, 1 Jan 2026, 00:00 UTC\n  angry');
});

test('END-6: and the one that the customer gets, in another language', async () => {
  const { as } = await world(...talk);
  const text = await (await as('ana@small.example', `${txt}?for=customer&language=de`)).text();
  expect(text).toContain('Gespräch mit Small');
  expect(text).not.toContain('angry');
});

test('END-6: as a PDF', async () => {
  const { as } = await world(...talk);
  const response = await as('ana@small.example', txt.replace('.txt', '.pdf'));
  expect(response.headers.get('Content-Type')).toBe('application/pdf');
  expect(response.headers.get('Content-Disposition')).toContain('"transcript-i-1.pdf"');
  expect(
    Buffer.from(await response.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
});

test('TRUST-5: an agent’s third at once is told to wait', async () => {
  const { people, ask } = await world(...talk);
  const { accessToken } = await signedIn(people, 'ana@small.example');
  const one = () => ask(txt, undefined, { Authorization: `Bearer ${accessToken}` });
  const statuses = (await Promise.all([one(), one(), one()])).map(({ status }) => status);
  expect(statuses.sort()).toEqual([200, 200, 429]);
  expect((await one()).status).toBe(200);
});

test('END-6: however much happened between, what was said is on it; what isn’t is said to be left', async () => {
  const away: Told = { body: { type: 'customer-away', leftAt: 1 } };
  const absences = Array.from({ length: 4_200 }, () => away);
  const { store } = await world(started(), ...absences, asks('At last'));
  const read = (eventsMax?: number) =>
    readTranscript(
      store,
      'i-1' as never,
      { kind: 'customer' },
      Number.POSITIVE_INFINITY,
      eventsMax,
    );
  expect(await read()).toMatchObject({ entries: [{ text: 'At last' }], left: 0 });
  expect(await read(4_000)).toMatchObject({ entries: [], left: Number.POSITIVE_INFINITY });
});

test('TRUST-4: who isn’t in it doesn’t hear whether it exists', async () => {
  const { as } = await world(...talk);
  for (const path of [txt, txt.replace('i-1', 'i-2'), '/api/interactions/a%2Fb/transcript.txt']) {
    const response = await as('bo@small.example', path);
    expect([response.status, await response.json()]).toEqual([
      404,
      { refusal: 'unknown-interaction' },
    ]);
  }
});

test.each([
  ['no token', {}],
  ['another scheme', { Authorization: 'Basic YTpi' }],
  ['a token of nobody', { Authorization: 'Bearer abc.def.ghi' }],
  ['two tokens', { Authorization: 'Bearer a b' }],
] as [string, Record<string, string>][])(
  'TRUST-4: with %s nothing is given',
  async (_, headers) => {
    const { ask } = await world(...talk);
    const response = await ask(txt, undefined, headers);
    expect([response.status, await response.json()]).toEqual([401, { refusal: 'not-signed-in' }]);
  },
);
