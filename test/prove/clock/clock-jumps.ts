import { writeFile } from 'node:fs/promises';
import type { QueueId } from '../../../protocol/ids.ts';
import { databaseIn } from '../../../server/commands/data-directory.ts';
import { openSqlite } from '../../../server/store/sqlite/open-sqlite.ts';
import { agentId, SITE } from '../../bench/bench-centre.ts';
import { prepareData } from '../../bench/deskside-data.ts';
import { makeFolder } from '../../bench/folder.ts';
import { statusCommand } from '../../channels.ts';
import { realServer } from '../../e2e/real-server.ts';
import { broken } from '../faults.ts';
import { pause, within } from '../pause.ts';
import type { Verdict } from '../verdict.ts';
import { clockDesk } from './desk.ts';
import { clockTab } from './tab.ts';
import { type Timed, timersOf } from './timers.ts';
import { wallClock } from './wall-clock.ts';

const HOUR_S = 3_600;
/** A busy machine is late by so much; the jumps are an hour. */
const LATE_MS = 3_000;
/** With the time that a restart on a busy machine takes. */
const DRIFT_MS = 20_000;
/** What two sockets say in the same moment may be heard the other way round. */
const CROSSED_MS = 1_000;
/** Once at first, after each of both jumps, and after the restart. */
const WELCOMES = 4;
/** All timers run when the clock jumps. */
const RUNNING_MS = 2_000;
/** By their names in `test/simulation/mutations-of-work.ts`. */
const followsWall = 'server time follows the clock on the wall';
const forgetsNewest = 'server time begins before what is stored';
const QUEUES = ['rings', 'wraps', 'parks', 'asks', 'leaves'] as QueueId[];

/**
 * The machine's clock jumps an hour forward, then back, under a server whose timers run; and a
 * restart finds it an hour behind what is stored. Server time goes on as if nothing had happened.
 */
export async function clockJumps(): Promise<Verdict[]> {
  // They mostly wait, so they wait side by side.
  const [whole, faulty] = await Promise.all([
    run(null),
    Promise.all([run(followsWall), run(forgetsNewest)]),
  ]);
  const n = `${whole.timed.length} timers, ${whole.events.toLocaleString('en')} events`;
  const row = (claim: string, holds: boolean, seen: string): Verdict => ({
    ...{ claim, n, seed: '-', holds, seen },
  });
  const wrong = whole.timed.filter((one) => !one.inTime);
  const words = (list: readonly Timed[]) =>
    list.map(({ name, seen }) => `${name} ${seen}`).join(', ');
  const verdicts = [
    row(
      'the clock jumps ±1 h: no timer is early or late',
      wrong.length === 0 && whole.timed.length === 2 * QUEUES.length + 2,
      words(wrong.length === 0 ? whole.timed : wrong),
    ),
    row(
      'TRUST-1: the order stays, no event and no heartbeat is of an earlier time than the one before',
      whole.backwards === 0 && whole.events > 50,
      `${whole.backwards} backwards`,
    ),
    row(
      'server time passes as time passes, over jumps and a restart an hour behind',
      whole.drift <= DRIFT_MS,
      `${(whole.drift / 1000).toFixed(1)} s apart`,
    ),
    row(
      'who is cut after a jump is let in again',
      whole.welcomes,
      whole.welcomes ? 'every desk' : 'not everybody',
    ),
  ];
  for (const { fault, timed, backwards, drift } of faulty)
    verdicts.push({
      claim: `caught when the clock jumps: ${fault}`,
      ...{ n: `${timed.length} timers`, seed: '-' },
      holds:
        drift > DRIFT_MS &&
        backwards > 0 &&
        (fault !== followsWall || timed.some((one) => !one.inTime)),
      seen: `${(drift / 1000).toFixed(0)} s apart, ${backwards} backwards, ${timed.filter((one) => !one.inTime).length} timers early`,
    });
  return verdicts;
}

async function run(fault: string | null) {
  const folder = makeFolder();
  const data = await prepareData(folder, { agents: QUEUES.length, messages: 0 });
  await writeFile(data.centreFile, JSON.stringify(clockCentre));
  const clock = wallClock(folder);
  const server = await realServer({
    ...{ DATA_DIR: data.dataDir, CENTRE: data.centreFile, LOG_LEVEL: 'error' },
    ...clock.env,
    ...(fault === null ? {} : broken({ name: fault })),
  });
  let ahead: number | null = null;
  let drift = 0;
  /** Server time beside our own clock: it passes as time passes. */
  const time = (at: number) => {
    ahead ??= at - performance.now();
    drift = Math.max(drift, Math.abs(at - performance.now() - ahead));
  };
  const desks = QUEUES.map((_, n) => clockDesk(server.url, () => data.tokenOf(n), time));
  const tabs: ReturnType<typeof clockTab>[] = [];
  let newest = 0;
  let backwards = 0;
  const now = () => {
    let before = 0;
    return (at: number) => {
      if (at < before || at < newest - CROSSED_MS) backwards++;
      before = at;
      newest = Math.max(newest, at);
      time(at);
    };
  };
  /** Everything that waits begins to wait. */
  const begin = async () => {
    // Who still waits from before would be the first to be offered.
    for (const one of tabs) one.leave();
    await pause(500);
    for (const one of tabs.splice(0)) one.cut();
    for (const desk of desks) desk.ask(statusCommand('ready'));
    for (const queue of QUEUES) tabs.push(clockTab(server.url, queue, now()));
    return timersOf(desks, tabs, LATE_MS);
  };
  const timed: Timed[] = [];
  try {
    for (const to of [HOUR_S, 0]) {
      // With the fault nobody is signed in any more once an hour has passed.
      const timers = fault === followsWall && to === 0 ? null : await begin();
      await pause(RUNNING_MS);
      clock.put(to);
      tabs.push(clockTab(server.url, null, now()));
      await pause(1_000);
      if (fault === null) for (const desk of desks) desk.cut();
      timed.push(...((await timers?.settle(0, fault === null ? Infinity : 4_000)) ?? []));
    }
    if (fault !== followsWall) timed.push(...(await restarted()));
    const isBack = () => desks.every((one) => one.welcomes() >= WELCOMES);
    const welcomes = fault === null && (await within(5_000, isBack)) !== null;
    await server.stop();
    const stored = await timesIn(data.dataDir);
    return {
      fault,
      timed,
      welcomes,
      events: stored.events,
      drift,
      backwards: backwards + stored.backwards,
    };
  } finally {
    for (const one of [...desks, ...tabs]) one.cut();
    for (const desk of desks) desk.close();
    await server.remove();
  }

  /** What rings is rescinded and customers get their time anew; wrap-up and park run on. */
  async function restarted(): Promise<Timed[]> {
    const timers = await begin();
    await pause(RUNNING_MS);
    await server.stop();
    const from = performance.now();
    clock.put(-HOUR_S);
    await server.start();
    const away = performance.now() - from;
    tabs.push(clockTab(server.url, null, now()));
    return timers.settle(away, fault === null ? Infinity : 4_000, ['wrap-up', 'park']);
  }
}

const clockCentre = {
  name: 'Clock',
  agents: QUEUES.map((queue, n) => ({
    ...{ id: agentId(n), name: `Agent ${n}`, email: `${agentId(n)}@clock.example` },
    skills: { [queue]: 5 },
  })),
  queues: QUEUES.map((id) => ({
    ...{ id, name: id, skills: [{ skill: id }], preferredSeconds: 0 },
    ...{ answerSeconds: 15, wrapUpSeconds: 10, customerLeftSeconds: 30 },
  })),
  sites: [{ id: SITE, name: 'Clock', origins: ['self'] }],
  settings: { requestSeconds: 15 },
};

/** How many events are stored, and how many of them with an earlier time than the one before. */
async function timesIn(dataDir: string): Promise<{ events: number; backwards: number }> {
  const store = await openSqlite({ file: databaseIn(dataDir) });
  try {
    const all = await store.readAll(0, 50_000);
    const backwards = all.filter(({ at }, n) => n > 0 && at < (all[n - 1]?.at ?? 0)).length;
    return { events: all.length, backwards };
  } finally {
    await store.close();
  }
}
