import { expect, test } from 'vitest';
import { type Door, event } from './door.ts';
import { harbour, setStatus } from './harbour.ts';

const file = (settings = '') => `
name: Harbour
agents:
  - { id: ada, name: Ada, email: ada@harbour.example }
  - { id: bea, name: Bea, email: bea@harbour.example }
queues:
  - { id: mild, name: Mild }
  - id: strict
    name: Strict
    onReject: refused
    transfer: immediate
    dispositions: [{ id: sent, label: Sent }]
    dispositionRequired: true
sites:
  - { id: shop, name: Shop, origins: [self] }
${settings}`;

const slow = { timeout: 120_000 };
type Event = Record<string, unknown>;
type Part = { readonly events: readonly { readonly seq: number; readonly event: Event }[] };

type Heard = Parameters<Parameters<Door['hears']>[0]>[0];

const eventsIn = (frame: Heard): Event[] =>
  frame.type === 'batch'
    ? (frame.parts as readonly Part[]).flatMap(({ events }) => events.map((one) => one.event))
    : [];

/** The n-th offer that an agent has heard of. */
function nthOffer(n: number) {
  const heard: Event[] = [];
  const frames = new Set<Heard>();
  return (frame: Heard): Event | undefined => {
    if (!frames.has(frame))
      heard.push(...eventsIn(frame).filter(({ type }) => type === 'offer-made'));
    frames.add(frame);
    return heard[n - 1];
  };
}

const changedFrom = (from: string) => (frame: Heard) =>
  eventsIn(frame).find((one) => one.type === 'status-changed' && one.from === from);

const interactionOf = ({ stream }: Event) => String(stream).slice('interaction:'.length);
const start = (queue: string) => ({ type: 'start', queue, language: 'en' });
const markDone = (interaction: string, dispositions: readonly string[] = []) => ({
  ...{ type: 'mark-done', interaction, dispositions, note: '' },
});

/** A customer comes, and the agent, the only one who is ready, accepts; says the interaction. */
async function talk(customer: Door, agent: Door, queue: string, offers: number): Promise<string> {
  const interaction = interactionOf(await customer.command(start(queue)));
  const { offer } = await agent.hears(nthOffer(offers));
  await agent.command({ type: 'offer-shown', interaction, offer });
  expect((await agent.command({ type: 'accept', interaction, offer })).type).toBe('ack');
  return interaction;
}

test(
  'OFFER-6: over real sockets a reject is nothing in one queue, and is punished in the other',
  slow,
  async () => {
    const { agent, customer } = await harbour(file());
    const ada = await agent('ada');
    await ada.command(setStatus('ready'));
    const ana = await customer('ana');
    const mild = interactionOf(await ana.command(start('mild')));
    const first = await ada.hears(nthOffer(1));
    await ada.command({ type: 'reject', interaction: mild, offer: first.offer });
    // Nobody else is there, so it rings again: Ada is still ready.
    const second = await ada.hears(nthOffer(2));
    await ada.command({ type: 'accept', interaction: mild, offer: second.offer });

    const eve = await customer('eve');
    const strict = interactionOf(await eve.command(start('strict')));
    const third = await ada.hears(nthOffer(3));
    await ada.command({ type: 'reject', interaction: strict, offer: third.offer });
    expect(await ada.hears(changedFrom('ready'))).toMatchObject({ channel: 'chat', to: 'refused' });
  },
);

test(
  'END-2, HAND-2: a disposition is asked for in one queue alone; a transfer waits for its answer in one, and is at once in the other',
  slow,
  async () => {
    const { agent, customer } = await harbour(file());
    const [ada, bea] = [await agent('ada'), await agent('bea')];
    await ada.command(setStatus('ready'));
    const mild = await talk(await customer('ana'), ada, 'mild', 1);
    const strict = await talk(await customer('eve'), ada, 'strict', 2);
    const to = { kind: 'agent', agent: 'bea' };
    const over = { note: '', draft: '', dispositions: [] };

    await ada.command({ type: 'transfer', interaction: mild, to, ...over });
    await ada.command({ type: 'transfer', interaction: strict, to, ...over });
    expect(await bea.hears(event('request-made'))).toMatchObject({ interaction: mild });
    expect(await bea.hears(event('granted'))).toMatchObject({ interaction: strict });

    await ada.command({ type: 'end', interaction: mild });
    expect((await ada.command(markDone(mild))).type).toBe('ack');
    await bea.command({ type: 'end', interaction: strict });
    expect(await bea.command(markDone(strict))).toMatchObject({ refusal: 'disposition-missing' });
    expect((await bea.command(markDone(strict, ['sent']))).type).toBe('ack');
  },
);

test(
  'STATE-4: not ready waits for the work in hand, or not, as the file says when it is chosen; a bad file changes nothing and names its place in the log',
  slow,
  async () => {
    const { path, agent, customer, change, server } = await harbour(file());
    const ada = await agent('ada');
    await ada.command(setStatus('ready'));
    const first = await talk(await customer('ana'), ada, 'mild', 1);
    await ada.command(setStatus('not-ready'));
    await ada.hears(event('pending-set'));

    change(file('settings: { pendingNotReady: perhaps }'));
    server().signal('SIGHUP');
    const [line] = await server().says(/[^\n]*was not taken[^\n]*/);
    expect(line).toContain(
      `${path}:16:30: settings.pendingNotReady must be true or false, not \\"perhaps\\".`,
    );
    await ada.command(setStatus('ready'));
    change(file('settings: { pendingNotReady: false }'));
    server().signal('SIGHUP');
    await server().says(/read anew/);
    await ada.command(setStatus('not-ready'));
    expect(await ada.hears(changedFrom('ready'))).toMatchObject({ to: 'not-ready' });
    expect((await ada.command({ type: 'end', interaction: first })).type).toBe('ack');
  },
);
