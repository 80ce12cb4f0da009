import { expect, test } from 'vitest';
import type { DirectoryFrame } from '../../../protocol/frames.ts';
import type { AgentId, InteractionId, QueueId, StreamName } from '../../../protocol/ids.ts';
import { limits } from '../../../protocol/limits.ts';
import { createCentre } from '../../../server/centre/centre.ts';
import { parseCentre } from '../../../server/centre/parse-centre.ts';
import { createDirectory } from '../../../server/directory/directory.ts';
import type { DirectorySetUp } from '../../../server/directory/entries.ts';
import { holdClock } from '../../simulation/held-clock.ts';
import { chat, given, START } from '../given.ts';
import { ready, signedIn, talking, unreachable, waiting } from '../stories.ts';

const file = (more = '') => `
name: Harbour
teams: [{ id: returns, label: Returns }]
skills: [{ id: lamps, label: Lamps }]
agents:
  - { id: bo, name: Bo Zoë, email: bo@harbour.example, teams: [returns], skills: { lamps: 3 } }
  - { id: cy, name: Cy Ang, email: cy@harbour.example, teams: [returns] }
  - { id: sue, name: Sue Bo, email: sue@harbour.example, role: supervisor, skills: { lamps: 5 } }
${more}
queues: [{ id: orders, name: Orders }]
sites: [{ id: shop, name: Shop, origins: [self] }]
`;
const centreOf = (text: string) => createCentre(parseCentre(text, 'harbour.yaml'));

type World = ReturnType<typeof given>;
const every = ['agent', 'supervisor', 'queue', 'team', 'skill'] as const;

function house(setUp: DirectorySetUp = centreOf(file())) {
  const clock = holdClock(START);
  let centre = setUp;
  const directory = createDirectory({ clock, setUp: () => centre, limits });
  const hears = (world: World, ...streams: StreamName[]) => {
    for (const stream of streams)
      directory.changed(
        stream,
        stream.startsWith('agent:')
          ? world.agent(stream.slice(6))
          : world.interaction(stream.slice(12))!,
      );
  };
  function desk() {
    const frames: DirectoryFrame[] = [];
    const shown = directory.open((frame) => frames.push(JSON.parse(frame) as DirectoryFrame));
    return {
      frames,
      show: (kinds: readonly (typeof every)[number][], search = '', from = 0, rows = 20) =>
        shown.show({ kinds: [...kinds], search, from, rows }),
      hide: () => shown.show(null),
      names: () => frames.at(-1)?.rows.map(({ name }) => name),
    };
  }
  const changeSetUp = (next: string) => {
    centre = centreOf(next);
    directory.setUpChanged();
  };
  return { clock, directory, hears, desk, changeSetUp };
}

const bo: StreamName = `agent:${'bo' as AgentId}`;
const c1: StreamName = `interaction:${'c1' as InteractionId}`;

test('HAND-1: one directory of agents, supervisors, queues, teams and skills, unavailable ones shown as such', async () => {
  const { clock, desk, hears } = house();
  hears(given(ready('bo'), talking('c1', 'bo')), bo);
  hears(given(waiting('c2')), `interaction:${'c2' as InteractionId}`);
  const one = desk();
  one.show(every);
  await clock.advance(0);
  const chat = { channel: 'chat', status: 'logged-off', load: 0, limit: 4 };
  expect(one.frames).toEqual([
    {
      type: 'directory',
      show: { kinds: [...every], search: '', from: 0, rows: 20 },
      total: 6,
      rows: [
        {
          kind: 'agent',
          agent: 'bo',
          name: 'Bo Zoë',
          available: true,
          channels: expect.arrayContaining([{ ...chat, status: 'ready', load: 1 }]),
        },
        {
          kind: 'agent',
          agent: 'cy',
          name: 'Cy Ang',
          available: false,
          channels: expect.arrayContaining([chat]),
        },
        {
          kind: 'supervisor',
          agent: 'sue',
          name: 'Sue Bo',
          available: false,
          channels: expect.arrayContaining([chat]),
        },
        {
          kind: 'queue',
          queue: 'orders',
          name: 'Orders',
          available: true,
          waiting: 1,
          oldestAt: START,
          estimateMs: null,
        },
        { kind: 'team', team: 'returns', name: 'Returns', available: true, signedIn: 1, ready: 1 },
        { kind: 'skill', skill: 'lamps', name: 'Lamps', available: true, signedIn: 1, ready: 1 },
      ],
    },
  ]);
});

test('HAND-1: found by the beginnings of words, whatever their case and accents', async () => {
  const { clock, desk } = house();
  const one = desk();
  const found = async (search: string, kinds = every.slice(0, 2)) => {
    one.show(kinds, search);
    await clock.advance(limits.directoryAnswerMs);
    return one.names();
  };
  expect(await found('bo')).toEqual(['Bo Zoë', 'Sue Bo']);
  expect(await found('ZOE b')).toEqual(['Bo Zoë']);
  expect(await found('oe')).toEqual([]);
  expect(await found('bo', every.slice(2))).toEqual([]);
  expect(await found('  l', every.slice(2))).toEqual(['Lamps']);
});

test('HAND-1: only the rows that are shown go to a desk, and only when they change, at most once a second', async () => {
  const { clock, desk, hears } = house();
  const first = desk();
  const second = desk();
  first.show(['agent'], '', 0, 1);
  second.show(['agent'], '', 1, 1);
  await clock.advance(0);
  expect([first.names(), second.names()]).toEqual([['Bo Zoë'], ['Cy Ang']]);
  expect(first.frames[0]?.total).toBe(2);

  await clock.advance(10 * limits.directoryEveryMs);
  expect([first.frames.length, second.frames.length]).toEqual([1, 1]);

  hears(given(signedIn('bo')), bo);
  hears(given(ready('bo')), bo);
  await clock.advance(limits.directoryEveryMs);
  expect([first.frames.length, second.frames.length]).toEqual([2, 1]);
  hears(given(ready('bo'), unreachable('bo')), bo);
  await clock.advance(limits.directoryEveryMs - 1);
  expect(first.frames.length).toBeLessThanOrEqual(3);
  await clock.advance(1);
  expect(first.frames.at(-1)?.rows[0]).toMatchObject({ available: false });
});

test('HAND-1: a desk that shows nothing hears nothing and costs nothing', async () => {
  const { clock, desk, directory, hears } = house();
  const one = desk();
  one.show(['agent']);
  await clock.advance(0);
  one.hide();
  hears(given(ready('bo')), bo);
  await clock.advance(10 * limits.directoryEveryMs);
  expect(one.frames.length).toBe(1);
  expect([clock.timers(), directory.size()]).toEqual([0, 0]);
});

test('HAND-1: asked again it answers, soon and not at once for every key', async () => {
  const { clock, desk } = house();
  const one = desk();
  one.show(['agent']);
  await clock.advance(0);
  for (const search of ['b', 'bo', 'bo z']) one.show(['agent'], search);
  await clock.advance(limits.directoryAnswerMs - 1);
  expect(one.frames.length).toBe(1);
  await clock.advance(1);
  expect(one.frames.map(({ show }) => show.search)).toEqual(['', 'bo z']);
  one.show(['agent'], 'bo z');
  await clock.advance(limits.directoryAnswerMs);
  expect(one.frames.length).toBe(3);
});

test('HAND-1: a queue says how many wait, since when, and how long one would', async () => {
  const { clock, desk, directory, hears } = house();
  const orders = 'orders' as QueueId;
  const one = desk();
  one.show(['queue']);
  hears(given(waiting('c1')), c1);
  await clock.advance(limits.directoryEveryMs);
  expect(one.frames.at(-1)?.rows).toMatchObject([
    { waiting: 1, oldestAt: START, estimateMs: null },
  ]);
  for (let n = 1; n <= 5; n++) directory.accepted(orders, START, START + n * 10_000);
  hears(given(ready('bo'), talking('c1', 'bo')), c1);
  await clock.advance(limits.directoryEveryMs);
  expect(one.frames.at(-1)?.rows).toMatchObject([
    { waiting: 0, oldestAt: null, estimateMs: 10_000 },
  ]);
});

test('HAND-1, ROUTE-7: messages that wait without their customers don’t make a chat’s estimate longer', async () => {
  const { clock, desk, directory, hears } = house();
  const one = desk();
  one.show(['queue']);
  for (let n = 1; n <= 5; n++) directory.accepted('orders' as QueueId, START, START + n * 10_000);
  hears(given(waiting('c1'), chat('c1', { type: 'message-left' })), c1);
  await clock.advance(limits.directoryEveryMs);
  expect(one.frames.at(-1)?.rows).toMatchObject([{ waiting: 1, estimateMs: 10_000 }]);
});

test('HAND-1: a new set-up is looked at anew, who is here stays so', async () => {
  const { clock, desk, hears, changeSetUp } = house();
  hears(given(ready('bo')), bo);
  const one = desk();
  one.show(['agent', 'team']);
  await clock.advance(0);
  changeSetUp(file('  - { id: di, name: Di, email: di@harbour.example }'));
  await clock.advance(limits.directoryEveryMs);
  expect(one.names()).toEqual(['Bo Zoë', 'Cy Ang', 'Di', 'Returns']);
  expect(one.frames.at(-1)?.rows).toMatchObject([{ available: true }, {}, {}, { signedIn: 1 }]);
});

test('HAND-1: ten thousand agents cost a desk no more than the rows it shows', async () => {
  const { agents, ...rest } = centreOf(file());
  const many = Array.from({ length: 10_000 }, (_, n) => ({
    ...agents[0]!,
    id: `a${n}` as AgentId,
    name: `Agent ${n}`,
  }));
  const { clock, desk, hears, directory } = house({ ...rest, agents: [...agents, ...many] });
  const desks = Array.from({ length: 200 }, desk);
  for (const one of desks) one.show(['agent', 'team'], '', 5_000, 20);
  await clock.advance(0);
  hears(given(ready('bo')), bo);
  const before = performance.now();
  await clock.advance(limits.directoryEveryMs);
  /** Two hundred desks scanning ten thousand agents each would take seconds. */
  expect(performance.now() - before).toBeLessThan(500);
  expect(desks.every(({ frames }) => frames.length === 1)).toBe(true);
  expect(directory.size()).toBe(200);
});
