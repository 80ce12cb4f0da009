import { expect, test } from 'vitest';
import { closeCodes } from '../../protocol/refusals.ts';
import type { Transport } from '../../widget/chat/connection.ts';
import { chatting } from './world/talking.ts';

test('a heartbeat goes every 20 s, and 50 s of silence is a dead line', async () => {
  const { world, tab } = await chatting();
  await world.pass(100_000);
  expect(world.door.received.filter((frame) => frame.type === 'heartbeat')).toHaveLength(5);
  expect(tab.state().connection).toBe('live');
  world.lost.down = () => true;
  await world.pass(49_000);
  expect(tab.state().connection).toBe('live');
  await world.pass(1_500);
  expect(tab.state().connection).not.toBe('live');
});

test('a server that is away is asked again ever more slowly, and at once when the customer looks', async () => {
  const { world, tab } = await chatting();
  world.network(false);
  await world.pass(120_000);
  const waits = world.knocks.slice(1).map((at, n) => at - (world.knocks[n] ?? 0));
  expect(waits.slice(0, 6)).toEqual([750, 1500, 3000, 6000, 11250, 11250]);
  world.network(true);
  tab.wake();
  await world.settle();
  expect(tab.state().connection).toBe('live');
});

test.each(['protocol-too-old', 'wrong-origin', 'not-signed-in'] as const)(
  'a door that closes with %s is not knocked at again',
  async (name) => {
    const { world, tab } = await chatting();
    world.door.closeAll(closeCodes[name]);
    await world.pass(120_000);
    expect(tab.state()).toMatchObject({ connection: 'stopped', stopCode: closeCodes[name] });
    expect(world.door.received.filter((frame) => frame.type === 'hello')).toHaveLength(1);
  },
);

test.each(['going-away', 'try-later', 'too-slow', 'bad-frame'] as const)(
  'a door that closes with %s is tried again',
  async (name) => {
    const { world, tab } = await chatting();
    world.door.closeAll(closeCodes[name]);
    await world.pass(2_000);
    expect(tab.state().connection).toBe('live');
  },
);

test('a socket that was given up is not heard any more, whatever it still has to say', async () => {
  const { world } = await chatting();
  type Hear = Parameters<Transport>[0];
  const hears: Hear[] = [];
  const tab = await world.openTab({
    transport: (hear) => {
      hears.push(hear);
      return { send: () => {}, close: () => {} };
    },
  });
  await world.pass(11_000);
  expect(hears.length).toBeGreaterThan(1);
  hears[0]!.opened();
  hears[0]!.received('{"type":"welcome","now":1,"interaction":null}');
  hears[0]!.closed(closeCodes['wrong-origin']);
  expect(tab.state().connection).toBe('opening');
});
