import { expect, test } from 'vitest';
import { createCentre } from '../../../server/centre/centre.ts';
import { createLiveCentre } from '../../../server/centre/live-centre.ts';
import { parseCentre } from '../../../server/centre/parse-centre.ts';
import type { Answer } from '../../../server/handle.ts';
import type { Command } from '../../../server/interactions/command.ts';
import { by, byCustomer } from '../given.ts';
import { Spine } from '../spine.ts';
import { id, markDone, on, park, setStatus, start } from '../stories.ts';

type Changes = {
  readonly queue?: string;
  readonly bo?: string;
  readonly rest?: string;
};

const file = ({ queue = '', bo = '', rest = '' }: Changes): string => `
name: Harbour
agents:
  - { id: bo, name: Bo, email: bo@harbour.example${bo} }
  - { id: cy, name: Cy, email: cy@harbour.example }
queues:
  - { id: orders, name: Orders${queue} }
sites:
  - { id: shop, name: Shop, origins: [self] }
${rest}
`;

/** A server whose set-up can be read anew. */
async function harbour(first: Changes = {}) {
  const read = (changes: Changes) => createCentre(parseCentre(file(changes), 'centre.yaml'));
  const live = createLiveCentre(read(first));
  const world = await new Spine({ centre: live.centre }).route();
  const reload = async (changes: Changes) => {
    live.replace(read(changes));
    world.router.setUpChanged();
    await world.advance(10);
  };
  const asks = async (name: string, command: Command) => said(await world.ask(by(name), command));
  /** A customer whom bo talks to. */
  const talk = async (customer: string) => {
    const interaction = await world.comes(customer);
    await world.answer('offer-shown', 'bo', interaction);
    await world.answer('accept', 'bo', interaction);
    return interaction;
  };
  const bodies = async (stream: string) =>
    (await world.store.read(stream as never, 0, 1_000, 1_000_000)).map(({ body }) => body);
  return { world, reload, asks, talk, bodies };
}

const said = (answer: Answer): string => (answer.type === 'ack' ? 'ack' : answer.refusal);
const pick = (interaction: string): Command => ({ type: 'pick', interaction: id(interaction) });

test('OFFER-4: an offer keeps the time that it was made with, the next one has the new one', async () => {
  const { world, reload } = await harbour({ queue: ', answerSeconds: 60' });
  await world.ready('bo');
  const first = await world.comes('ana');
  await world.answer('offer-shown', 'bo', first);
  await reload({ queue: ', answerSeconds: 15' });
  await world.advance(59_000);
  expect(await world.status(first)).toBe('offered to bo');
  await world.advance(1_000);
  expect(await world.status(first)).toBe('queued');
  await world.ask(by('bo'), setStatus('ready'));
  await world.answer('offer-shown', 'bo', first);
  await world.advance(15_000);
  expect(await world.status(first)).toBe('queued');
});

test('ROUTE-1: who waits keeps their priority, who comes has the new one', async () => {
  const { world, reload } = await harbour({ queue: ', priority: 3' });
  const first = await world.comes('ana');
  await reload({ queue: ', priority: 8' });
  const second = await world.comes('eve');
  const priorities = await Promise.all([first, second].map((one) => world.interaction(one)));
  expect(priorities.map((one) => one?.priority)).toEqual([3, 8]);
});

test('END-3: a wrap-up ends when it was said to, the next one after the new time', async () => {
  const { world, reload, asks, talk } = await harbour({ queue: ', wrapUpSeconds: 100' });
  await world.ready('bo');
  const [first, second] = [await talk('ana'), await talk('eve')];
  await asks('bo', on('end', first));
  await reload({ queue: ', wrapUpSeconds: 10' });
  await asks('bo', on('end', second));
  await world.advance(10_000);
  expect([await world.status(first), await world.status(second)]).toEqual(['wrapping', 'done']);
  await world.advance(90_000);
  expect(await world.status(first)).toBe('done');
});

test('END-2: what is mandatory holds for the next Mark done, whenever the talk began', async () => {
  const { world, reload, asks, talk } = await harbour();
  await world.ready('bo');
  const first = await talk('ana');
  await asks('bo', on('end', first));
  await reload({ queue: ', dispositions: [{ id: sent, label: Sent }], dispositionRequired: true' });
  expect(await asks('bo', markDone(first))).toBe('disposition-missing');
  expect(await asks('bo', markDone(first, ['sent']))).toBe('ack');
});

test('CAP-2: a lower limit takes nothing away; it holds for the next offer', async () => {
  const { world, reload, talk } = await harbour();
  await world.ready('bo');
  const [first, second] = [await talk('ana'), await talk('eve')];
  await reload({ bo: ', limits: { chat: 1 }' });
  const third = await world.comes('kim');
  expect(await Promise.all([first, second, third].map((one) => world.status(one)))).toEqual([
    'active with bo',
    'active with bo',
    'queued',
  ]);
  await reload({ bo: ', limits: { chat: 3 }' });
  expect(await world.status(third)).toBe('offered to bo');
});

test('STATE-4: not ready comes as the file says when it is chosen; what is pending stays so', async () => {
  const { world, reload, asks, talk } = await harbour();
  await world.ready('bo');
  await talk('ana');
  const status = async () => {
    const { status, pending } = (await world.agent('bo')).channels.chat;
    return [status, pending !== null];
  };
  await asks('bo', setStatus('not-ready'));
  await reload({ rest: 'settings: { pendingNotReady: false }' });
  expect(await status()).toEqual(['ready', true]);
  await asks('bo', setStatus('ready'));
  await asks('bo', setStatus('not-ready'));
  expect(await status()).toEqual(['not-ready', false]);
});

test('ROUTE-9: picking is allowed or not from the next pick on', async () => {
  const { world, reload, asks } = await harbour();
  await world.connect('bo');
  const [first, second] = [await world.comes('ana'), await world.comes('eve')];
  expect(await asks('bo', pick(first))).toBe('ack');
  await reload({ queue: ', pick: false' });
  expect(await asks('bo', pick(second))).toBe('not-allowed');
  expect(await world.status(first)).toBe('active with bo');
});

test('STATE-1: a reason that is new can be chosen, one that is gone stays with whoever chose it', async () => {
  const reasons = (name: string) => ({ rest: `notReadyReasons: [{ id: ${name}, label: X }]` });
  const { world, reload, asks } = await harbour(reasons('lunch'));
  await world.ready('bo');
  expect(await asks('bo', setStatus('not-ready', 'training'))).toBe('unknown-reason');
  expect(await asks('bo', setStatus('not-ready', 'lunch'))).toBe('ack');
  await reload(reasons('training'));
  expect((await world.agent('bo')).channels.chat.reason).toBe('lunch');
  expect(await asks('bo', setStatus('not-ready', 'lunch'))).toBe('unknown-reason');
  expect(await asks('bo', setStatus('not-ready', 'training'))).toBe('ack');
});

test('ROUTE-6: a queue that is closed from now on takes nobody more; who waits goes on waiting', async () => {
  const { world, reload } = await harbour();
  const first = await world.comes('ana');
  await reload({
    queue: ', openingHours: never',
    rest: 'openingHours: [{ id: never, timeZone: UTC }]',
  });
  expect(said(await world.ask(byCustomer('eve'), start()))).toBe('queue-closed');
  await world.ready('bo');
  expect(await world.status(first)).toBe('offered to bo');
});

test('END-7: what is parked stays for as long as it was parked for', async () => {
  const { world, reload, asks, talk } = await harbour({ queue: ', parkDays: 2' });
  await world.ready('bo');
  const [first, second] = [await talk('ana'), await talk('eve')];
  await asks('bo', park(first));
  await reload({ queue: ', parkDays: 1' });
  await asks('bo', park(second));
  await world.advance(24 * 3_600_000);
  expect([await world.status(first), await world.status(second)]).toEqual(['parked', 'done']);
  await world.advance(24 * 3_600_000);
  expect(await world.status(first)).toBe('done');
});

test('CHAT-1: the greeting is that of the file when the agent accepts', async () => {
  const greeting = (text: string) => ({ queue: `, texts: { greeting: { en: ${text} } }` });
  const { world, reload, bodies, talk } = await harbour(greeting('Ahoy'));
  await world.ready('bo');
  const waiting = await world.comes('ana');
  await reload({});
  await world.answer('accept', 'bo', waiting);
  expect((await bodies(`interaction:${waiting}`)).map(({ type }) => type)).not.toContain(
    'message-posted',
  );
  await reload(greeting('Moin'));
  const next = await talk('eve');
  const [said] = (await world.store.read(`interaction:${id(next)}`, 0, 50, 100_000)).filter(
    ({ body }) => body.type === 'message-posted',
  );
  expect(said?.content).toEqual({ text: 'Moin' });
});

test('OFFER-6: a reject costs what the file says when it comes', async () => {
  const { world, reload } = await harbour();
  await world.ready('bo');
  const first = await world.comes('ana');
  await reload({ queue: ', onReject: refused' });
  await world.answer('reject', 'bo', first);
  expect((await world.agent('bo')).channels.chat.status).toBe('refused');
});
