import { expect, test } from 'vitest';
import type { FileId, InteractionId } from '../../../protocol/ids.ts';
import { limits } from '../../../protocol/limits.ts';
import type { Command } from '../../../server/interactions/command.ts';
import type { FileLimits, Store } from '../../../server/store/contract.ts';
import { by, byCustomer } from '../given.ts';
import { on } from '../stories.ts';
import { command, waiting } from './waiting.ts';

const wide: FileLimits = {
  ...{ openOfOwner: 100, openBytesOfOwner: 1e9, openInAll: 100 },
  ...{ ofInteraction: 100, bytesOfInteraction: 1e9 },
};
const owner = 'customer:ana';

async function coming(
  store: Store,
  interaction: string,
  id: string,
  fields: { readonly owner?: string; readonly bytes?: number } = {},
): Promise<FileId> {
  const file = id as FileId;
  await store.files.create(
    {
      ...{ id: file, interaction: interaction as InteractionId, owner, bytes: 100 },
      ...{ name: `${id}.png`, at: 0 },
      ...fields,
    },
    wide,
  );
  return file;
}

async function arrived(...args: Parameters<typeof coming>): Promise<FileId> {
  const file = await coming(...args);
  await args[0].files.settle(file, { state: 'ready', type: 'image/png', name: `${file}.png` });
  return file;
}

const post = (interaction: string, files: readonly FileId[], text = '') =>
  ({
    type: 'post' as const,
    interaction: interaction as InteractionId,
    text,
    files: [...files],
  }) satisfies Command;
const refused = (refusal: string, retryMs: number | null = null) => ({
  ...{ type: 'refused', refusal, retryMs },
});

test('CHAT-6: a message carries its files: the event has ids, sizes and types, the names are written text', async () => {
  const { world, id, stream } = await waiting();
  const files = [await arrived(world.store, id, 'one'), await arrived(world.store, id, 'two')];
  expect(await world.ask(byCustomer(), post(id, files, 'Look'))).toMatchObject({ type: 'ack' });
  const [posted] = await world.store.read(stream, 2, 10, 10_000);
  expect(posted).toMatchObject({
    body: {
      type: 'message-posted',
      files: files.map((file) => ({ id: file, type: 'image/png', bytes: 100 })),
    },
    content: { text: 'Look', 'file:one': 'one.png', 'file:two': 'two.png' },
  });
  expect(JSON.stringify(posted?.body)).not.toContain('.png');
});

test('CHAT-6: a message waits for its file: the no isn’t final, and the same command is taken once it is there', async () => {
  const { world, id } = await waiting();
  const file = await coming(world.store, id, 'one');
  const early = await world.ask(byCustomer(), post(id, [file]), command('one'));
  expect(early).toEqual(refused('file-not-ready', 1_000));
  await world.store.files.settle(file, { state: 'ready', type: 'image/png', name: 'one.png' });
  const late = await world.ask(byCustomer(), post(id, [file]), command('one'));
  expect(late).toMatchObject({ type: 'ack', seq: 3 });
  expect(await world.ask(byCustomer(), post(id, [file]), command('one'))).toEqual(late);
});

test('CHAT-6: a file goes into one message only', async () => {
  const { world, id } = await waiting();
  const file = await arrived(world.store, id, 'one');
  const answers = await Promise.all([
    world.handle(byCustomer(), post(id, [file]), command('one')),
    world.handle(byCustomer(), post(id, [file]), command('two')),
  ]);
  expect(answers.map((one) => (one.type === 'refused' ? one.refusal : one.type))).toEqual([
    'ack',
    'unknown-file',
  ]);
});

test('TRUST-4: only its sender posts a file, and only where it was sent to', async () => {
  const { world, id } = await waiting();
  const agents = await arrived(world.store, id, 'one', { owner: 'agent:bo' });
  const elsewhere = await arrived(world.store, 'c99', 'two');
  for (const file of [agents, elsewhere, 'none' as FileId])
    expect(await world.ask(byCustomer(), post(id, [file]))).toEqual(refused('unknown-file'));
});

test('what was found in a file is why its message is refused', async () => {
  const { world, id } = await waiting();
  const file = await coming(world.store, id, 'one');
  await world.store.files.settle(file, { state: 'refused', refusal: 'file-sensitive' });
  expect(await world.ask(byCustomer(), post(id, [file]))).toEqual(refused('file-sensitive'));
});

test('CHAT-6: the files of one message have 35 MB together', async () => {
  const { world, id } = await waiting();
  const bytes = limits.messageFilesBytes / 2;
  const half = await arrived(world.store, id, 'one', { bytes });
  const rest = await arrived(world.store, id, 'two', { bytes });
  const more = await arrived(world.store, id, 'three', { bytes: 1 });
  expect(await world.ask(byCustomer(), post(id, [half, rest, more]))).toEqual(
    refused('file-too-large'),
  );
  expect(await world.ask(byCustomer(), post(id, [half, rest]))).toMatchObject({ type: 'ack' });
});

test('a message for a talk that has ended isn’t kept waiting for its file', async () => {
  const { world, id } = await waiting();
  const file = await coming(world.store, id, 'one');
  await world.ask(byCustomer(), on('leave', id));
  expect(await world.ask(byCustomer(), post(id, [file]))).toEqual(refused('not-active'));
});

test('a file that is cleared away just before its message is stored is unknown, and nothing is stored', async () => {
  const { world, id, stream } = await waiting({
    line: (store) => ({
      ...store,
      append: async (append) => {
        await store.files.forget('one' as FileId);
        return store.append(append);
      },
    }),
  });
  const file = await arrived(world.store, id, 'one');
  expect(await world.ask(byCustomer(), post(id, [file]))).toEqual(refused('unknown-file'));
  expect(await world.store.read(stream, 2, 10, 10_000)).toEqual([]);
});

test('who may not write here hears nothing about files', async () => {
  const { world, id } = await waiting();
  const file = await arrived(world.store, id, 'one', { owner: 'agent:bo' });
  expect(await world.ask(by('bo'), post(id, [file]))).toEqual(refused('unknown-interaction'));
});
