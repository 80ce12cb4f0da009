import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { PROTOCOL } from '../../protocol/version.ts';
import { extensionId } from '../../server/people/origins.ts';
import { statusCommand } from '../channels.ts';
import { QUEUE, SITE } from './bench-centre.ts';
import { comesTrue, each, within } from './deadline.ts';
import {
  type ClientHears,
  createDesksideClient,
  type DesksideClient,
  type StreamEvent,
  SWEEP_MS,
} from './deskside-client.ts';
import { type DesksideData, type Preparation, prepareData } from './deskside-data.ts';
import { idOf, textOf } from './message-text.ts';
import { launchServer, type ServerProcess } from './server-process.ts';
import { startFlags } from './start-flags.ts';
import { PAIRS_PER_AGENT, type Subject, type SubjectDeps } from './subject.ts';

export type DesksideDeps = SubjectDeps & Preparation;

export type DesksideSubject = Subject & {
  /** Of the running server. */
  readonly url: () => string;
};

const OPENING_AT_ONCE = 200;
const OPENING_MS = 90_000;

/** One customer and their conversation. */
type Pair = {
  readonly client: DesksideClient;
  readonly secret: string;
  /** Null until it was started. */
  interaction: string | null;
  /** Null until an agent accepted it. */
  agent: DesksideClient | null;
  /** The customer knows that it was accepted. */
  accepted: boolean;
};

/** (c) Deskside through its own doors, with everything that it does by itself. */
export function createDesksideSubject(deps: DesksideDeps): DesksideSubject {
  const { ledger, folder, nodeOptions } = deps;
  const pairs: Pair[] = [];
  /** As they are spoken to: the interactions of one agent beside each other. */
  let inOrder: readonly Pair[] = [];
  const agents: DesksideClient[] = [];
  const ready = new Set<DesksideClient>();
  const byInteraction = new Map<string, Pair>();
  const owners = new Map<string, DesksideClient>();
  let data: DesksideData | null = null;
  let server: ServerProcess | null = null;
  let commands = 0;

  const hears: ClientHears = {
    acked: ledger.acked,
    refused: ledger.refused,
    delivered: ledger.delivered,
    fault: ledger.fault,
    ack(client, stream) {
      const pair = client.side === 'customer' ? pairs[client.index] : undefined;
      if (pair === undefined || pair.interaction !== null) return;
      pair.interaction = stream.slice('interaction:'.length);
      byInteraction.set(pair.interaction, pair);
      pair.agent = owners.get(pair.interaction) ?? null;
    },
    own(client, { event }: StreamEvent) {
      const { type, interaction = '', offer } = event;
      if (type === 'offer-made') {
        command(client, { type: 'offer-shown', interaction, offer });
        command(client, { type: 'accept', interaction, offer });
      }
      if (type !== 'granted') return;
      owners.set(interaction, client);
      const pair = byInteraction.get(interaction);
      if (pair !== undefined) pair.agent = client;
    },
    event(client, _, { event }: StreamEvent) {
      const pair = client.side === 'customer' ? pairs[client.index] : undefined;
      if (pair !== undefined && event.type === 'accepted') pair.accepted = true;
    },
  };

  const sweeper = setInterval(() => {
    const now = performance.now();
    for (const { client } of pairs) client.sweep(now);
    for (const agent of agents) agent.sweep(now);
  }, SWEEP_MS);

  function command(client: DesksideClient, what: object): void {
    commands += 1;
    client.send(
      JSON.stringify({ type: 'command', id: `bench-setting-up-${commands}`, command: what }),
    );
  }

  const running = () => {
    if (server === null) throw new Error('c is not running');
    return server;
  };

  async function launch(): Promise<ServerProcess> {
    data ??= await prepareData(folder, deps);
    return launchServer({
      entry: new URL('./deskside-process.ts', import.meta.url),
      args: [data.dataDir, data.centreFile],
      nodeOptions,
      flags: startFlags(),
    });
  }

  function connectCustomer({ client, secret }: Pair): Promise<void> {
    const [own] = client.conversations;
    const cursor = own === undefined ? null : { interaction: own[0], seq: own[1].cursor };
    const { port } = running();
    return client.connect(
      { port, path: '/customer', headers: { Origin: `http://127.0.0.1:${port}` } },
      JSON.stringify({ type: 'hello', protocol: PROTOCOL, secret, site: SITE, cursor }),
    );
  }

  async function connectAgent(client: DesksideClient, claim: boolean): Promise<void> {
    const cursors = Array.from(client.conversations, ([interaction, { epoch, cursor }]) => ({
      interaction,
      epoch,
      seq: cursor,
    }));
    const hello = {
      type: 'hello',
      protocol: PROTOCOL,
      token: await data?.tokenOf(client.index),
      desk: `bench-desk-${client.index}`,
      claim,
      agentSeq: client.ownSeq(),
      cursors,
    };
    const headers = { Origin: `chrome-extension://${extensionId}` };
    await client.connect({ port: running().port, path: '/agent', headers }, JSON.stringify(hello));
  }

  const connectAll = (
    customers: readonly Pair[],
    desks: readonly DesksideClient[],
    claim: boolean,
  ) =>
    within(
      OPENING_MS,
      'c: all clients connect',
      each(customers.length + desks.length, OPENING_AT_ONCE, async (index) => {
        const pair = customers[index];
        if (pair !== undefined) await connectCustomer(pair);
        else await connectAgent(desks[index - customers.length] as DesksideClient, claim);
      }),
    );

  return {
    name: 'c',
    async start() {
      server = await launch();
      return server.readyMs;
    },
    async open(more) {
      const count = pairs.length + more;
      const [customers, desks] = [pairs.length, agents.length];
      while (pairs.length < count)
        pairs.push({
          client: createDesksideClient('customer', pairs.length, hears),
          secret: randomBytes(32).toString('base64url'),
          interaction: null,
          agent: null,
          accepted: false,
        });
      while (agents.length * PAIRS_PER_AGENT < count)
        agents.push(createDesksideClient('agent', agents.length, hears));
      await connectAll(pairs.slice(customers), agents.slice(desks), true);
    },
    async talk() {
      for (const agent of agents) {
        if (ready.has(agent)) continue;
        ready.add(agent);
        command(agent, statusCommand('ready'));
      }
      const waiting = pairs.filter(({ agent }) => agent === null);
      for (const { client, interaction } of waiting)
        if (interaction === null)
          command(client, { type: 'start', queue: QUEUE, language: 'en', name: 'Ada' });
      const talking = () => waiting.every(({ agent, accepted }) => agent !== null && accepted);
      if (!(await comesTrue(OPENING_MS, talking)))
        throw new Error('c: not every conversation was accepted');
      inOrder = pairs.toSorted((one, other) => agentIndex(one) - agentIndex(other));
      ledger.check();
    },
    clients: () => pairs.length + agents.length,
    post(index, side, n) {
      const pair = inOrder[index];
      const client = side === 'customer' ? pair?.client : pair?.agent;
      client?.send(
        `{"type":"command","id":"${idOf(n)}","command":{"type":"post","interaction":"${pair?.interaction}","text":"${textOf(n)}"}}`,
      );
    },
    url: () => `http://127.0.0.1:${running().port}`,
    figures: (collect) => running().figures(collect),
    kill: () => running().kill(),
    async resume(missed) {
      server = await launch();
      const started = performance.now();
      const all = [...pairs.map(({ client }) => client), ...agents];
      const back = Promise.all(all.map((client) => client.catchUp(missed)));
      await connectAll(pairs, agents, false);
      await within(OPENING_MS, 'c: all clients catch up', back);
      ledger.check();
      return { readyMs: server.readyMs, caughtUpMs: performance.now() - started };
    },
    async stop() {
      clearInterval(sweeper);
      for (const { client } of pairs) client.close();
      for (const agent of agents) agent.close();
      await server?.stop();
      server = null;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const agentIndex = ({ agent }: Pair): number => agent?.index ?? Number.POSITIVE_INFINITY;
