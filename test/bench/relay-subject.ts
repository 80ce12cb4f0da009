import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { each, within } from './deadline.ts';
import { idOf, numberIn, numberInId, textOf } from './message-text.ts';
import type { RelayDown, RelayUp } from './relay.ts';
import { withResolvers } from './resolvers.ts';
import { launchServer, type ServerProcess } from './server-process.ts';
import { PAIRS_PER_AGENT, type Side, type Subject, type SubjectDeps } from './subject.ts';
import { connectWs, type WsClient } from './ws-client.ts';

/** Connections that are opened at once: fewer than a listening socket takes on (511 in Node). */
const OPENING_AT_ONCE = 200;
const OPENING_MS = 60_000;

/** A socket with its rooms and, for each, the last seq it knows. */
type Client = {
  readonly side: Side;
  readonly heads: Map<string, number>;
  ws: WsClient | null;
  welcomed: () => void;
};

/** The relays (a) and (b) as a subject; see `relay.ts`. */
export function createRelaySubject(name: 'a' | 'b', deps: SubjectDeps): Subject {
  const { ledger, folder, nodeOptions } = deps;
  const customers: Client[] = [];
  const agents: Client[] = [];
  let server: ServerProcess | null = null;

  const launch = () =>
    launchServer({
      entry: new URL('./relay.ts', import.meta.url),
      args: name === 'b' ? [join(folder, 'relay.db')] : [],
      nodeOptions,
    });
  const running = () => {
    if (server === null) throw new Error(`${name} is not running`);
    return server;
  };
  const roomOf = (pair: number) => `room-${pair}`;
  const agentOf = (pair: number) => agents[Math.floor(pair / PAIRS_PER_AGENT)];

  function hear(client: Client, frame: RelayDown): void {
    if (frame.type === 'welcome') {
      client.welcomed();
      return;
    }
    const { room, seq } = frame;
    const isNew = seq > (client.heads.get(room) ?? 0);
    if (isNew) client.heads.set(room, seq);
    if (frame.type === 'ack') ledger.acked(numberInId(frame.id));
    else if (isNew && frame.side !== client.side) ledger.delivered(numberIn(frame.text));
  }

  async function connect(client: Client, missed = 0): Promise<void> {
    client.ws = await connectWs(
      { port: running().port, path: '/' },
      {
        text: (text) => hear(client, JSON.parse(text) as RelayDown),
        closed: () => {
          client.ws = null;
        },
      },
    );
    await hello(client, missed);
  }

  /** Resolves once everything after what the client has is here: the welcome comes last. */
  function hello(client: Client, missed = 0): Promise<void> {
    const { promise, resolve } = withResolvers<void>();
    client.welcomed = resolve;
    const rooms = Array.from(client.heads, ([room, seq]) => ({
      room,
      after: Math.max(0, seq - missed),
    }));
    client.ws?.send(JSON.stringify({ type: 'hello', side: client.side, rooms } satisfies RelayUp));
    return promise;
  }

  const all = () => [...customers, ...agents];
  const connectAll = (clients: readonly Client[], missed = 0) =>
    within(
      OPENING_MS,
      `${name}: all clients connect`,
      each(clients.length, OPENING_AT_ONCE, (index) => connect(clients[index] as Client, missed)),
    );

  return {
    name,
    async start() {
      server = await launch();
      return server.readyMs;
    },
    async open(pairs) {
      const fresh: Client[] = [];
      const addTo = (list: Client[], side: Side) => {
        const client: Client = { side, heads: new Map(), ws: null, welcomed: () => {} };
        list.push(client);
        fresh.push(client);
      };
      const count = customers.length + pairs;
      while (customers.length < count) addTo(customers, 'customer');
      while (agents.length * PAIRS_PER_AGENT < count) addTo(agents, 'agent');
      await connectAll(fresh);
    },
    async talk() {
      const changed = new Set<Client>();
      for (const [pair, customer] of customers.entries()) {
        const agent = agentOf(pair);
        if (agent === undefined || customer.heads.size > 0) continue;
        for (const client of [customer, agent]) {
          client.heads.set(roomOf(pair), 0);
          changed.add(client);
        }
      }
      await within(
        OPENING_MS,
        `${name}: all rooms open`,
        Promise.all([...changed].map((client) => hello(client))),
      );
    },
    clients: () => customers.length + agents.length,
    post(pair, side, n) {
      const client = side === 'customer' ? customers[pair] : agentOf(pair);
      client?.ws?.send(
        `{"type":"post","id":"${idOf(n)}","room":"${roomOf(pair)}","text":"${textOf(n)}"}`,
      );
    },
    figures: (collect) => running().figures(collect),
    kill: () => running().kill(),
    async resume(missed) {
      server = await launch();
      const ready = performance.now();
      // Without a store the numbers begin anew with the process.
      if (name === 'a')
        for (const { heads } of all()) for (const room of heads.keys()) heads.set(room, 0);
      await connectAll(all(), missed);
      return { readyMs: server.readyMs, caughtUpMs: performance.now() - ready };
    },
    async stop() {
      for (const { ws } of all()) ws?.close();
      await server?.stop();
      server = null;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
