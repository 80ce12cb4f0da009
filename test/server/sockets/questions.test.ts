import { expect, test } from 'vitest';
import type { AgentId, CommandId, RequestId } from '../../../protocol/ids.ts';
import { limits } from '../../../protocol/limits.ts';
import type { Answer, Question } from '../../../protocol/questions.ts';
import { ana, ben, type Server, server } from './world.ts';

type Desk = Awaited<ReturnType<Server['desk']>>;
let ids = 0;

/** Asks and hears: the answer, or the name of a refusal. */
async function ask(world: Server, desk: Desk, question: Question): Promise<Answer | string> {
  const id = `a-question-${String(++ids).padStart(8, '0')}` as CommandId;
  desk.send({ type: 'ask', id, question });
  await world.clock.settle();
  const frame = desk.frames.find(
    (one) => (one.type === 'answer' || one.type === 'refused') && one.id === id,
  );
  if (frame?.type === 'answer') return frame.answer;
  return frame?.type === 'refused' ? frame.refusal : 'nothing';
}

/** Ana talks with Carla, Ben is signed in and was asked. */
async function asked(kind: 'join' | 'consult' | 'transfer') {
  const world = await server();
  const bens = await world.desk(ben);
  const { desk, tab, interaction } = await world.talking();
  await tab.command({ type: 'post', interaction, text: 'Where is my lamp?' });
  await desk.command({ type: 'add-note', interaction, text: 'Lost by the carrier' });
  await desk.command(
    kind === 'transfer'
      ? {
          type: 'transfer',
          interaction,
          to: { kind: 'agent', agent: ben },
          note: 'Please take it',
          draft: 'Let me ask',
          dispositions: [],
        }
      : { type: 'request', interaction, kind, to: ben, note: 'Which carrier?' },
  );
  const [open] = (await world.handle.interaction(interaction))?.requests ?? [];
  const request = open?.request as RequestId;
  const question: Question = { type: 'preview', interaction, request, after: 0 };
  return { world, bens, desk, tab, interaction, request, question };
}

const typesIn = (answer: Answer | string) =>
  typeof answer !== 'string' && answer.type === 'preview'
    ? answer.events.map(({ event, content }) => content?.text ?? event.type)
    : answer;

test.each([
  ['join', 'Which carrier?'],
  ['consult', 'Which carrier?'],
  ['transfer', 'Let me ask'],
] as const)(
  'HAND-6: who was asked to %s may look at it before they say yes, as they would see it then',
  async (kind, word) => {
    const { world, bens, question, interaction, request } = await asked(kind);
    const answer = await ask(world, bens, question);
    expect(typesIn(answer)).toEqual(
      expect.arrayContaining(['started', 'accepted', 'Where is my lamp?', 'Lost by the carrier']),
    );
    expect(JSON.stringify(answer)).toContain(word);
    expect(answer).toMatchObject({ after: 0, more: false });
    // The same as what comes with the yes, but for what the yes adds.
    await bens.command({ type: 'accept-request', interaction, request });
    const read = bens
      .of('batch')
      .flatMap(({ parts }) => parts)
      .flatMap((part) => (part.of === 'interaction' ? part.events : []));
    const shown = typeof answer !== 'string' && answer.type === 'preview' ? answer.events : [];
    expect(shown.length).toBeGreaterThan(5);
    expect(read.slice(0, shown.length)).toEqual(shown);
    // Nobody is told of a look: nothing is stored for it.
    expect(await world.store.read(`agent:${ben}`, 0, 100, 1_000_000)).not.toContainEqual(
      expect.objectContaining({ body: expect.objectContaining({ type: 'preview' }) }),
    );
  },
);

test('HAND-6: a look goes on from where it ended, and hears what is new', async () => {
  const { world, bens, tab, interaction, question } = await asked('join');
  const first = await ask(world, bens, question);
  const upTo = typeof first !== 'string' && first.type === 'preview' ? first.upTo : 0;
  expect(typesIn(await ask(world, bens, { ...question, after: upTo } as Question))).toEqual([]);
  await tab.command({ type: 'post', interaction, text: 'Hello?' });
  const next = await ask(world, bens, { ...question, after: upTo } as Question);
  expect(typesIn(next)).toEqual(['Hello?']);
});

test('HAND-6, TRUST-5: of a long talk one answer holds what fits a frame, and says that there is more', async () => {
  const { world, bens, tab, interaction, question } = await asked('join');
  for (let n = 0; n < 40; n++)
    await tab.command({ type: 'post', interaction, text: `${n} ${'\u0001'.repeat(16_000)}` });
  const texts: (string | undefined)[] = [];
  let frames = 0;
  for (let after = 0, more = true; more && frames < 100; frames++) {
    const answer = await ask(world, bens, { ...question, after } as Question);
    if (typeof answer === 'string' || answer.type !== 'preview') throw new Error(String(answer));
    expect(Buffer.byteLength(JSON.stringify(bens.last('answer')))).toBeLessThanOrEqual(
      limits.frameDownBytes,
    );
    texts.push(...answer.events.map(({ content }) => content?.text?.split(' ')[0]));
    ({ upTo: after, more } = answer);
    await world.clock.advance(1_000);
  }
  expect(texts.slice(-40)).toEqual(Array.from({ length: 40 }, (_, n) => String(n)));
  expect(frames).toBeGreaterThan(2);
});

test('TRUST-4, HAND-6: nobody else looks, nor anybody once the request is over', async () => {
  const { world, bens, desk, interaction, request, question } = await asked('join');
  // Its owner has it anyway, and is not the one who was asked.
  expect(await ask(world, desk, question)).toBe('request-over');
  expect(await ask(world, bens, { ...question, request: 'another' } as Question)).toBe(
    'request-over',
  );
  expect(await ask(world, bens, { ...question, interaction: 'unknown' } as Question)).toBe(
    'request-over',
  );
  await desk.command({ type: 'cancel-request', interaction, request });
  expect(await ask(world, bens, question)).toBe('request-over');
});

test('TRUST-4, HAND-6: a request that is over while its preview is read shows nothing', async () => {
  const { world, bens, desk, interaction, request, question } = await asked('join');
  const { read } = world.store;
  let released = () => {};
  world.store.read = async (...args) => {
    const page = await read(...args);
    await new Promise<void>((release) => {
      released = release;
    });
    return page;
  };
  const answer = ask(world, bens, question);
  await world.clock.settle();
  world.store.read = read;
  await desk.command({ type: 'cancel-request', interaction, request });
  released();
  await answer;
  await world.clock.settle();
  expect(bens.frames.at(-1)).toMatchObject({ type: 'refused', refusal: 'request-over' });
  expect(bens.of('answer')).toEqual([]);
});

test('a preview is asked again when the store comes back', async () => {
  const { world, bens, question } = await asked('join');
  world.weather.away = true;
  expect(await ask(world, bens, question)).toBe('try-later');
  world.weather.away = false;
  expect(await ask(world, bens, question)).toMatchObject({ type: 'preview' });
});

test('TRUST-5: the whole of words that a snapshot cut is asked for, out of the own stream', async () => {
  const world = await server();
  const desk = await world.desk();
  const note = 'Call back. '.repeat(1_000);
  const { seq } = await desk.command({
    type: 'make-commitment',
    commitment: 'promise-1' as never,
    about: null,
    due: world.clock.now() + 60_000,
    channel: 'voice',
    note,
    contact: '',
  });
  expect(await ask(world, desk, { type: 'words', seq })).toEqual({
    type: 'words',
    seq,
    content: { note },
  });
  expect(await ask(world, desk, { type: 'words', seq: seq + 1 })).toBe('out-of-date');
  await desk.command({
    type: 'end-commitment',
    commitment: 'promise-1' as never,
    outcome: 'kept',
  });
  expect(await ask(world, desk, { type: 'words', seq })).toMatchObject({ content: null });
});

test('HAND-7: a supervisor asks what an agent holds; nobody else hears, and nobody of nobody', async () => {
  const world = await server();
  const own = world.setUp.people.get(ben)!;
  const holding: Question = { type: 'holding', agent: ana, from: 0 };
  expect(await ask(world, await world.desk(ben), holding)).toBe('not-allowed');
  for (const role of ['supervisor', 'admin'] as const) {
    world.setUp.people.set(ben, { ...own, role });
    const desk = await world.desk(ben);
    expect(await ask(world, desk, holding)).toMatchObject({ type: 'holding', agent: ana });
    expect(await ask(world, desk, { ...holding, agent: 'nobody' as AgentId })).toBe(
      'unknown-agent',
    );
  }
});
