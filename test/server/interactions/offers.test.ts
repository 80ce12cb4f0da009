import { expect, test } from 'vitest';
import { chatsOnly } from '../../channels.ts';
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
  accepted,
  answering,
  markDone,
  offer,
  offerEnded,
  offerFacts,
  offerOf,
  on,
  ownerIs,
  pendingSet,
  queued,
  ready,
  ringing,
  setStatus,
  shown,
  signedIn,
  status,
  talking,
  unreachable,
  waiting,
  who,
  why,
  wrapping,
} from '../stories.ts';

const rung = offerEnded('c1', 'bo', 'rejected');

test('OFFER-1: a waiting interaction is offered to a ready agent, with the words it was started with', () => {
  given(ready('bo'), waiting('c1'))
    .when(offer('c1', 'bo'), bySystem)
    .thenTells(
      chat('c1', {
        type: 'offered',
        offer: offerOf('c1'),
        agent: who('bo'),
        showBy: START + 3_000,
        why,
      }),
      agent('bo', saying({ type: 'offer-made', ...offerFacts('c1') }, { name: 'Ana' })),
    );
});

test.each([
  ['who is signed out', []],
  ['who is not ready', signedIn('bo')],
  ['whose desk is silent', [...ready('bo'), unreachable('bo')]],
  [
    'who will not be ready after this',
    [...ready('bo'), ...talking('c0', 'bo'), agent('bo', pendingSet(null))],
  ],
  [
    'who did not answer the last one',
    [...ready('bo'), agent('bo', status('ready', 'rona', null, 'system'))],
  ],
  [
    'whose desk could not show the last one',
    [
      ...ready('bo'),
      ...ringing('c0', 'bo'),
      agent('bo', offerEnded('c0', 'bo', 'not-shown').agent),
    ],
  ],
])('OFFER-1, STATE-2: nothing is offered to an agent %s', (_, history) => {
  given(history, waiting('c1')).when(offer('c1', 'bo'), bySystem).thenRefused('not-routable');
});

test('OFFER-1: one offer rings at an agent at a time, unless the setting allows more', () => {
  const history = [...ready('bo'), ...ringing('c1', 'bo'), ...waiting('c2', 'cleo')];
  given(history).when(offer('c2', 'bo'), bySystem).thenRefused('no-room');
  const world = givenIn({ agent: { ringsAtOnce: 2 } }, history).when(offer('c2', 'bo'), bySystem);
  expect(world.interaction('c2')?.status.name).toBe('offered');
});

test('CAP-1, CAP-2: what rings, is talked about or wrapped up counts; what is done does not', () => {
  const full = givenIn(
    { agent: { limits: chatsOnly(3), ringsAtOnce: 3 } },
    ready('bo'),
    talking('c1', 'bo'),
    wrapping('c2', 'bo'),
    ringing('c3', 'bo'),
    waiting('c4'),
  );
  full.when(offer('c4', 'bo'), bySystem).thenRefused('no-room');
  full.when(markDone('c2'), by('bo')).when(offer('c4', 'bo'), bySystem);
  expect(full.interaction('c4')?.status.name).toBe('offered');
});

test('CAP-2: an agent without the channel is offered nothing', () => {
  givenIn({ agent: { limits: chatsOnly(0) } }, ready('bo'), waiting('c1'))
    .when(offer('c1', 'bo'), bySystem)
    .thenRefused('no-room');
});

test.each([
  ['rings elsewhere', [...ready('bo'), ...ready('cy'), ...ringing('c1', 'cy')]],
  ['is talked about', [...ready('bo'), ...ready('cy'), ...talking('c1', 'cy')]],
  ['is wrapped up', [...ready('bo'), ...ready('cy'), ...wrapping('c1', 'cy')]],
])('OFFER-9: an interaction that %s is not offered a second time', (_, history) => {
  given(history)
    .when(offer('c1', 'bo', 2), bySystem)
    .thenRefused('out-of-date');
});

test('OFFER-4: the time to answer counts from the moment the desk shows it, once', () => {
  const world = given(ready('bo'), ringing('c1', 'bo'), later(2_000));
  const answerBy = START + 2_000 + 45_000;
  world
    .when(answering('offer-shown', 'c1'), by('bo'))
    .thenTells(
      chat('c1', { type: 'offer-shown', offer: offerOf('c1'), agent: who('bo'), answerBy }),
      agent('bo', { type: 'offer-shown', offer: offerOf('c1'), answerBy }),
    );
  world.pass(10_000).when(answering('offer-shown', 'c1'), by('bo')).thenNothing();
});

test('OFFER-4: an offer that was not shown goes back without penalty, and nothing more is offered until the desk can show it', () => {
  const ended = offerEnded('c1', 'bo', 'not-shown');
  const world = given(ready('bo'), ringing('c1', 'bo'), later(3_000));
  world
    .when(answering('offer-not-shown', 'c1'), bySystem)
    .thenTells(chat('c1', ended.chat, queued('not-shown')), agent('bo', ended.agent));
  expect(world.agent('bo').channels.chat.status).toBe('ready');
  world.when(offer('c1', 'bo', 2), bySystem).thenRefused('not-routable');
  world.when({ type: 'can-show' }, by('bo')).thenTells(agent('bo', { type: 'can-show' }));
  world.when({ type: 'can-show' }, by('bo')).thenNothing();
  world.when(offer('c1', 'bo', 3), bySystem);
  expect(world.interaction('c1')?.status.name).toBe('offered');
});

test('OFFER-4: shown in the last moment it stays; it is too late to call it not shown', () => {
  given(ready('bo'), ringing('c1', 'bo'), shown('c1', 'bo'))
    .when(answering('offer-not-shown', 'c1'), bySystem)
    .thenRefused('out-of-date');
});

test('OFFER-5: an expired offer goes back to the queue with its age, and the agent is RONA', () => {
  const ended = offerEnded('c1', 'bo', 'expired');
  given(ready('bo'), ringing('c1', 'bo'), shown('c1', 'bo'), later(45_000))
    .when(answering('offer-expired', 'c1'), bySystem)
    .thenTells(
      chat('c1', ended.chat, queued('expired', { enqueuedAt: START })),
      agent('bo', ended.agent, status('ready', 'rona', null, 'system')),
    );
});

test('OFFER-5: nobody is RONA for an offer that no desk has shown', () => {
  given(ready('bo'), ringing('c1', 'bo'), later(45_000))
    .when(answering('offer-expired', 'c1'), bySystem)
    .thenRefused('out-of-date');
});

test.each(['offer-expired', 'reject'] as const)(
  'OFFER-5, OFFER-6: an agent taken out of routing has nothing else ringing (%s)',
  (type) => {
    const world = givenIn(
      { agent: { ringsAtOnce: 3 }, queue: { onReject: 'refused' } },
      ready('bo'),
      ringing('c1', 'bo'),
      ringing('c2', 'bo'),
      shown('c1', 'bo'),
      shown('c2', 'bo'),
    );
    const to = type === 'reject' ? 'refused' : 'rona';
    const outcome = type === 'reject' ? 'rejected' : 'expired';
    const ended = offerEnded('c1', 'bo', outcome);
    const other = offerEnded('c2', 'bo', 'rescinded');
    const skipped = type === 'reject' ? [{ agent: who('bo'), until: START + 60_000 }] : [];
    world
      .when(answering(type, 'c1'), type === 'reject' ? by('bo') : bySystem)
      .thenTells(
        chat('c1', ended.chat, queued(outcome, { skipped })),
        chat('c2', other.chat, queued('rescinded')),
        agent('bo', other.agent, ended.agent, status('ready', to, null, 'system')),
      );
    expect(world.agent('bo').rejectsInRow).toBe(type === 'reject' ? 1 : 0);
  },
);

test('OFFER-6: a rejected one goes to the next agent, the rejecting one is skipped for 60 s and stays ready', () => {
  given(ready('bo'), ringing('c1', 'bo'), later(5_000))
    .when(answering('reject', 'c1'), by('bo'))
    .thenTells(
      chat(
        'c1',
        rung.chat,
        queued('rejected', { skipped: [{ agent: who('bo'), until: START + 65_000 }] }),
      ),
      agent('bo', rung.agent),
    );
});

test('OFFER-6: who has rejected it is remembered beside the others, and forgotten when their time is over', () => {
  const world = given(ready('bo'), ready('cy'), ringing('c1', 'bo'));
  world.when(answering('reject', 'c1'), by('bo'));
  world.pass(30_000).when(offer('c1', 'cy', 2), bySystem);
  world.when(answering('reject', 'c1', 2), by('cy'));
  expect(world.interaction('c1')?.skipped).toEqual([
    { agent: 'bo', until: START + 60_000 },
    { agent: 'cy', until: START + 90_000 },
  ]);
  world.pass(31_000).when(offer('c1', 'bo', 3), bySystem);
  world.when(answering('reject', 'c1', 3), by('bo'));
  expect(world.interaction('c1')?.skipped).toEqual([
    { agent: 'cy', until: START + 90_000 },
    { agent: 'bo', until: START + 121_000 },
  ]);
  world.pass(40_000).when(offer('c1', 'bo', 4), bySystem);
  world.when(answering('reject', 'c1', 4), by('bo'));
  expect(world.interaction('c1')?.skipped).toEqual([{ agent: 'bo', until: START + 161_000 }]);
});

test('OFFER-6: where the queue says so, who rejects is out of routing as refused', () => {
  givenIn({ queue: { onReject: 'refused' } }, ready('bo'), ringing('c1', 'bo'))
    .when(answering('reject', 'c1'), by('bo'))
    .thenTells(
      chat(
        'c1',
        rung.chat,
        queued('rejected', { skipped: [{ agent: who('bo'), until: START + 60_000 }] }),
      ),
      agent('bo', rung.agent, status('ready', 'refused', null, 'system')),
    );
});

test('OFFER-6: the third reject in a row makes the agent not ready; an accepted offer begins the count anew', () => {
  const world = given(ready('bo'), waiting('c1'));
  const reject = (n: number) =>
    world.when(offer('c1', 'bo', n), bySystem).when(answering('reject', 'c1', n), by('bo'));
  reject(1);
  reject(2);
  world.when(offer('c1', 'bo', 3), bySystem).when(answering('accept', 'c1', 3), by('bo'));
  expect(world.agent('bo').rejectsInRow).toBe(0);
  world.tell(waiting('c2')[0]!);
  const rejectOther = (n: number) =>
    world.when(offer('c2', 'bo', n), bySystem).when(answering('reject', 'c2', n), by('bo'));
  rejectOther(1);
  rejectOther(2);
  expect(world.agent('bo').channels.chat.status).toBe('ready');
  rejectOther(3);
  expect(world.agent('bo').channels.chat).toMatchObject({ status: 'not-ready', reason: 'rejects' });
  world.when(setStatus('ready'), by('bo'));
  rejectOther(4);
  expect(world.agent('bo').channels.chat.status).toBe('ready');
});

test('OFFER-7: a customer who leaves while it waits is gone, and that is all', () => {
  given(waiting('c1'))
    .when(on('leave', 'c1'), byCustomer())
    .thenTells(chat('c1', { type: 'abandoned', by: 'customer' }));
});

test('OFFER-7: a customer who leaves while it rings takes the offer along; nobody is RONA', () => {
  const ended = offerEnded('c1', 'bo', 'abandoned');
  const world = given(ready('bo'), ringing('c1', 'bo'), shown('c1', 'bo'))
    .when(on('leave', 'c1'), byCustomer())
    .thenTells(
      chat('c1', ended.chat, { type: 'abandoned', by: 'customer' }),
      agent('bo', ended.agent),
    );
  expect(world.agent('bo').channels.chat.status).toBe('ready');
});

test('OFFER-8: who accepts in time owns it, and the offer’s words leave the agent’s stream', () => {
  given(ready('bo'), ringing('c1', 'bo'), shown('c1', 'bo'))
    .when(answering('accept', 'c1'), by('bo'))
    .thenTells(...accepted('c1', 'bo'))
    .thenBlanks('bo', 5);
});

test('OFFER-8: of two accepts one wins, the other hears that it is taken', () => {
  const world = given(ready('bo'), ready('cy'), ringing('c1', 'bo'));
  world.when(answering('rescind', 'c1'), bySystem).when(offer('c1', 'cy', 2), bySystem);
  world.when(answering('accept', 'c1', 2), by('cy'));
  world.when(answering('accept', 'c1', 1), by('bo')).thenRefused('taken');
  expect(world.interaction('c1')?.status).toMatchObject({ name: 'active', owner: 'cy' });
});

test('OFFER-8: accepted twice by the same agent it is accepted once', () => {
  given(ready('bo'), talking('c1', 'bo')).when(answering('accept', 'c1'), by('bo')).thenNothing();
});

test.each([
  ['accept', 'offer-over'],
  ['reject', 'offer-over'],
  ['offer-shown', 'offer-over'],
] as const)('I7: an answer to an offer that is over changes nothing (%s)', (type, refusal) => {
  const over = given(ready('bo'), ringing('c1', 'bo'));
  over.when(answering('rescind', 'c1'), bySystem);
  over.when(answering(type, 'c1'), by('bo')).thenRefused(refusal);
});

test('STATE-8: the agent that a lost interaction prefers stays preferred when another one rejects it', () => {
  const world = given(ready('bo'), ready('cy'), talking('c1', 'bo'), unreachable('bo'));
  world.when(ownerIs('lost', 'c1', 'bo', world), bySystem);
  expect(world.interaction('c1')).toMatchObject({ preferred: 'bo', returned: true });
  world.when(offer('c1', 'cy', 2), bySystem).when(answering('reject', 'c1', 2), by('cy'));
  expect(world.interaction('c1')).toMatchObject({ preferred: 'bo', returned: true });
});

test('OFFER-6: a preferred agent who rejects it is preferred no longer', () => {
  const world = given(ready('bo'), talking('c1', 'bo'), unreachable('bo'));
  world.when(ownerIs('lost', 'c1', 'bo', world), bySystem);
  world.tell(agent('bo', { type: 'reachable' }));
  world.when(offer('c1', 'bo', 2), bySystem).when(answering('reject', 'c1', 2), by('bo'));
  expect(world.interaction('c1')?.preferred).toBeNull();
});
