import { expect, test } from 'vitest';
import {
  agent,
  by,
  byCustomer,
  bySystem,
  chat,
  given,
  givenIn,
  later,
  START,
  saying,
} from '../given.ts';
import {
  done,
  doneBy,
  markDone,
  on,
  ownerIs,
  ready,
  since,
  talking,
  unreachable,
  waiting,
  wrapping,
} from '../stories.ts';

const wrapUp = agent('bo', { type: 'wrap-up-started', interaction: 'c1' as never, blocks: false });
const gone = agent('bo', {
  type: 'revoked',
  interaction: 'c1' as never,
  epoch: 1,
  role: 'owner',
  reason: 'done',
});
const doneBySystem = (incomplete: boolean) => chat('c1', doneBy('system', { incomplete }));
const late = [...ready('bo'), ...wrapping('c1', 'bo')];
/** The seq of `ended`. */
const ENDED = 6;

test.each([
  ['agent', 'end', by('bo')],
  ['customer', 'leave', byCustomer()],
] as const)(
  'END-1: when the %s ends the talk the owner goes to wrap-up for 60 s',
  (who, type, actor) => {
    given(ready('bo'), talking('c1', 'bo'), later(5_000))
      .when(on(type, 'c1'), actor)
      .thenTells(chat('c1', { type: 'ended', by: who, wrapUpUntil: START + 65_000 }), wrapUp);
  },
);

test('END-3: where the wrap-up has no end, none is set', () => {
  givenIn({ queue: { wrapUpMs: 0 } }, ready('bo'), talking('c1', 'bo'))
    .when(on('end', 'c1'), by('bo'))
    .thenTells(chat('c1', { type: 'ended', by: 'agent', wrapUpUntil: null }), wrapUp);
});

test('END-1: ended by both at once it is ended once', () => {
  const world = given(ready('bo'), talking('c1', 'bo')).when(on('leave', 'c1'), byCustomer());
  world.when(on('end', 'c1'), by('bo')).thenNothing();
  world.when(on('leave', 'c1'), byCustomer()).thenNothing();
  expect(world.agent('bo').assignments).toMatchObject({ c1: { phase: 'wrapping' } });
});

test('END-5: mark done closes it with dispositions and note, and frees the agent', () => {
  const world = given(late);
  world
    .when(markDone('c1', ['answered', 'answered', 'refunded'], 'Parcel was held.'), by('bo'))
    .thenTells(
      chat(
        'c1',
        saying(doneBy('agent', { dispositions: ['answered', 'refunded'] }), {
          note: 'Parcel was held.',
        }),
      ),
      gone,
    );
  expect(world.agent('bo').assignments).toEqual({});
});

test('END-5: marked done twice by its owner it is done once', () => {
  given(ready('bo'), done('c1', 'bo'))
    .when(markDone('c1', ['answered']), by('bo'))
    .thenNothing();
});

test('a talk that goes on is not marked done', () => {
  given(ready('bo'), talking('c1', 'bo'))
    .when(markDone('c1'), by('bo'))
    .thenRefused('not-in-wrap-up');
});

test('only the queue’s own dispositions are taken', () => {
  given(late)
    .when(markDone('c1', ['answered', 'weather']), by('bo'))
    .thenRefused('unknown-disposition');
});

test('a queue that asks for a disposition gets one before it is done', () => {
  const asking = givenIn({ queue: { dispositionRequired: true } }, late);
  asking.when(markDone('c1', [], 'note'), by('bo')).thenRefused('disposition-missing');
  asking.when(markDone('c1', ['answered']), by('bo'));
  expect(asking.interaction('c1')?.status.name).toBe('done');
});

test('END-3: at the end of the wrap-up the system marks it done', () => {
  given(late, later(60_000))
    .when(since('wrap-up-over', 'c1', ENDED), bySystem)
    .thenTells(doneBySystem(false), gone);
});

test('END-3: with something mandatory missing it stays, late, while its owner can still fill it', () => {
  const world = givenIn({ queue: { dispositionRequired: true } }, late, later(60_000));
  world.when(since('wrap-up-over', 'c1', ENDED), bySystem).thenNothing();
  world.when(markDone('c1', ['answered']), by('bo'));
  expect(world.interaction('c1')?.status).toMatchObject({ name: 'done', by: 'agent' });
});

test('END-3: with its owner unreachable by then it is done by the system, as incomplete', () => {
  givenIn({ queue: { dispositionRequired: true } }, late, unreachable('bo'), later(60_000))
    .when(since('wrap-up-over', 'c1', ENDED), bySystem)
    .thenTells(doneBySystem(true), gone);
});

test('END-3: a late one whose owner is lost afterwards is done by the system, as incomplete', () => {
  const world = givenIn({ queue: { dispositionRequired: true } }, late, later(60_000));
  world.when(since('wrap-up-over', 'c1', ENDED), bySystem).thenNothing();
  world.tell(unreachable('bo')).pass(120_000);
  world.when(ownerIs('lost', 'c1', 'bo', world), bySystem).thenTells(doneBySystem(true), gone);
});

test('END-3: an open wrap-up whose owner is lost is done by the system', () => {
  const world = given(ready('bo'), wrapping('c1', 'bo', null), unreachable('bo'), later(120_000));
  world.when(ownerIs('lost', 'c1', 'bo', world), bySystem).thenTells(doneBySystem(false), gone);
});

test('END-3: while the wrap-up runs, a lost owner changes nothing', () => {
  const world = given(ready('bo'), wrapping('c1', 'bo', START + 500_000), unreachable('bo'));
  world
    .pass(120_000)
    .when(ownerIs('lost', 'c1', 'bo', world), bySystem)
    .thenNothing();
});

test('END-3: the end of an earlier wrap-up means nothing to a later one', () => {
  given(late)
    .when(since('wrap-up-over', 'c1', ENDED - 1), bySystem)
    .thenNothing();
  given(ready('bo'), talking('c1', 'bo'))
    .when(since('wrap-up-over', 'c1', ENDED), bySystem)
    .thenNothing();
});

test('a customer may begin anew while the owner still wraps up', () => {
  const world = given(late).when(
    { type: 'start', queue: 'orders' as never, language: 'en' },
    byCustomer(),
  );
  expect(world.interaction('new-1')?.status.name).toBe('queued');
});

test('an interaction whose queue the centre has given up still comes to its end', () => {
  const waits = givenIn({ queues: [] }, waiting('c1'));
  const talks = givenIn({ queues: [] }, ready('bo'), talking('c2', 'bo'));
  waits.when(on('leave', 'c1'), byCustomer());
  expect(waits.interaction('c1')?.status.name).toBe('done');
  talks.when(on('end', 'c2'), by('bo'));
  talks.when(markDone('c2'), by('bo'));
  expect(talks.interaction('c2')?.status.name).toBe('done');
});
