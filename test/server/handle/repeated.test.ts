import { expect, test } from 'vitest';
import type { CommitFate } from '../../simulation/memory-commits.ts';
import { by, byCustomer } from '../given.ts';
import { Spine } from '../spine.ts';
import { on, post, setStatus, start } from '../stories.ts';
import { command, messages, waiting } from './waiting.ts';

test('TRUST-2: the same command twice is one message and one answer', async () => {
  const { world, id, stream } = await waiting();
  const first = await world.ask(byCustomer(), post(id, 'Hello'), command('one'));
  const second = await world.ask(byCustomer(), post(id, 'Hello'), command('one'));
  expect(first).toEqual({ type: 'ack', stream, seq: 3 });
  expect(second).toEqual(first);
  expect(await messages(world, stream)).toEqual(['Hello']);
});

test('TRUST-2: also when it comes ten times at once', async () => {
  const { world, id, stream } = await waiting();
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => world.handle(byCustomer(), post(id, 'Hello'), command('one'))),
  );
  expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
  expect(await messages(world, stream)).toEqual(['Hello']);
});

test('TRUST-2: also after the server was restarted in between', async () => {
  const { world, id, stream } = await waiting();
  const first = await world.ask(byCustomer(), post(id, 'Hello'), command('one'));
  world.restart();
  expect(await world.ask(byCustomer(), post(id, 'Hello'), command('one'))).toEqual(first);
  expect(await messages(world, stream)).toEqual(['Hello']);
});

test('TRUST-2: an answer that things have overtaken since is still the same answer', async () => {
  const { world, id } = await waiting();
  const first = await world.ask(byCustomer(), post(id), command('one'));
  await world.ask(byCustomer(), on('leave', id));
  expect(await world.ask(byCustomer(), post(id), command('one'))).toEqual(first);
  world.restart();
  expect(await world.ask(byCustomer(), post(id), command('one'))).toEqual(first);
});

test('TRUST-2: a refusal is an answer too, even when it would be allowed by now', async () => {
  const world = new Spine();
  const early = await world.ask(by('bo'), setStatus('ready'), command('one'));
  expect(early).toEqual({ type: 'refused', refusal: 'not-signed-in', retryMs: null });
  await world.connect('bo');
  expect(await world.ask(by('bo'), setStatus('ready'), command('one'))).toEqual(early);
  world.restart();
  expect(await world.ask(by('bo'), setStatus('ready'), command('one'))).toEqual(early);
  expect((await world.agent('bo')).channels.chat.status).toBe('not-ready');
});

test('TRUST-2: the same id with another body is refused, and the first answer stands', async () => {
  const { world, id, stream } = await waiting();
  const first = await world.ask(byCustomer(), post(id, 'Hello'), command('one'));
  const reused = { type: 'refused', refusal: 'id-reused', retryMs: null };
  expect(await world.ask(byCustomer(), post(id, 'Goodbye'), command('one'))).toEqual(reused);
  expect(await world.ask(byCustomer(), on('leave', id), command('one'))).toEqual(reused);
  world.restart();
  expect(await world.ask(byCustomer(), post(id, 'Goodbye'), command('one'))).toEqual(reused);
  expect(await world.ask(byCustomer(), post(id, 'Hello'), command('one'))).toEqual(first);
  expect(await messages(world, stream)).toEqual(['Hello']);
});

test('TRUST-2: the same id with two bodies at the same time: one of them, once', async () => {
  const { world, id, stream } = await waiting();
  const [one, other] = await Promise.all([
    world.handle(byCustomer(), post(id, 'Hello'), command('one')),
    world.handle(byCustomer(), on('leave', id), command('one')),
  ]);
  expect([one.type, other.type].sort()).toEqual(['ack', 'refused']);
  const left = (await world.eventsOf(stream)).includes('abandoned');
  expect([await messages(world, stream), left]).toEqual(
    one.type === 'ack' ? [['Hello'], false] : [[], true],
  );
});

test('TRUST-2: one sender’s id means nothing for another sender', async () => {
  const { world, id } = await waiting();
  await world.ask(byCustomer(), post(id), command('one'));
  const eve = await world.ask(byCustomer('eve'), start(), command('one'));
  expect(eve.type).toBe('ack');
});

test.each<[string, CommitFate]>([
  ['was not stored after all', 'failed'],
  ['was stored, though nobody could say so', 'stored-but-failed'],
])(
  'TRUST-1: with the store away the answer is “later”; repeated, what %s is there once',
  async (_, fate) => {
    let now: CommitFate = 'stored';
    const { world, id, stream } = await waiting({ hooks: { commit: (run) => run(now) } });
    now = fate;
    const first = await world.ask(byCustomer(), post(id, 'Hello'), command('one'));
    expect(first).toEqual({ type: 'refused', refusal: 'try-later', retryMs: 1_000 });
    now = 'stored';
    const again = await world.ask(byCustomer(), post(id, 'Hello'), command('one'));
    expect(again).toEqual({ type: 'ack', stream, seq: 3 });
    expect(await world.ask(byCustomer(), post(id, 'Hello'), command('one'))).toEqual(again);
    expect(await messages(world, stream)).toEqual(['Hello']);
  },
);

test('TRUST-1: “later” is not remembered: the id is still free', async () => {
  let now: CommitFate = 'failed';
  const world = new Spine({ hooks: { commit: (run) => run(now) } });
  await world.ask(byCustomer(), start(), command('one'));
  now = 'stored';
  expect((await world.ask(byCustomer(), start('de'), command('one'))).type).toBe('ack');
});

test('ROUTE-10: started twice by a double click it is one interaction', async () => {
  const world = new Spine();
  const [one, other] = await Promise.all([
    world.handle(byCustomer(), start(), command('one')),
    world.handle(byCustomer(), start(), command('two')),
  ]);
  expect(one).toMatchObject({ type: 'ack', seq: 2 });
  expect(other).toMatchObject({ type: 'ack', stream: one.type === 'ack' ? one.stream : '' });
  expect(world.disk.streams.size).toBe(1);
});

test('ROUTE-10: started from a second tab later, in another language, it is the one that is open', async () => {
  const { world, stream } = await waiting();
  expect(await world.ask(byCustomer(), start('de'))).toMatchObject({ type: 'ack', stream });
  world.restart();
  expect(await world.ask(byCustomer(), start())).toMatchObject({ type: 'ack', stream });
  expect(world.disk.streams.size).toBe(1);
});

test('ROUTE-10: started again because the first answer was lost it is one interaction', async () => {
  let now: CommitFate = 'stored-but-failed';
  const world = new Spine({ hooks: { commit: (run) => run(now) } });
  expect((await world.ask(byCustomer(), start(), command('one'))).type).toBe('refused');
  now = 'stored';
  const again = await world.ask(byCustomer(), start(), command('one'));
  expect(again).toMatchObject({ type: 'ack', seq: 2 });
  expect(await world.ask(byCustomer(), start(), command('two'))).toMatchObject({
    stream: again.type === 'ack' ? again.stream : '',
  });
  expect(world.disk.streams.size).toBe(1);
});

test('ROUTE-10: two customers are two interactions, and who has left may begin anew', async () => {
  const { world, id } = await waiting();
  await world.comes('eve');
  expect(world.disk.streams.size).toBe(2);
  await world.ask(byCustomer(), on('leave', id));
  expect(await world.comes('ana')).not.toBe(id);
});
