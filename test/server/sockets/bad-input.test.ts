import { expect, test } from 'vitest';
import { agentCommands } from '../../../protocol/examples/commands.ts';
import type { CommandId } from '../../../protocol/ids.ts';
import { limits } from '../../../protocol/limits.ts';
import { closeCodes } from '../../../protocol/refusals.ts';
import { statusCommand } from '../../channels.ts';
import { type Random, seeded } from '../../simulation/random.ts';
import { agentHello, ana, queue, secretOf, server } from './world.ts';

const customerHello = {
  type: 'hello',
  protocol: 2,
  secret: secretOf('carla'),
  site: 'shop',
  cursor: null,
};
const id = 'command-0000000001';
const post = (more: object) => ({ type: 'command', id, command: { type: 'post', ...more } });
const text = (frame: unknown) => JSON.stringify(frame);
const long = 'x'.repeat(limits.textBytes + 1);

type FirstFrame = [name: string, text: string, refusal: keyof typeof closeCodes];
const firstFrames: FirstFrame[] = [
  ['nothing', '', 'bad-frame'],
  ['no JSON', 'hello', 'bad-frame'],
  ['no object', '[]', 'bad-frame'],
  ['null', 'null', 'bad-frame'],
  ['another frame', text({ type: 'heartbeat' }), 'hello-expected'],
  ['a frame without a type', '{}', 'hello-expected'],
  ['an older protocol', text({ type: 'hello', protocol: 0 }), 'protocol-too-old'],
  ['a newer protocol', text({ type: 'hello', protocol: 99, more: {} }), 'protocol-too-new'],
  ['a hello without anything', text({ type: 'hello' }), 'bad-frame'],
  [
    'far too much',
    text({ ...agentHello(), more: 'x'.repeat(limits.frameUpBytes) }),
    'frame-too-large',
  ],
];
const firstForAgents: FirstFrame[] = [
  ['a wrong token', text(agentHello(ana, { token: 'forged' })), 'not-signed-in'],
  ['somebody who has left', text(agentHello(ana, { token: 'token-zoe' })), 'not-signed-in'],
  ['too long a token', text(agentHello(ana, { token: 'x'.repeat(3_000) })), 'bad-frame'],
  [
    'too many cursors',
    text({ ...agentHello(), cursors: Array(61).fill({ interaction: 'i', epoch: 1, seq: 1 }) }),
    'bad-frame',
  ],
  ['a customer’s hello', text(customerHello), 'bad-frame'],
];
const firstForCustomers: FirstFrame[] = [
  ['a short secret', text({ ...customerHello, secret: 'guess' }), 'bad-frame'],
  ['an agent’s hello', text(agentHello()), 'bad-frame'],
];

test.each([...firstFrames, ...firstForAgents])(
  'TRUST-5: an agent’s first frame that is %s is refused by name and closed',
  async (_, frame, refusal) => {
    const world = await server();
    const desk = world.agent();
    desk.raw(frame);
    await world.clock.settle();
    expect(desk.frames).toEqual([{ type: 'refused', id: null, refusal, retryMs: null }]);
    expect(desk.closed()).toBe(closeCodes[refusal]);
    expect(world.bugs).toEqual([]);
  },
);

test.each([...firstFrames, ...firstForCustomers])(
  'TRUST-5: a customer’s first frame that is %s is refused by name and closed',
  async (_, frame, refusal) => {
    const world = await server();
    const tab = world.customer();
    tab.raw(frame);
    await world.clock.settle();
    expect(tab.frames).toEqual([{ type: 'refused', id: null, refusal, retryMs: null }]);
    expect(tab.closed()).toBe(closeCodes[refusal]);
  },
);

test('TRUST-5: a socket that says nothing for ten seconds is closed', async () => {
  const world = await server();
  const desk = world.agent();
  await world.clock.advance(9_999);
  expect(desk.closed()).toBe(null);
  await world.clock.advance(1);
  expect(desk.last('refused')).toMatchObject({ refusal: 'hello-expected' });
  expect(desk.closed()).toBe(closeCodes['hello-expected']);
});

/** JSON writes each of these as six bytes. */
const worst = '\u0001'.repeat(limits.textBytes);

test('TRUST-5: the longest text fits its frame at both doors, whatever it is made of; one byte more is too long', async () => {
  const world = await server();
  const { desk, tab, interaction } = await world.talking();
  await tab.command({ type: 'post', interaction, text: worst });
  await desk.command({ type: 'post', interaction, text: worst });
  expect(desk.events().at(-2)).toBe(worst);
  expect(tab.events().at(-1)).toBe(worst);
  const more = { type: 'post', interaction, text: `${worst}\u0001` } as const;
  for (const refused of [await tab.refusal(more), await desk.refusal(more)])
    expect(refused).toMatchObject({ refusal: 'text-too-long', retryMs: null });
});

test('TRUST-5: what is written in one wrap-up or transfer is bounded together, so that it fits a frame', async () => {
  const world = await server();
  const { desk, interaction } = await world.talking();
  const half = '\u0001'.repeat(limits.noteBytes / 2 + 1);
  const over = { ...agentCommands['mark-done'], interaction, note: half };
  const { transfer } = agentCommands;
  for (const [command, n] of [
    [{ ...over, answers: { a: half }, data: {} }, 1],
    [{ ...transfer, interaction, note: half, draft: half }, 2],
  ] as const)
    expect(await desk.refusal(command, `words-command-00${n}` as CommandId)).toMatchObject({
      refusal: 'text-too-long',
      retryMs: null,
    });
  expect(desk.closed()).toBe(null);
});

test('TRUST-5: so do the fullest wrap-up and the fullest start', async () => {
  const world = await server();
  const { desk, interaction } = await world.talking();
  await desk.command({ type: 'end', interaction });
  const note = '\u0001'.repeat(limits.noteBytes);
  const dispositions = Array<string>(limits.dispositions).fill('\u0001'.repeat(64));
  const longId = 'c'.repeat(64) as CommandId;
  const filled = {
    ...agentCommands['mark-done'],
    interaction,
    note,
    workflow: null,
    answers: {},
    tags: [],
    data: {},
  };
  const wrapUp = await desk.refusal({ ...filled, dispositions }, longId);
  expect(wrapUp).toMatchObject({ refusal: 'unknown-disposition' });
  await desk.command({ ...filled, dispositions: ['sold'] });
  const field = '\u0001'.repeat(limits.fieldCharacters);
  const tab = await world.tab('other');
  await tab.command({
    ...{ type: 'start', queue, language: 'en', name: field, email: field, phone: field },
    ...{ subject: field, entryPage: '\u0001'.repeat(limits.urlCharacters) },
  });
});

type LaterFrame = [name: string, frame: unknown, refusal: string, id: string | null];
const laterFrames: LaterFrame[] = [
  ['no JSON', '{', 'bad-frame', null],
  ['an unknown type', { type: 'dance' }, 'bad-frame', null],
  ['a second hello', agentHello(), 'bad-frame', null],
  [
    'a command without an id',
    { type: 'command', command: { type: 'can-show' } },
    'bad-frame',
    null,
  ],
  ['a command nobody knows', { type: 'command', id, command: { type: 'dance' } }, 'bad-frame', id],
  ['a system command', { type: 'command', id, command: { type: 'agent-gone' } }, 'bad-frame', id],
  ['a text too long', post({ interaction: 'i-1', text: long }), 'text-too-long', id],
  ['an empty text', post({ interaction: 'i-1', text: '  ' }), 'bad-frame', id],
  ['a name of no interaction', post({ interaction: '../i', text: 'x' }), 'bad-frame', id],
  ['a foreign interaction', post({ interaction: 'i-99', text: 'x' }), 'unknown-interaction', id],
  [
    'too large',
    post({ interaction: 'i-1', text: 'x'.repeat(limits.frameUpBytes) }),
    'frame-too-large',
    id,
  ],
  ['a negative batch', { type: 'got', batch: 'one' }, 'bad-frame', null],
  ['a mark of nothing', { type: 'read', interaction: 'i-99', seq: 1 }, 'unknown-interaction', null],
  ['a mark below zero', { type: 'read', interaction: 'i-99', seq: -1 }, 'bad-frame', null],
  [
    'a stream that isn’t followed',
    { type: 'from', stream: 'agent:ben', epoch: 0, after: 0 },
    'unknown-interaction',
    null,
  ],
  ['a stream of no kind', { type: 'from', stream: 'x:1', epoch: 0, after: 0 }, 'bad-frame', null],
];
/** As text, since an object literal has no key `__proto__`. */
const command = (type: string, rest: string) =>
  `{"type":"command","id":"${id}","command":{"type":"${type}","interaction":"i-99",${rest}}}`;
const asText = (frame: unknown) => (typeof frame === 'string' ? frame : text(frame));

test.each([
  ...laterFrames,
  [
    'an unknown reason',
    {
      type: 'command',
      id,
      command: statusCommand('not-ready', 'nap'),
    },
    'unknown-reason',
    id,
  ],
  ...['__proto__', 'constructor', 'prototype'].map((key) => [
    `data called ${key}, which a record would drop`,
    command('set-data', `"data":{"${key}":"x","colour":"red"}`),
    'bad-frame',
    id,
  ]),
  [
    'an answer to a question of such a name',
    command('mark-done', '"dispositions":[],"note":"","answers":{"constructor":"x"}'),
    'bad-frame',
    id,
  ],
  [
    'a customer’s command',
    { type: 'command', id, command: { type: 'start', queue: 'q', language: 'en' } },
    'bad-frame',
    id,
  ],
] as LaterFrame[])(
  'TRUST-5: an agent’s frame that is %s is refused by name and nothing else happens',
  async (_, frame, refusal, command) => {
    const world = await server();
    const desk = await world.desk();
    const before = desk.frames.length;
    desk.raw(asText(frame));
    await world.clock.settle();
    expect(desk.frames.slice(before)).toEqual([
      { type: 'refused', id: command, refusal, retryMs: null },
    ]);
    expect(desk.closed()).toBe(null);
    await desk.command(statusCommand('ready'));
    expect(world.bugs).toEqual([]);
  },
);

test.each([
  ...laterFrames,
  [
    'an unknown queue',
    { type: 'command', id, command: { type: 'start', queue: 'x', language: 'en' } },
    'unknown-queue',
    id,
  ],
  ['an agent’s command', { type: 'command', id, command: { type: 'sign-out' } }, 'bad-frame', id],
] as LaterFrame[])(
  'TRUST-5: a customer’s frame that is %s is refused by name and nothing else happens',
  async (_, frame, refusal, command) => {
    const world = await server();
    const tab = await world.tab();
    const before = tab.frames.length;
    tab.raw(asText(frame));
    await world.clock.settle();
    expect(tab.frames.slice(before)).toEqual([
      { type: 'refused', id: command, refusal, retryMs: null },
    ]);
    expect(tab.closed()).toBe(null);
    await tab.command({ type: 'start', queue, language: 'en' });
  },
);

test('TRUST-5: frames without end are refused by name and closed', async () => {
  const world = await server();
  const tab = await world.tab();
  for (let n = 0; n < 4_000; n++) tab.send({ type: 'heartbeat' });
  expect(tab.last('refused')).toMatchObject({ refusal: 'too-many' });
  expect(tab.closed()).toBe(closeCodes['too-many']);
});

test('TRUST-5: who doesn’t wait for the welcome is heard after it, and not without bound', async () => {
  const world = await server();
  const tab = world.customer();
  tab.send(customerHello);
  tab.send({ type: 'command', id, command: { type: 'start', queue, language: 'en' } });
  await world.clock.settle();
  expect(tab.frames.map(({ type }) => type).slice(0, 2)).toEqual(['welcome', 'ack']);
  const other = world.customer();
  other.send(customerHello);
  for (let n = 0; n < 65; n++) other.send({ type: 'got', batch: n });
  expect(other.closed()).toBe(closeCodes['too-many']);
});

test('a bug ends the session it happens in, is reported, and reaches nobody else', async () => {
  const world = await server();
  const other = await world.tab('other');
  world.store.streamByKey = () => Promise.reject(new Error('a bug'));
  const tab = await world.tab();
  expect(tab.closed()).toBe(closeCodes['try-later']);
  expect(world.bugs).toMatchObject([{ message: 'a bug' }]);
  expect(other.closed()).toBe(null);
});

test('TRUST-5: twenty thousand frames of nonsense crash nothing', { timeout: 60_000 }, async () => {
  const world = await server({
    limits: { framesBurst: 1e9, agentCommandsBurst: 1e9, customerCommandsBurst: 1e9 },
  });
  const unhandled: unknown[] = [];
  const hear = (error: unknown) => unhandled.push(error);
  process.on('unhandledRejection', hear);
  const { desk, tab, interaction } = await world.talking();
  const status = statusCommand('ready');
  const done = { type: 'mark-done', interaction, dispositions: [], note: '' };
  const samples: object[] = [
    agentHello(),
    customerHello,
    post({ interaction, text: 'hi' }),
    { type: 'command', id, command: { type: 'start', queue, language: 'en' } },
    { type: 'command', id, command: status },
    { type: 'command', id, command: done },
    { type: 'got', batch: 1 },
    { type: 'from', stream: `interaction:${interaction}`, epoch: 1, after: 0 },
    { type: 'read', interaction, seq: 1 },
    { type: 'typing', interaction },
    { type: 'heartbeat' },
  ];
  const random = seeded(20_261_107);
  for (let n = 0; n < 20_000; n++) {
    const frame = nonsense(random, samples);
    (n % 2 === 0 ? desk : tab).raw(frame);
    // Some say nonsense first, on a socket of their own.
    if (n % 50 === 0) (n % 100 === 0 ? world.agent() : world.customer()).raw(frame);
    if (n % 500 === 0) await world.clock.settle();
  }
  await world.clock.settle();
  process.off('unhandledRejection', hear);
  expect(unhandled).toEqual([]);
  expect(world.bugs).toEqual([]);
  expect(desk.closed()).toBe(null);
  expect(tab.closed()).toBe(null);
  expect(desk.of('refused').length).toBeGreaterThan(5_000);
  expect(desk.of('ack').length).toBeGreaterThan(100);
  const again = await tab.command({ type: 'start', queue, language: 'en' });
  expect(again.stream).toMatch(/^interaction:/);
});

const keys = ['type', 'id', 'command', 'batch', 'stream', 'epoch', 'after', 'interaction', 'seq'];
const values: unknown[] = [
  ...[null, true, 0, -1, 1.5, 1e308, '', ' ', 'got', 'command', '__proto__', 'é\u0000\ud800'],
  ...[[], [[]], {}, { type: 'post' }, { constructor: 1 }, 'x'.repeat(limits.frameUpBytes)],
];

/** A frame that somebody broke, or bytes that never were one. */
function nonsense(random: Random, samples: readonly object[]): string {
  const sample = random.pick(samples) ?? {};
  const whole = text(sample);
  const at = random.below(whole.length);
  switch (random.below(6)) {
    case 0:
      return String.fromCharCode(...Array.from({ length: 30 }, () => random.below(0x10000)));
    case 1:
      return text(random.pick(values));
    case 2:
      return whole.slice(0, at);
    case 3:
      return whole.slice(0, at) + String.fromCharCode(random.below(300)) + whole.slice(at + 1);
    case 4:
      return text({ ...sample, [random.pick([...keys, '__proto__']) ?? '']: random.pick(values) });
    default:
      return random.chance(0.2) ? whole : text({ ...sample, id: random.id('fuzz-') });
  }
}
