import { createHash } from 'node:crypto';
import type { AgentId, CommandId, CustomerId, QueueId } from '../../protocol/ids.ts';
import { must } from './broken.ts';
import { type Checker, createChecker } from './checker.ts';
import { holdClock } from './held-clock.ts';
import { createMemoryDisk } from './memory-disk.ts';
import { createNetwork, type Weather } from './network.ts';
import { seeded } from './random.ts';
import type { ServerProcess } from './server-process.ts';
import { createSetUp } from './set-up.ts';

export const AGENTS = ['anna', 'boris', 'carla'] as const;
/** One of them. */
export const SUPERVISOR = AGENTS[2];
export const CHAT_LIMIT = 2;
export const QUEUES = ['billing', 'delivery', 'advice'] as QueueId[];

/** One world: a seed, a clock, a network, the server's disk, and what everybody said and heard. */
export function createWorld(seed: number) {
  const random = seeded(seed);
  const clock = holdClock(1_800_000_000_000);
  const weather: Weather = { delayMs: 5 + random.below(150), loss: 0.002, twice: 0.02 };
  const network = createNetwork(clock, random, weather);
  const disk = createMemoryDisk();
  /** How far the wall clock of the server's machine is from the time that passes. */
  let ahead = 0;
  let server: ServerProcess | null = null;
  let last = clock.now();
  /** Server time: of the server that runs, or that ran last. */
  const time = () => {
    last = server?.now() ?? last;
    return last;
  };
  const setUp = createSetUp(random, time, AGENTS, CHAT_LIMIT);
  const checker: Checker = createChecker(disk, {
    limitOf: () => CHAT_LIMIT,
    awake: (at) => awakeSince.findLast((since) => since <= at) ?? 0,
    objection: (...offer) => setUp.objection(...offer),
    mayBeOpen: (...queue) => setUp.mayBeOpen(...queue),
    mayHaveBot: (...queue) => setUp.mayHaveBot(...queue),
  });
  const answers = new Map<string, string>();
  const troubles: string[] = [];
  const counts = {
    closed: 0,
    welcomed: 0,
    acknowledged: 0,
    refused: 0,
    late: 0,
    repeated: 0,
    crashes: 0,
    longOutages: 0,
    stalls: 0,
    clockJumps: 0,
    wentBack: 0,
    botsResumed: 0,
    foundClosed: 0,
    longAway: 0,
    deskCrashes: 0,
    failedCommits: 0,
    reloads: 0,
  };
  const awakeSince: number[] = [];
  /** Server time and the time that passes, when the one that runs was started. */
  let started = { time: 0, passed: 0 };
  let powerGone = false;
  /** Commands that are on a desk's disk to be sent, until the server's disk has their answer. */
  const asked = new Map<string, AgentId>();

  /** Every frame that reached a client. I1: what is acknowledged is stored; I3: one answer. */
  function heard(principal: string, text: string): void {
    const [, type] = /^\{"type":"(ack|refused|welcome)"/.exec(text) ?? [];
    if (type === 'welcome') counts.welcomed++;
    /** A welcome is long and answers nothing. */
    if (type === undefined || type === 'welcome') return;
    const frame = JSON.parse(text) as {
      type: string;
      id?: string | null;
      retryMs?: number | null;
      refusal?: string;
    };
    if (typeof frame.id !== 'string') return;
    if (frame.type === 'refused' && frame.retryMs !== null) return;
    if (frame.type === 'ack') counts.acknowledged++;
    else counts.refused++;
    if (frame.refusal === 'queue-closed') counts.foundClosed++;
    /** Crossed: an answer to an offer that was over, or taken. */
    if (frame.refusal === 'offer-over' || frame.refusal === 'taken') counts.late++;
    must(
      disk.commands.has(`${principal} ${frame.id}`),
      `I1: ${frame.id} was answered and is not stored`,
    );
    const key = `${principal} ${frame.id}`;
    const before = answers.get(key);
    if (before !== undefined) counts.repeated++;
    must(
      before === undefined || before === text,
      `I3: ${key} heard two answers: ${before} and ${text}`,
    );
    answers.set(key, text);
  }

  return {
    seed,
    random,
    clock,
    weather,
    network,
    disk,
    checker,
    setUp,
    counts,
    heard,
    /** The command is on the desk's disk from now on. */
    asked: (agent: AgentId, id: CommandId) => void asked.set(`agent:${agent} ${id}`, agent),
    /** TRUST-1: what was to be sent and isn't answered. */
    unanswered: (agent: AgentId): string[] =>
      [...asked].flatMap(([key, by]) => (by === agent && !disk.commands.has(key) ? [key] : [])),
    principal: (secret: string) =>
      createHash('sha256').update(secret).digest('base64url') as CustomerId,
    agentId: (name: string) => name as AgentId,
    server: () => server,
    setServer: (next: ServerProcess | null) => {
      time();
      server = next;
      if (next === null) return;
      awakeSince.push(time());
      started = { time: time(), passed: clock.now() };
    },
    /** Nobody could be heard until now. */
    awoke: () => void awakeSince.push(time()),
    time,
    /** The clock on the wall, by which a server begins. */
    wall: () => clock.now() + ahead,
    /** Somebody sets it, or it is put forward or back. */
    jump: (ms: number) => {
      ahead += ms;
      counts.clockJumps++;
    },
    /** Server time goes on as time passes, whatever the wall says. */
    checkTime: () =>
      must(
        server === null || time() - started.time === clock.now() - started.passed,
        `TIME: ${time() - started.time} ms of server time in ${clock.now() - started.passed} ms`,
      ),
    /** The power goes at the end of this step. */
    crashSoon: () => {
      powerGone = true;
    },
    isPowerGone: () => {
      const gone = powerGone;
      powerGone = false;
      return gone;
    },
    trouble: (what: string, cause?: unknown) =>
      void troubles.push(`${what} ${String(cause ?? '')}`),
    troubles,
  };
}
export type World = ReturnType<typeof createWorld>;
