import 'fake-indexeddb/auto';
import { afterEach, describe, expect, test } from 'vitest';
import { accessOf } from '../../desk/access.ts';
import { originOf } from '../../desk/models/sign-in.ts';
import type { AgentId } from '../../protocol/ids.ts';
import { PROTOCOL, PROTOCOL_OLDEST } from '../../protocol/version.ts';
import { settled } from './link-world.ts';
import { type PanelOptions, type PanelUnderTest, panelUnderTest, until } from './panel.ts';
import {
  accepted,
  account,
  agentPart,
  chat1,
  commandId,
  granted,
  interactionPart,
  me,
  offerEnded,
  offerMade,
  revoked,
  started,
  T,
} from './parts.ts';

type Answer = { readonly status: number; readonly body: unknown } | 'no answer';

const server = {
  deskside: true,
  protocol: PROTOCOL,
  protocolOldest: PROTOCOL_OLDEST,
  centre: 'Demo',
};
const signedIn = {
  accessToken: 'access-1',
  refreshToken: 'refresh-1',
  expiresInMs: 600_000,
  agent: { id: me, name: 'Ana', role: 'agent' },
  centre: { name: 'Demo' },
};

/** A server that answers by path. */
function fetching(answers: Readonly<Record<string, Answer>>) {
  const asked: { readonly url: string; readonly body: unknown }[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const url = String(input);
    const { body = null } = init ?? {};
    asked.push({ url, body: body === null ? null : JSON.parse(String(body)) });
    const answer = answers[new URL(url).pathname] ?? 'no answer';
    if (answer === 'no answer') throw new TypeError('network');
    return new Response(answer.status === 204 ? null : JSON.stringify(answer.body), {
      status: answer.status,
    });
  };
  return { fetch, asked };
}

let panel: PanelUnderTest;
afterEach(() => panel.close());

async function opened(options: PanelOptions) {
  panel = await panelUnderTest(options);
  return panel.model;
}

describe('signing in', () => {
  const ok = { status: 200, body: server };

  test('asks for permission, meets the server, signs in, and tells the background', async () => {
    const { fetch, asked } = fetching({
      '/api/server': ok,
      '/api/sign-in': { status: 200, body: signedIn },
    });
    const permitted: string[] = [];
    const model = await opened({
      signedIn: false,
      fetch,
      permit: async (origin) => {
        permitted.push(origin);
        return true;
      },
    });
    expect(model.session.current.value).toBeNull();
    expect(model.connection.value.state).toBe('signed-out');
    expect(await model.session.signIn('localhost:8787/', ' ana@demo ', 'secret')).toEqual({
      type: 'signed-in',
    });
    expect(permitted).toEqual(['http://localhost:8787']);
    expect(asked[1]).toEqual({
      url: 'http://localhost:8787/api/sign-in',
      body: { email: 'ana@demo', password: 'secret' },
    });
    const current = await until(model.session.current, (one) => one !== null);
    expect(current).toEqual({
      server: 'http://localhost:8787',
      agent: me,
      name: 'Ana',
      role: 'agent',
      centre: 'Demo',
    });
    expect(model.connection.value.state).toBe('connecting');
    // Nobody is logged off: the server just hasn't said yet.
    expect(model.status.shown.value.status).toBe('unknown');
    expect(model.session.lastServer.value).toBe('http://localhost:8787');
    expect(await panel.access.read()).toEqual({
      of: accessOf(account),
      token: 'access-1',
      expiresAt: T + 600_000,
    });
    expect((await panel.disk.greeting())?.account).toMatchObject({
      refreshToken: 'refresh-1',
      claim: true,
    });
    expect(panel.nudges).toEqual([{ type: 'disk' }]);
  });

  test.each<[string, Readonly<Record<string, Answer>>]>([
    ['unreachable', {}],
    ['unreachable', { '/api/server': { status: 502, body: 'Bad gateway' } }],
    ['not-deskside', { '/api/server': { status: 200, body: { hello: 1 } } }],
    ['not-deskside', { '/api/server': { status: 404, body: null } }],
    [
      'too-old',
      { '/api/server': { status: 200, body: { ...server, protocolOldest: PROTOCOL + 1 } } },
    ],
    ['too-old', { '/api/server': { status: 200, body: { ...server, protocol: 0 } } }],
    ['unreachable', { '/api/server': ok }],
    [
      'wrong-credentials',
      {
        '/api/server': ok,
        '/api/sign-in': { status: 401, body: { refusal: 'wrong-credentials' } },
      },
    ],
    [
      'too-many',
      { '/api/server': ok, '/api/sign-in': { status: 429, body: { refusal: 'too-many' } } },
    ],
  ])('%s is said, and nothing is kept', async (reason, answers) => {
    const model = await opened({ signedIn: false, fetch: fetching(answers).fetch });
    const result = await model.session.signIn('https://desk.example', 'ana@demo', 'x');
    expect(result).toEqual({ type: 'failed', reason });
    expect(await panel.disk.fact('account')).toBeNull();
  });

  test('without permission, or without an address, nothing is fetched', async () => {
    const { fetch, asked } = fetching({});
    const model = await opened({ signedIn: false, fetch, permit: async () => false });
    const first = await model.session.signIn('desk.example', 'a', 'b');
    expect(first).toEqual({ type: 'failed', reason: 'permission' });
    const second = await model.session.signIn('ftp://desk.example', 'a', 'b');
    expect(second).toEqual({ type: 'failed', reason: 'bad-address' });
    expect(asked).toEqual([]);
  });

  test.each([
    ['not an address', null],
    ['https://not an address', null],
    ['desk.example', 'https://desk.example'],
    [' https://desk.example:8443/some/path?x ', 'https://desk.example:8443'],
    ['http://intranet', 'http://intranet'],
    ['localhost:8787', 'http://localhost:8787'],
    ['127.0.0.1', 'http://127.0.0.1'],
    ['localhost.example', 'https://localhost.example'],
    ['', null],
    ['two words', null],
    ['https://', null],
    ['javascript:alert(1)', null],
    ['https://ana:secret@desk.example', null],
  ])('the address %j is %j', (typed, origin) => {
    expect(originOf(typed)).toBe(origin);
  });
});

describe('signing out', () => {
  const doneNow = revoked('done');
  const farewell = { '/api/sign-out': { status: 204, body: null } } as const;

  test('STATE-9: not while something is owned or rings, or is unsent', async () => {
    const model = await opened({ fetch: fetching(farewell).fetch });
    await panel.disk.applyBatch([agentPart(0, offerMade())]);
    expect(await model.session.signOut()).toBe('offer-ringing');
    await panel.disk.applyBatch([agentPart(1, offerEnded('accepted'), granted())]);
    expect(await model.session.signOut()).toBe('still-owning');
    await panel.disk.applyBatch([agentPart(3, doneNow)]);
    await panel.disk.enqueue({
      id: commandId(1),
      command: { type: 'post', interaction: chat1, text: 'x' },
      createdAt: T,
    });
    expect(await model.session.signOut()).toBe('unsent');
    expect(await panel.disk.fact('account')).not.toBeNull();
  });

  test('STATE-9, CHAT-3: nor before a message that was refused is sent again or discarded, also where its talk is done', async () => {
    const model = await opened({ fetch: fetching(farewell).fetch });
    await panel.disk.setConnection({ state: 'connecting', downSince: T });
    await panel.disk.applyBatch([agentPart(0, granted()), agentPart(1, doneNow)]);
    await panel.disk.enqueue({
      id: commandId(1),
      command: { type: 'post', interaction: chat1, text: 'x' },
      createdAt: T,
    });
    await panel.disk.refuse(commandId(1), 'not-active');
    expect(await model.session.signOut()).toBe('failed');
    expect(await until(model.failed, (failed) => failed.length > 0)).toEqual([
      { id: commandId(1), interaction: chat1, refusal: 'not-active' },
    ]);
    expect(model.refused.value).toEqual([]);
    await model.discard(commandId(1));
    await until(model.failed, (failed) => failed.length === 0);
    expect(await model.session.signOut()).toBe('signed-out');
  });

  test('STATE-9, END-7: a workbin keeps nobody', async () => {
    const model = await opened({ fetch: fetching(farewell).fetch });
    await panel.disk.setConnection({ state: 'connecting', downSince: T });
    await panel.disk.applyBatch([
      agentPart(0, granted(), { type: 'parked', interaction: chat1, until: T }),
      interactionPart(chat1, 0, started, accepted, { type: 'parked', agent: me, until: T }),
    ]);
    expect(await model.session.signOut()).toBe('signed-out');
  });

  test('what the desk reports by itself holds nobody', async () => {
    const model = await opened({ fetch: fetching(farewell).fetch });
    await panel.disk.setConnection({ state: 'connecting', downSince: T });
    await panel.disk.enqueue({ id: commandId(1), command: { type: 'can-show' }, createdAt: T });
    expect(await model.session.signOut()).toBe('signed-out');
  });

  test('the server is asked first, then everything of the agent is removed', async () => {
    const { fetch, asked } = fetching(farewell);
    const model = await opened({ fetch });
    const result = model.session.signOut();
    await until(model.connection, ({ waiting }) => waiting.changes === 1);
    const [row] = await panel.disk.waiting(0);
    expect(row?.command).toEqual({ type: 'sign-out' });
    await panel.disk.acknowledge(row!.id, `agent:${me}`, 9);
    expect(await result).toBe('signed-out');
    expect(asked).toEqual([
      { url: 'http://localhost:8787/api/sign-out', body: { refreshToken: 'refresh-0' } },
    ]);
    await until(model.session.current, (current) => current === null);
    expect(await panel.disk.waiting(0)).toEqual([]);
  });

  test('STATE-9: the server knows better, and says why', async () => {
    const model = await opened({ fetch: fetching(farewell).fetch });
    const result = model.session.signOut();
    await until(model.connection, ({ waiting }) => waiting.changes === 1);
    const [row] = await panel.disk.waiting(0);
    await panel.disk.refuse(row!.id, 'still-owning');
    expect(await result).toBe('still-owning');
    expect((await panel.disk.overview()).outbox).toEqual([]);
    expect(model.session.current.value).not.toBeNull();
  });

  test('a server that says nothing for 5 s doesn’t hold anybody', async () => {
    const model = await opened({ fetch: fetching({}).fetch });
    const result = model.session.signOut();
    await until(model.connection, ({ waiting }) => waiting.changes === 1);
    await settled();
    panel.clock.advance(5_000);
    expect(await result).toBe('signed-out');
  });

  test('offline it doesn’t wait for the server', async () => {
    const model = await opened({ fetch: fetching({}).fetch });
    await panel.disk.setConnection({ state: 'connecting', downSince: T });
    expect(await model.session.signOut()).toBe('signed-out');
  });

  test('another agent on the same machine finds nothing', async () => {
    const { fetch } = fetching({
      '/api/server': { status: 200, body: server },
      '/api/sign-in': {
        status: 200,
        body: { ...signedIn, agent: { ...signedIn.agent, id: 'agent-bea' as AgentId } },
      },
    });
    const model = await opened({ fetch });
    await panel.disk.applyBatch([agentPart(0, granted())]);
    await panel.disk.expire('refresh-0');
    await until(model.session.current, (current) => current === null);
    await model.session.signIn('localhost:8787', 'bea@demo', 'x');
    await until(model.session.current, (current) => current !== null);
    expect(model.interactions.tabs.value).toEqual([]);
    expect(await panel.disk.interaction(chat1)).toBeNull();
  });
});

test('STATE-11: taking back claims the agent and tells the background', async () => {
  const model = await opened({});
  await model.session.takeBack();
  expect((await panel.disk.greeting())?.account.claim).toBe(true);
  expect(panel.nudges).toEqual([{ type: 'disk' }]);
});

test('OFFER-3: the background finds the panel’s language on the disk and is told to look', async () => {
  const model = await opened({});
  expect(await panel.disk.fact('language')).toBeNull();
  await model.speak('de');
  expect(await panel.disk.fact('language')).toBe('de');
  expect(panel.nudges).toEqual([{ type: 'disk' }]);
});
