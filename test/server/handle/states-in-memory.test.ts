import { expect, test } from 'vitest';
import type { StreamName } from '../../../protocol/ids.ts';
import type { Store } from '../../../server/store/contract.ts';
import type { CommitFate } from '../../simulation/memory-commits.ts';
import { by, byCustomer, bySystem, START } from '../given.ts';
import { Spine } from '../spine.ts';
import { answering, offer, on, post, start } from '../stories.ts';
import { waiting } from './waiting.ts';

/**
 * What is kept in memory of a stream is what is on the disk, whoever looks when.
 */

/** A line on which chosen looks arrive late: read now, heard when it is released. */
function slowLine(isSlow: (stream: StreamName) => boolean) {
  const late: { readonly stream: StreamName; readonly release: () => void }[] = [];
  const line = (store: Store): Store => ({
    ...store,
    load: async (stream) => {
      const loaded = await store.load(stream);
      if (isSlow(stream)) await new Promise<void>((release) => void late.push({ stream, release }));
      return loaded;
    },
  });
  return { line, late };
}

/** ana waits, agents are ready, the server was restarted: nothing is in memory yet. */
async function restarted(line: (store: Store) => Store) {
  const { world, id, stream } = await waiting({ line });
  await world.ready('bo', 'cy');
  world.restart();
  return { world, id, stream };
}

test('a slow look from outside does not put an older state over a newer one', async () => {
  let slow = false;
  const { line, late } = slowLine(() => slow);
  const { world, id } = await restarted(line);
  slow = true;
  const look = world.interaction(id);
  await world.clock.settle();
  slow = false;
  await world.ask(byCustomer(), on('leave', id));
  late[0]!.release();
  await look;
  expect(await world.status(id)).toBe('done');
});

test('OFFER-9: a slow look from outside does not make two offers of one', async () => {
  const slow = new Set<string>();
  const { line, late } = slowLine((stream) => slow.has(stream));
  const { world, id, stream } = await restarted(line);
  slow.add(stream);
  const look = world.interaction(id);
  await world.clock.settle();
  slow.clear();
  await world.ask(bySystem, offer(id, 'bo', 1));
  expect(await world.status(id)).toBe('offered to bo');
  /** This one sees the newest state and waits for cy's; meanwhile the old look comes in. */
  slow.add('agent:cy');
  const second = world.handle(bySystem, offer(id, 'cy', 2));
  await world.clock.settle();
  slow.clear();
  for (const one of late.splice(0)) one.release();
  await look;
  expect(await second).toMatchObject({ refusal: 'out-of-date' });
  const held = await Promise.all(['bo', 'cy'].map((name) => world.agent(name)));
  expect(held.map(({ assignments }) => Object.keys(assignments))).toEqual([[id], []]);
});

test('TRUST-1: after a commit of unknown fate the next command is decided by what is on the disk', async () => {
  let now: CommitFate = 'stored';
  const world = new Spine({
    hooks: {
      commit: (run) => {
        const fate = now;
        now = 'stored';
        run(fate);
      },
    },
  });
  const id = await world.comes('ana');
  await world.ready('bo');
  await world.ask(bySystem, offer(id, 'bo', 1));
  now = 'stored-but-failed';
  const accepting = world.handle(by('bo'), answering('accept', id, 1));
  const posting = world.handle(by('bo'), post(id, 'Hello'));
  expect(await accepting).toMatchObject({ refusal: 'try-later' });
  expect(await posting).toMatchObject({ type: 'ack' });
});

test('ROUTE-6: what is decided holds at the time it is stored with, however slow the disk was', async () => {
  const closesAt = START + 5_000;
  let release = () => {};
  const line = (store: Store): Store => ({
    ...store,
    lastOwner: async (customer) => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return store.lastOwner(customer);
    },
  });
  const world = new Spine({ line, isOpen: (_, at) => at < closesAt });
  const answer = world.ask(byCustomer(), start());
  await world.advance(10_000);
  release();
  expect(await answer).toMatchObject({ type: 'refused', refusal: 'queue-closed' });
});
