import { expect, test } from 'vitest';
import { agent, by, bySystem, chat, given, givenIn, later, START } from '../given.ts';
import {
  answering,
  connect,
  desk,
  done,
  doneBy,
  markDone,
  offer,
  offerEnded,
  ownerIs,
  pendingCleared,
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
  wrapping,
} from '../stories.ts';

const silent = { type: 'agent-silent', agent: who('bo') } as const;
const goneSince = (since: number) => ({ type: 'agent-gone', agent: who('bo'), since }) as const;
const rona = agent('bo', status('ready', 'rona', null, 'system'));
const signOut = { type: 'sign-out' } as const;

test('STATE-1, STATE-2: whoever signs in is not ready on the chat channel, and reachable', () => {
  const world = given().when(connect('bo'), bySystem);
  world.thenTells(...signedIn('bo'));
  expect(world.agent('bo').channels.chat).toMatchObject({
    status: 'not-ready',
    reason: 'signed-in',
    since: START,
  });
});

test('STATE-2: signed in again after signing out, ready is not remembered', () => {
  const world = given(ready('bo')).when(signOut, by('bo'));
  world.when(connect('bo'), bySystem);
  expect(world.agent('bo').channels.chat.status).toBe('not-ready');
});

test('STATE-10: every change says from, to, reason and who; none is written where nothing changes', () => {
  const world = given(signedIn('bo'));
  world
    .when(setStatus('ready'), by('bo'))
    .thenTells(agent('bo', status('not-ready', 'ready', null, 'agent')));
  world.when(setStatus('ready'), by('bo')).thenNothing();
  world
    .when(setStatus('not-ready', 'lunch'), by('bo'))
    .thenTells(agent('bo', status('ready', 'not-ready', 'lunch', 'agent')));
  world.when(setStatus('not-ready', 'lunch'), by('bo')).thenNothing();
  world
    .when(setStatus('not-ready', 'training'), by('bo'))
    .thenTells(agent('bo', status('not-ready', 'not-ready', 'training', 'agent')));
});

test('STATE-10: wrap-up stands in the ledger', () => {
  given(ready('bo'), talking('c1', 'bo'))
    .when({ type: 'end', interaction: 'c1' as never }, by('bo'))
    .thenTells(
      chat('c1', { type: 'ended', by: 'agent', wrapUpUntil: START + 60_000 }),
      agent('bo', { type: 'wrap-up-started', interaction: 'c1' as never, blocks: false }),
    );
});

test('STATE-1: a reason must be one of the centre’s; the system’s own can’t be chosen', () => {
  given(ready('bo')).when(setStatus('not-ready', 'nap'), by('bo')).thenRefused('unknown-reason');
  given(ready('bo'))
    .when(setStatus('not-ready', 'unreachable'), by('bo'))
    .thenRefused('unknown-reason');
});

test('STATE-1: who is signed out has no status to set', () => {
  given().when(setStatus('ready'), by('bo')).thenRefused('not-signed-in');
});

test('STATE-4: not ready is pending while work is held; offers stop at once, the status changes with the last one done', () => {
  const world = given(ready('bo'), talking('c1', 'bo'), wrapping('c2', 'bo'), waiting('c3'));
  world.when(setStatus('not-ready', 'lunch'), by('bo')).thenTells(agent('bo', pendingSet('lunch')));
  world.when(setStatus('not-ready', 'lunch'), by('bo')).thenNothing();
  world.when(offer('c3', 'bo'), bySystem).thenRefused('not-routable');
  world.when(markDone('c2'), by('bo'));
  expect(world.agent('bo').channels.chat.status).toBe('ready');
  world.when({ type: 'end', interaction: 'c1' as never }, by('bo'));
  world
    .when(markDone('c1'), by('bo'))
    .thenTells(
      chat('c1', doneBy('agent')),
      agent(
        'bo',
        { type: 'revoked', interaction: 'c1' as never, epoch: 1, role: 'owner', reason: 'done' },
        status('ready', 'not-ready', 'lunch', 'agent'),
        pendingCleared(),
      ),
    );
});

test('STATE-4: pending can be undone, and given another reason, until then', () => {
  const world = given(ready('bo'), talking('c1', 'bo'));
  world.when(setStatus('not-ready', 'lunch'), by('bo'));
  world
    .when(setStatus('not-ready', 'training'), by('bo'))
    .thenTells(agent('bo', pendingSet('training')));
  world.when(setStatus('ready'), by('bo')).thenTells(agent('bo', pendingCleared()));
  expect(world.agent('bo')).toMatchObject({
    channels: { chat: { status: 'ready', pending: null } },
  });
});

test('STATE-4: without pending the status changes at once', () => {
  givenIn({ agent: { pendingNotReady: false } }, ready('bo'), talking('c1', 'bo'))
    .when(setStatus('not-ready', 'lunch'), by('bo'))
    .thenTells(agent('bo', status('ready', 'not-ready', 'lunch', 'agent')));
});

test('STATE-4: the last interaction is also gone when the owner is lost', () => {
  const world = given(ready('bo'), talking('c1', 'bo'));
  world.when(setStatus('not-ready', 'lunch'), by('bo')).tell(unreachable('bo'));
  world.when(ownerIs('lost', 'c1', 'bo', world), bySystem);
  expect(world.agent('bo')).toMatchObject({
    channels: { chat: { status: 'not-ready', pending: null } },
  });
});

test.each([
  ['at once', false],
  ['after this', true],
])(
  'STATE-6: choosing not ready %s while an offer rings rescinds it without penalty',
  (_, working) => {
    const ended = offerEnded('c1', 'bo', 'rescinded');
    const change = working ? pendingSet('lunch') : status('ready', 'not-ready', 'lunch', 'agent');
    given(ready('bo'), working ? talking('c0', 'bo') : [], ringing('c1', 'bo'), shown('c1', 'bo'))
      .when(setStatus('not-ready', 'lunch'), by('bo'))
      .thenTells(chat('c1', ended.chat, queued('rescinded')), agent('bo', ended.agent, change));
  },
);

test('STATE-6: the words of the rescinded offer leave the agent’s stream', () => {
  given(ready('bo'), ringing('c1', 'bo'))
    .when(setStatus('not-ready'), by('bo'))
    .thenBlanks('bo', 5);
});

test('STATE-8: 25 s of silence make the agent unreachable; what rings goes back without penalty, what is owned stays', () => {
  const ended = offerEnded('c2', 'bo', 'rescinded');
  const world = given(ready('bo'), talking('c1', 'bo'), ringing('c2', 'bo'));
  world
    .when(silent, bySystem)
    .thenTells(
      chat('c2', ended.chat, queued('rescinded')),
      agent('bo', ended.agent, { type: 'unreachable' }),
    );
  expect(world.agent('bo')).toMatchObject({
    channels: { chat: { status: 'ready' } },
    assignments: { c1: { phase: 'active' } },
  });
  world.when(silent, bySystem).thenNothing();
});

test('STATE-8: back within 10 min the agent is what they were', () => {
  const world = given(ready('bo'), unreachable('bo')).when(connect('bo'), bySystem);
  world.thenTells(agent('bo', { type: 'reachable' }));
  expect(world.agent('bo').channels.chat.status).toBe('ready');
});

test('STATE-8: unreachable for 10 min is not ready, also on return', () => {
  const world = given(ready('bo'), unreachable('bo'), later(600_000));
  world
    .when(goneSince(5), bySystem)
    .thenTells(agent('bo', status('ready', 'not-ready', 'unreachable', 'system')));
  world.when(connect('bo'), bySystem).thenTells(agent('bo', { type: 'reachable' }));
  expect(world.agent('bo').channels.chat.status).toBe('not-ready');
});

test('STATE-8: what was pending is settled by then', () => {
  const world = given(ready('bo'), talking('c1', 'bo'));
  world.when(setStatus('not-ready', 'lunch'), by('bo')).tell(unreachable('bo'));
  world.when(goneSince(world.agent('bo').reach.since), bySystem);
  expect(world.agent('bo')).toMatchObject({
    channels: { chat: { status: 'not-ready', reason: 'unreachable', pending: null } },
  });
});

test('STATE-8: who came back, even if gone again since, is not gone for 10 min', () => {
  const world = given(ready('bo'), unreachable('bo'), agent('bo', { type: 'reachable' }));
  world.when(goneSince(5), bySystem).thenNothing();
  world.tell(unreachable('bo')).when(goneSince(5), bySystem).thenNothing();
});

test.each(['rona', 'refused'] as const)(
  'OFFER-5: nothing but the agent clears it, not even 10 min of absence (%s)',
  (name) => {
    const world = given(
      ready('bo'),
      agent('bo', status('ready', name, null, 'system')),
      unreachable('bo'),
    );
    world.when(goneSince(world.agent('bo').reach.since), bySystem).thenNothing();
    world.when(connect('bo'), bySystem);
    expect(world.agent('bo').channels.chat.status).toBe(name);
  },
);

test.each([
  ['ready', null],
  ['not-ready', 'lunch'],
] as const)('OFFER-5: an agent who is RONA chooses: %s', (to, reason) => {
  given(ready('bo'), rona)
    .when(setStatus(to, reason), by('bo'))
    .thenTells(agent('bo', status('rona', to, reason, 'agent')));
});

test('OFFER-5: an agent who is RONA may be not ready at once, whatever they hold', () => {
  given(ready('bo'), talking('c1', 'bo'), rona)
    .when(setStatus('not-ready'), by('bo'))
    .thenTells(agent('bo', status('rona', 'not-ready', null, 'agent')));
});

test.each([
  ['talked about', talking('c1', 'bo'), 'still-owning'],
  ['wrapped up', wrapping('c1', 'bo'), 'still-owning'],
  ['ringing', ringing('c1', 'bo'), 'offer-ringing'],
] as const)(
  'STATE-9: signing out is refused while something is %s, and says why',
  (_, history, refusal) => {
    given(ready('bo'), history).when(signOut, by('bo')).thenRefused(refusal);
  },
);

test('STATE-9: with nothing left the agent signs out, once', () => {
  const world = given(ready('bo'), done('c1', 'bo'));
  world
    .when(signOut, by('bo'))
    .thenTells(agent('bo', status('ready', 'logged-off', null, 'agent'), { type: 'signed-out' }));
  world.when(signOut, by('bo')).thenNothing();
  expect(world.agent('bo').desk).toBeNull();
});

test('STATE-11: another desk without a claim hears that the agent is at work elsewhere', () => {
  given(ready('bo')).when(connect('bo', 'home'), bySystem).thenRefused('open-elsewhere');
});

test('STATE-11: the newer sign-in wins and finds everything as it was, work and ringing offer included', () => {
  const world = given(ready('bo'), talking('c1', 'bo'), ringing('c2', 'bo'));
  world
    .when(connect('bo', 'home', true), bySystem)
    .thenTells(agent('bo', { type: 'signed-in', desk: desk('home') }));
  expect(world.agent('bo').channels.chat.status).toBe('ready');
  world.when(answering('accept', 'c2'), by('bo'));
  expect(Object.keys(world.agent('bo').assignments)).toEqual(['c1', 'c2']);
  world.when(connect('bo'), bySystem).thenRefused('open-elsewhere');
});

test('STATE-11: the live desk comes back without a word', () => {
  given(ready('bo')).when(connect('bo'), bySystem).thenNothing();
  given(ready('bo'))
    .when(connect('bo', 'desk-of-bo', true), bySystem)
    .thenNothing();
});

test('STATE-11: a newer desk can show offers, whatever the older one could not', () => {
  const world = given(ready('bo'), ringing('c1', 'bo'));
  world.when(answering('offer-not-shown', 'c1'), bySystem);
  expect(world.agent('bo').canShow).toBe(false);
  world.when(connect('bo', 'home', true), bySystem);
  expect(world.agent('bo').canShow).toBe(true);
});

test('STATE-7: who is away when a wrap-up that blocked is over, with other work open, is ready again once back', () => {
  const world = givenIn(
    { queue: { wrapUpBlocks: ['chat'] }, agent: { ringsAtOnce: 2 } },
    ready('bo'),
    talking('c1', 'bo'),
    talking('c2', 'bo'),
  );
  const chatNow = () => world.agent('bo').channels.chat;
  world.when({ type: 'idle-set', idle: true }, by('bo'));
  world.when({ type: 'end', interaction: 'c1' as never }, by('bo'));
  world.when(markDone('c1'), by('bo'));
  expect(chatNow()).toMatchObject({ status: 'ready', pending: { reason: 'away' } });
  world.when({ type: 'idle-set', idle: false }, by('bo'));
  expect(chatNow()).toMatchObject({ status: 'ready', pending: null });
});
