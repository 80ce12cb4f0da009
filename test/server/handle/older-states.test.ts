import { expect, test } from 'vitest';
import { AMEND_MS } from '../../../server/interactions/wrap-up.ts';
import { by, byCustomer, bySystem } from '../given.ts';
import type { Spine } from '../spine.ts';
import { answering, markDone, offer, on, since } from '../stories.ts';
import { waiting } from './waiting.ts';

/** What older programs stored of a conversation that is over: nothing of when, first not even by whom. */
const shapes = [
  ['version 1', { name: 'done', owner: 'bo', by: 'system' }],
  ['the first version 1', { name: 'done', owner: 'bo' }],
] as const;

/** Closed by the system; then the server is restarted over a disk that an older program has left. */
async function closedBySystem(old: (typeof shapes)[number][1]): Promise<[Spine, string]> {
  const { world, id, stream } = await waiting();
  await world.ready('bo');
  await world.ask(bySystem, offer(id, 'bo'));
  await world.ask(by('bo'), answering('accept', id));
  await world.ask(byCustomer(), on('leave', id));
  const status = (await world.interaction(id))?.status;
  const ended = status?.name === 'wrapping' ? status.since : 0;
  await world.ask(bySystem, since('wrap-up-over', id, ended));
  expect(await world.status(id)).toBe('done');
  const kept = world.disk.streams.get(stream);
  if (kept?.snapshot == null) throw new Error('nothing was kept');
  const state = { ...JSON.parse(kept.snapshot.state), status: old };
  kept.snapshot = { ...kept.snapshot, state: JSON.stringify(state) };
  world.restart();
  return [world, id];
}

test.each(shapes)(
  'END-9: a late wrap-up amends what %s has closed, within 24 h',
  async (_, old) => {
    const [world, id] = await closedBySystem(old);
    await world.advance(AMEND_MS);
    expect(await world.ask(by('bo'), markDone(id, ['refunded']))).toMatchObject({ type: 'ack' });
    expect((await world.eventsOf(`interaction:${id}`)).at(-1)).toBe('amended');
  },
);

test.each(shapes)('END-9: after a day it is too late for what %s has closed', async (_, old) => {
  const [world, id] = await closedBySystem(old);
  await world.advance(AMEND_MS + 1);
  expect(await world.ask(by('bo'), markDone(id, ['refunded']))).toMatchObject({
    refusal: 'not-in-wrap-up',
  });
});
