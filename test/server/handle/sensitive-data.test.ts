import { describe, expect, test } from 'vitest';
import { type Action, type Policy, strictPolicy } from '../../../guard/policy.ts';
import type { InteractionId, QueueId } from '../../../protocol/ids.ts';
import { by, byCustomer } from '../given.ts';
import type { Spine } from '../spine.ts';
import { on, post } from '../stories.ts';
import { command, messages, waiting } from './waiting.ts';

const visa = '4111 1111 1111 1111';
const cards = (action: Action): Policy => ({
  ...strictPolicy,
  entities: { ...strictPolicy.entities, CREDIT_CARD: action, CVV: action },
});

/** All that a store holds, and all that readers were told. */
const everything = async (world: Spine): Promise<string> =>
  JSON.stringify([
    await world.store.readAll(0, 1_000),
    world.committed,
    [...world.disk.commands.values()].map(({ answer }) => answer),
  ]);

describe('redacted', () => {
  test('GUARD-2: nothing that is stored or told holds the number, and a mark says what went', async () => {
    const { world, id, stream } = await waiting();
    const answer = await world.ask(byCustomer(), post(id, `Take ${visa} 12/27 123`));
    expect(answer).toEqual({ type: 'ack', stream, seq: 3 });
    const [posted] = await world.store.read(stream, 2, 1, 1_000);
    expect(posted?.content).toEqual({
      text: 'Take **** **** **** 1111 12/27 ***',
      masked: 'CREDIT_CARD CVV',
    });
    expect(await everything(world)).not.toContain('4111');
  });

  test('GUARD-2: the same command again hears the same answer, another body is refused', async () => {
    const { world, id, stream } = await waiting();
    const first = await world.ask(byCustomer(), post(id, visa), command('one'));
    expect(await world.ask(byCustomer(), post(id, visa), command('one'))).toEqual(first);
    const other = await world.ask(byCustomer(), post(id, '4242 4242 4242 1111'), command('one'));
    expect(other).toMatchObject({ refusal: 'id-reused' });
    expect(await messages(world, stream)).toHaveLength(1);
  });

  test('GUARD-1: attached data is masked under the names that it has, and gets none beside them', async () => {
    const { world, id, stream } = await waiting();
    await world.ready('bo');
    await world.ask(by('bo'), { type: 'pick', interaction: id as InteractionId });
    await world.ask(by('bo'), {
      ...({ type: 'set-data', interaction: id as InteractionId, data: { text: visa } } as const),
    });
    const events = await world.store.read(stream, 2, 100, 100_000);
    const [set] = events.filter(({ body }) => body.type === 'data-set');
    expect(set?.content).toEqual({ text: '**** **** **** 1111' });
  });

  test('GUARD-1: what nobody need hide has no mark', async () => {
    const { world, id, stream } = await waiting();
    await world.ask(byCustomer(), post(id, 'My order is 1234567890'));
    const [posted] = await world.store.read(stream, 2, 1, 1_000);
    expect(posted?.content).toEqual({ text: 'My order is 1234567890' });
  });
});

describe('dropped', () => {
  const settings = { sensitiveData: () => cards('drop') };

  test('GUARD-1: the whole message is refused by name, and nothing of it is kept', async () => {
    const { world, id, stream } = await waiting(settings);
    const answer = await world.ask(byCustomer(), post(id, `Take ${visa}`), command('one'));
    expect(answer).toEqual({ type: 'refused', refusal: 'sensitive-data', retryMs: null });
    expect(await messages(world, stream)).toEqual([]);
    expect(await everything(world)).not.toContain('1111');
    world.restart();
    expect(await world.ask(byCustomer(), post(id, `Take ${visa}`), command('one'))).toEqual(answer);
  });

  test('TRUST-4: who may not write there hears that, and nothing of what they wrote', async () => {
    const { world, id } = await waiting(settings);
    const answer = await world.ask(byCustomer('bob'), post(id, visa));
    expect(answer).toMatchObject({ refusal: 'unknown-interaction' });
  });
});

describe('a number in pieces', () => {
  const contents = async (world: Spine, stream: Parameters<Spine['store']['read']>[0]) =>
    (await world.store.read(stream, 2, 100, 100_000)).map(({ body, content }) =>
      body.type === 'message-posted' ? (content?.text ?? content) : body,
    );

  test('GUARD-2: its last piece blanks the earlier ones, in the store and for every reader', async () => {
    const { world, id, stream } = await waiting();
    for (const text of ['it is 4111 1111', 'wait', '1111', '1111 done'])
      await world.ask(byCustomer(), post(id, text));
    expect(await contents(world, stream)).toEqual([
      null,
      'wait',
      null,
      { type: 'content-removed', seqs: [3, 5] },
      '**** done',
    ]);
  });

  test('GUARD-2: also when the server was restarted between the pieces', async () => {
    const { world, id, stream } = await waiting();
    await world.ask(byCustomer(), post(id, '4111 1111'));
    world.restart();
    await world.ask(byCustomer(), post(id, '1111 1111'));
    expect(await contents(world, stream)).toEqual([
      null,
      { type: 'content-removed', seqs: [3] },
      '**** ****',
    ]);
  });

  test('GUARD-2: where cards are dropped the last piece is refused, and the others go all the same', async () => {
    const { world, id, stream } = await waiting({ sensitiveData: () => cards('drop') });
    await world.ask(byCustomer(), post(id, '4111 1111'));
    const answer = await world.ask(byCustomer(), post(id, '1111 1111'));
    expect(answer).toMatchObject({ refusal: 'sensitive-data' });
    expect(await contents(world, stream)).toEqual([null, { type: 'content-removed', seqs: [3] }]);
  });

  const leaves = (id: string, text: string, to = 'orders') => ({
    ...({ type: 'leave-message', interaction: id as InteractionId, queue: to as QueueId } as const),
    ...{ language: 'en', email: 'ana@shop.example', text },
  });

  test('GUARD-2: a message that is left may be the last piece; nobody completes another’s', async () => {
    const { world, id, stream } = await waiting({ sensitiveData: () => cards('drop') });
    await world.ask(byCustomer(), post(id, '4111 1111'));
    const stranger = await world.ask(byCustomer('bob'), leaves(id, '1111 1111'));
    expect(stranger).toMatchObject({ refusal: 'unknown-interaction' });
    expect(await contents(world, stream)).toEqual(['4111 1111']);
    const answer = await world.ask(byCustomer(), leaves(id, '1111 1111'));
    expect(answer).toMatchObject({ refusal: 'sensitive-data' });
    expect(await contents(world, stream)).toEqual([null, { type: 'content-removed', seqs: [3] }]);
  });

  test('GUARD-1: a message that is left in an interaction follows the policy of where that is, whatever queue it names', async () => {
    const sensitiveData = (to: QueueId | null) => cards(to === 'orders' ? 'drop' : 'allow');
    const { world, id, stream } = await waiting({ sensitiveData });
    const answer = await world.ask(byCustomer(), leaves(id, visa, 'another'));
    expect(answer).toMatchObject({ refusal: 'sensitive-data' });
    expect(await messages(world, stream)).toEqual([]);
  });

  test('GUARD-2: where cards are allowed nothing is blanked', async () => {
    const { world, id, stream } = await waiting({ sensitiveData: () => cards('allow') });
    for (const text of ['4111 1111', '1111 1111']) await world.ask(byCustomer(), post(id, text));
    expect(await contents(world, stream)).toEqual(['4111 1111', '1111 1111']);
  });

  test('GUARD-2: what is refused for another reason blanks nothing', async () => {
    const { world, id, stream } = await waiting();
    await world.ask(byCustomer(), post(id, '4111 1111'));
    await world.ask(byCustomer(), on('leave', id));
    expect(await world.ask(byCustomer(), post(id, '1111 1111'))).toMatchObject({
      refusal: 'not-active',
    });
    expect((await contents(world, stream))[0]).toBe('4111 1111');
  });
});
