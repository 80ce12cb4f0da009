import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { within } from './deadline.ts';
import type { FromMeasured, ProcessFigures, ToMeasured } from './process-figures.ts';
import { withResolvers } from './resolvers.ts';

/** A server under test: always a process of its own, so that its figures are its own. */
export type ServerProcess = {
  readonly port: number;
  /** From the fork until it takes connections. */
  readonly readyMs: number;
  readonly figures: (collect?: boolean) => Promise<ProcessFigures>;
  /** As a power cut would: nothing is finished. */
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

export type Launch = {
  readonly entry: URL;
  readonly args: readonly string[];
  /** Further options of Node, for example to profile. */
  readonly nodeOptions?: readonly string[];
  /** As they stand behind `node` when a person starts it. */
  readonly flags?: readonly string[];
};

const READY_MS = 60_000;
const ANSWER_MS = 20_000;
const STOP_MS = 20_000;

/** Every child that is alive; they end when we do, whatever happens here. */
const alive = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

export async function launchServer({
  entry,
  args,
  nodeOptions = [],
  flags = [],
}: Launch): Promise<ServerProcess> {
  const started = performance.now();
  const child = fork(entry, [...args], {
    execArgv: [...flags, '--expose-gc', '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // Options that stand here reach its worker threads too.
    env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: nodeOptions.join(' ') },
  });
  alive.add(child);
  let over = false;
  const ended = once(child, 'exit').then(() => {
    over = true;
    alive.delete(child);
  });
  const { port } = await expect(child, 'ready', READY_MS, ended);
  const readyMs = performance.now() - started;

  async function end(ms: number, ask: () => void): Promise<void> {
    if (!over) ask();
    await within(ms, 'the server ends', ended).catch(async () => {
      child.kill('SIGKILL');
      await ended;
    });
  }

  return {
    port,
    readyMs,
    async figures(collect = false) {
      const answer = expect(child, 'figures', ANSWER_MS, ended);
      child.send({ type: 'figures', collect } satisfies ToMeasured);
      return (await answer).figures;
    },
    kill: () => end(STOP_MS, () => child.kill('SIGKILL')),
    stop: () => end(STOP_MS, () => child.send({ type: 'stop' } satisfies ToMeasured)),
  };
}

type Answer<T extends FromMeasured['type']> = Extract<FromMeasured, { type: T }>;

async function expect<T extends FromMeasured['type']>(
  child: ChildProcess,
  type: T,
  ms: number,
  ended: Promise<void>,
): Promise<Answer<T>> {
  const { promise, resolve, reject } = withResolvers<Answer<T>>();
  const hear = (message: FromMeasured) => {
    if (message.type === type) resolve(message as Answer<T>);
    else if (message.type === 'failed') reject(new Error(message.why));
  };
  child.on('message', hear);
  void ended.then(() => reject(new Error('the server under test ended by itself')));
  try {
    return await within(ms, `the server says ${type}`, promise);
  } finally {
    child.off('message', hear);
  }
}
