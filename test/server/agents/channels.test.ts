import { expect, test } from 'vitest';
import { chatsOnly, statusCommand } from '../../channels.ts';
import { agent, by, bySystem, chat, givenIn, type Settings, START } from '../given.ts';
import {
  answering,
  connect,
  markDone,
  offer,
  offerEnded,
  on,
  signedIn as onTheChatAlone,
  pendingCleared,
  pendingSet,
  queued,
  ringing,
  setStatus,
  shown,
  status,
  talking,
  unreachable,
  waiting,
  who,
  wrapping,
} from '../stories.ts';

/** Chat, voice and work items are given; e-mail and messaging are not. */
const limits = { ...chatsOnly(), voice: 1, 'work-item': 5 };
const three = (rest: Settings = {}): Settings => ({ ...rest, agent: { limits, ...rest.agent } });
const signedIn = (rest: Settings = {}) =>
  givenIn(three(rest)).when(connect('bo'), bySystem) as ReturnType<typeof givenIn>;
const ready = (rest: Settings = {}) => signedIn(rest).when(setStatus('ready'), by('bo'));
const statuses = (world: ReturnType<typeof givenIn>) => {
  const { chat, voice, email, 'work-item': item } = world.agent('bo').channels;
  return [chat.status, voice.status, item.status, email.status];
};
const supervisor = { ...by('sue'), role: 'supervisor' } as ReturnType<typeof by>;
const bySue = { kind: 'supervisor', agent: who('sue'), name: 'sue' } as const;
const voiceBlocking: Settings = { queue: { wrapUpBlocks: ['chat'] } };

test('STATE-2, STATE-12: after sign-in every channel that is given is not ready, the others don’t exist', () => {
  const world = signedIn();
  expect(statuses(world)).toEqual(['not-ready', 'not-ready', 'not-ready', 'logged-off']);
  world
    .when(statusCommand('ready', null, { channel: 'email' }), by('bo'))
    .thenRefused('channel-not-given');
});

test('STATE-2: a channel that never had a status (the set-up or an older program knew the chat alone) comes as not ready with the next hello', () => {
  const given5 = { ...chatsOnly(), voice: 1, email: 5 };
  const world = givenIn({ agent: { limits: given5 } }, onTheChatAlone('bo'));
  world
    .when(connect('bo'), bySystem)
    .thenTells(
      agent(
        'bo',
        status('logged-off', 'not-ready', 'signed-in', 'system', { channel: 'voice' }),
        status('logged-off', 'not-ready', 'signed-in', 'system', { channel: 'email' }),
      ),
    );
  world.when(connect('bo'), bySystem).thenNothing();
});

test('STATE-1: what the agent has logged off alone stays so, whatever the connection does', () => {
  const world = ready();
  world.when(statusCommand('logged-off', null, { channel: 'voice' }), by('bo'));
  world.when({ type: 'agent-silent', agent: who('bo') }, bySystem);
  world.when(connect('bo'), bySystem).thenTells(agent('bo', { type: 'reachable' }));
});

test('STATE-1: one switch sets all channels, each can be set alone and logged off alone', () => {
  const world = ready();
  expect(statuses(world)).toEqual(['ready', 'ready', 'ready', 'logged-off']);
  world.when(statusCommand('not-ready', 'lunch', { channel: 'voice' }), by('bo'));
  world.when(statusCommand('logged-off', null, { channel: 'work-item' }), by('bo'));
  expect(statuses(world)).toEqual(['ready', 'not-ready', 'logged-off', 'logged-off']);
  world.when(setStatus('ready'), by('bo'));
  expect(statuses(world)).toEqual(['ready', 'ready', 'logged-off', 'logged-off']);
  world.when(statusCommand('ready', null, { channel: 'work-item' }), by('bo'));
  world.when(setStatus('logged-off'), by('bo'));
  expect(statuses(world)).toEqual(['logged-off', 'logged-off', 'logged-off', 'logged-off']);
  world.when(setStatus('ready'), by('bo'));
  expect(statuses(world)).toEqual(['ready', 'ready', 'ready', 'logged-off']);
});

test('STATE-4: pending is each channel’s own: what holds no work changes at once', () => {
  const world = ready();
  for (const told of talking('c1', 'bo')) world.tell(told);
  world
    .when(setStatus('not-ready', 'lunch'), by('bo'))
    .thenTells(
      agent(
        'bo',
        pendingSet('lunch'),
        status('ready', 'not-ready', 'lunch', 'agent', { channel: 'voice' }),
        status('ready', 'not-ready', 'lunch', 'agent', { channel: 'work-item' }),
      ),
    );
  world.when(on('end', 'c1'), by('bo'));
  world.when(markDone('c1'), by('bo'));
  expect(statuses(world)).toEqual(['not-ready', 'not-ready', 'not-ready', 'logged-off']);
});

test('STATE-4: a channel is never logged off under its work, whatever the setting', () => {
  const world = ready({ agent: { pendingNotReady: false } });
  for (const told of talking('c1', 'bo')) world.tell(told);
  world
    .when(statusCommand('logged-off', null, { channel: 'chat' }), by('bo'))
    .thenTells(agent('bo', pendingSet(null, { to: 'logged-off' })));
});

test('STATE-3: do-not-disturb takes back what rings, stops offers, and hides nothing', () => {
  const world = ready();
  for (const told of [...ringing('c1', 'bo'), ...waiting('c2')]) world.tell(told);
  const ended = offerEnded('c1', 'bo', 'rescinded');
  const dnd = (set: boolean) => ({ type: 'set-do-not-disturb', on: set }) as const;
  world
    .when(dnd(true), by('bo'))
    .thenTells(
      chat('c1', ended.chat, queued('rescinded')),
      agent('bo', ended.agent, { type: 'do-not-disturb-set', on: true }),
    );
  expect(world.agent('bo').channels.chat.status).toBe('ready');
  world.when(offer('c2', 'bo'), bySystem).thenRefused('not-routable');
  world.when(dnd(true), by('bo')).thenNothing();
  world.when(dnd(false), by('bo'));
  world.when(offer('c2', 'bo'), bySystem);
  expect(world.interaction('c2')?.status.name).toBe('offered');
});

const lunch = (next: 'stay' | 'ready') =>
  statusCommand('not-ready', 'lunch', { channel: 'chat', durationMs: 2_700_000, next });
const over = (until: number) =>
  ({ type: 'status-time-over', agent: who('bo'), channel: 'chat', until }) as const;
const END = START + 2_700_000;

test('STATE-5: a status may last so long; its end changes nothing unless the agent chose so', () => {
  const world = ready().when(lunch('stay'), by('bo'));
  world.thenTells(
    agent('bo', status('ready', 'not-ready', 'lunch', 'agent', { until: END, next: 'stay' })),
  );
  world.pass(2_700_000).when(over(END), bySystem).thenNothing();
});

test('STATE-5: chosen so, it ends in ready; one that was set again since doesn’t', () => {
  const world = ready().when(lunch('ready'), by('bo')).pass(60_000).when(lunch('ready'), by('bo'));
  world.pass(2_700_000).when(over(END), bySystem).thenNothing();
  world
    .when(over(END + 60_000), bySystem)
    .thenTells(agent('bo', status('not-ready', 'ready', null, 'system')));
});

test('STATE-5, STATE-8: unreachable for 10 min, it doesn’t end in ready any more', () => {
  const world = ready().when(lunch('ready'), by('bo')).tell(unreachable('bo'));
  const { since } = world.agent('bo').reach;
  world.when({ type: 'agent-gone', agent: who('bo'), since }, bySystem);
  expect(statuses(world)).toEqual(['not-ready', 'not-ready', 'not-ready', 'logged-off']);
  world.when(over(END), bySystem).thenNothing();
});

test('STATE-5, STATE-4: a pending status’s time runs from when it comes', () => {
  const world = ready();
  for (const told of talking('c1', 'bo')) world.tell(told);
  world.when(lunch('stay'), by('bo')).pass(10_000).when(on('end', 'c1'), by('bo'));
  world.when(markDone('c1'), by('bo'));
  expect(world.agent('bo').channels.chat).toMatchObject({ until: END + 10_000, pending: null });
});

const idle = (set: boolean) => ({ type: 'idle-set', idle: set }) as const;

test('STATE-7: a locked screen makes what is ready not ready and takes back what rings; unlocking undoes it', () => {
  const world = ready();
  for (const told of ringing('c1', 'bo')) world.tell(told);
  world.when(idle(true), by('bo'));
  expect(statuses(world)).toEqual(['not-ready', 'not-ready', 'not-ready', 'logged-off']);
  expect(world.agent('bo').channels.voice.reason).toBe('away');
  expect(world.interaction('c1')?.status.name).toBe('queued');
  world.when(idle(true), by('bo')).thenNothing();
  world.when(idle(false), by('bo'));
  expect(statuses(world)).toEqual(['ready', 'ready', 'ready', 'logged-off']);
});

test('STATE-7: with open work it is pending; back before it came, nothing has happened', () => {
  const world = ready();
  for (const told of talking('c1', 'bo')) world.tell(told);
  world.when(idle(true), by('bo'));
  expect(world.agent('bo').channels.chat).toMatchObject({
    status: 'ready',
    pending: { reason: 'away', by: { kind: 'system' } },
  });
  world.when(idle(false), by('bo'));
  expect(world.agent('bo').channels.chat).toMatchObject({ status: 'ready', pending: null });
});

test('STATE-7: what the agent chose is never overwritten, by going or by coming back', () => {
  const world = ready();
  for (const told of talking('c1', 'bo')) world.tell(told);
  world.when(statusCommand('not-ready', 'training', { channel: 'voice' }), by('bo'));
  world.when(statusCommand('not-ready', 'lunch', { channel: 'chat' }), by('bo'));
  world.when(idle(true), by('bo')).when(idle(false), by('bo'));
  expect(world.agent('bo').channels).toMatchObject({
    chat: { pending: { reason: 'lunch' } },
    voice: { status: 'not-ready', reason: 'training' },
    'work-item': { status: 'ready' },
  });
});

test('STATE-7: whoever takes the desk to another machine isn’t away from that one', () => {
  const world = ready()
    .when(idle(true), by('bo'))
    .when(connect('bo', 'laptop', true), bySystem);
  expect(statuses(world)).toEqual(['ready', 'ready', 'ready', 'logged-off']);
  expect(world.agent('bo').idle).toBe(false);
});

test('STATE-10: a supervisor sets an agent’s status and clears RONA, and the ledger says which one', () => {
  const world = ready();
  for (const told of [...ringing('c1', 'bo'), ...shown('c1', 'bo')]) world.tell(told);
  world.pass(45_000).when(answering('offer-expired', 'c1'), bySystem);
  expect(statuses(world)).toEqual(['rona', 'rona', 'rona', 'logged-off']);
  const set = { type: 'set-agent-status', agent: who('bo'), channel: 'all', reason: null } as const;
  world.when({ ...set, to: 'ready' }, by('cy')).thenRefused('not-allowed');
  world
    .when({ ...set, channel: 'chat', to: 'ready' }, supervisor)
    .thenTells(agent('bo', { ...status('rona', 'ready', null, 'system'), by: bySue }));
  world.when({ ...set, agent: who('cy'), to: 'ready' }, supervisor).thenRefused('agent-signed-out');
});

test('STATE-10, STATE-4: what a supervisor set for later is theirs when it comes', () => {
  const world = ready();
  for (const told of talking('c1', 'bo')) world.tell(told);
  const set = { type: 'set-agent-status', agent: who('bo'), to: 'not-ready' } as const;
  world.when({ ...set, channel: 'chat', reason: 'training' }, supervisor);
  world.when(on('end', 'c1'), by('bo')).when(markDone('c1'), by('bo'));
  world.thenTells(
    chat('c1', expect.anything()),
    agent(
      'bo',
      expect.objectContaining({ type: 'revoked' }),
      { ...status('ready', 'not-ready', 'training', 'system'), by: bySue },
      pendingCleared(),
    ),
  );
});

test('OFFER-6: refused is on all channels, too', () => {
  const world = ready({ queue: { onReject: 'refused' } });
  for (const told of ringing('c1', 'bo')) world.tell(told);
  world.when(answering('reject', 'c1'), by('bo'));
  expect(statuses(world)).toEqual(['refused', 'refused', 'refused', 'logged-off']);
});

test('STATE-1, STATE-10: a wrap-up that blocks is the channel’s status, and what rings there goes back', () => {
  const world = ready({ ...voiceBlocking, agent: { ringsAtOnce: 2 } });
  for (const told of [...talking('c1', 'bo'), ...ringing('c2', 'bo')]) world.tell(told);
  world.when(on('end', 'c1'), by('bo'));
  expect(statuses(world)).toEqual(['wrap-up', 'ready', 'ready', 'logged-off']);
  expect(world.interaction('c2')?.status.name).toBe('queued');
  world.when(markDone('c1'), by('bo'));
  expect(statuses(world)).toEqual(['ready', 'ready', 'ready', 'logged-off']);
});

test.each([
  ['previous', 'ready'],
  ['ready', 'ready'],
  ['not-ready', 'not-ready'],
  ['manual', 'wrap-up'],
] as const)('END-3: the status after a wrap-up that blocks, set to %s, is %s', (after, is) => {
  const world = ready({ queue: { wrapUpBlocks: ['chat'], statusAfter: after } });
  for (const told of talking('c1', 'bo')) world.tell(told);
  world.when(on('end', 'c1'), by('bo')).when(markDone('c1'), by('bo'));
  expect(world.agent('bo').channels.chat.status).toBe(is);
  world.when(setStatus('ready'), by('bo'));
  expect(world.agent('bo').channels.chat.status).toBe('ready');
});

test.each([
  ['previous', 'not-ready', 'lunch'],
  ['ready', 'ready', null],
] as const)(
  'END-3: with pendingNotReady off, %s after a talk in which not ready was chosen is %s',
  (after, is, reason) => {
    const world = ready({
      queue: { wrapUpBlocks: ['chat'], statusAfter: after },
      agent: { pendingNotReady: false },
    });
    for (const told of talking('c1', 'bo')) world.tell(told);
    world.when(setStatus('not-ready', 'lunch'), by('bo'));
    world.when(on('end', 'c1'), by('bo')).when(markDone('c1'), by('bo'));
    expect(world.agent('bo').channels.chat).toMatchObject({ status: is, reason });
  },
);

test('END-3, STATE-4: what was chosen during a wrap-up that blocks comes after it, and only after the last one', () => {
  const world = ready(voiceBlocking);
  for (const told of [...talking('c1', 'bo'), ...talking('c2', 'bo')]) world.tell(told);
  world.when(on('end', 'c1'), by('bo')).when(on('end', 'c2'), by('bo'));
  world.when(setStatus('not-ready', 'lunch'), by('bo')).when(setStatus('ready'), by('bo'));
  expect(world.agent('bo').channels.chat).toMatchObject({
    status: 'wrap-up',
    pending: { to: 'ready' },
  });
  world.when(markDone('c1'), by('bo'));
  expect(world.agent('bo').channels.chat.status).toBe('wrap-up');
  world.when(markDone('c2'), by('bo'));
  expect(world.agent('bo').channels.chat).toMatchObject({ status: 'ready', pending: null });
});

test('END-3, STATE-7: nobody becomes ready by the end of a wrap-up while away', () => {
  const world = ready(voiceBlocking);
  for (const told of talking('c1', 'bo')) world.tell(told);
  world.when(on('end', 'c1'), by('bo')).when(idle(true), by('bo')).when(markDone('c1'), by('bo'));
  expect(world.agent('bo').channels.chat).toMatchObject({ status: 'not-ready', reason: 'away' });
  world.when(idle(false), by('bo'));
  expect(world.agent('bo').channels.chat.status).toBe('ready');
});

test('END-3, OFFER-5: RONA isn’t covered by a wrap-up that blocks', () => {
  const world = ready({ ...voiceBlocking, agent: { ringsAtOnce: 2 } });
  for (const told of [...talking('c1', 'bo'), ...ringing('c2', 'bo'), ...shown('c2', 'bo')])
    world.tell(told);
  world.pass(45_000).when(answering('offer-expired', 'c2'), bySystem);
  world.when(on('end', 'c1'), by('bo')).when(markDone('c1'), by('bo'));
  expect(world.agent('bo').channels.chat.status).toBe('rona');
});

test('STATE-1: a wrap-up that doesn’t block holds its own capacity and no more', () => {
  const world = ready();
  for (const told of [...wrapping('c1', 'bo'), ...waiting('c2')]) world.tell(told);
  expect(world.agent('bo').channels.chat.status).toBe('ready');
  world.when(offer('c2', 'bo'), bySystem);
  expect(world.interaction('c2')?.status.name).toBe('offered');
});

/** The same stories, on a call. */
const asCall = (told: readonly ReturnType<typeof agent>[]) =>
  JSON.parse(JSON.stringify(told).replaceAll('"channel":"chat"', '"channel":"voice"'));

test.each([true, false])(
  'CAP-2: a call blocks the other channels or not, as is set (%s)',
  (blocks) => {
    const world = ready({ agent: { voiceBlocks: blocks } });
    for (const told of [...asCall(talking('v1', 'bo')), ...waiting('c1')]) world.tell(told);
    world.when(offer('c1', 'bo'), bySystem);
    expect(world.interaction('c1')?.status.name).toBe(blocks ? 'queued' : 'offered');
  },
);

test('CAP-2: each channel has its own limit; a full one leaves the others their room', () => {
  const world = ready({ agent: { limits: { ...limits, chat: 1 }, voiceBlocks: false } });
  for (const told of [...talking('c1', 'bo'), ...waiting('c2'), ...asCall(waiting('v1'))])
    world.tell(told);
  world.when(offer('c2', 'bo'), bySystem).thenRefused('no-room');
  world.when(offer('v1', 'bo'), bySystem);
  expect(world.interaction('v1')?.status.name).toBe('offered');
});

test('CAP-3: a person may go beyond the limit, but not beyond twelve chats', () => {
  const pick = (id: string) =>
    ({ type: 'pick', interaction: id as never, queue: 'orders' }) as never;
  const world = ready({ agent: { limits: { ...limits, chat: 1 } } });
  const ids = Array.from({ length: 13 }, (_, n) => `c${n}`);
  for (const id of ids) for (const told of waiting(id)) world.tell(told);
  for (const id of ids.slice(0, 12)) world.when(pick(id), by('bo'));
  expect(Object.keys(world.agent('bo').assignments)).toHaveLength(12);
  world.when(pick('c12'), by('bo')).thenRefused('no-room');
});
