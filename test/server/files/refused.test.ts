import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { limits } from '../../../protocol/limits.ts';
import {
  customer,
  get,
  idOf,
  type Person,
  png,
  post,
  refusedBy,
  send,
  server,
  temporaryFolder,
  waits,
} from './world.ts';

const tus = { 'Tus-Resumable': '1.0.0' };
const encoded = (text: string) => Buffer.from(text).toString('base64');

/** Begins an upload without sending any of it. */
function begin(url: string, who: Person, interaction: string, bytes: number, more = {}) {
  const metadata = `interaction ${encoded(interaction)},name ${encoded('a.txt')}`;
  const length = { 'Upload-Length': String(bytes), 'Upload-Metadata': metadata };
  return fetch(`${url}/files`, {
    method: 'POST',
    headers: { ...who.headers, ...tus, ...length, ...more },
  });
}

const patch = (url: string, who: Person, id: string, offset: number, body: Buffer) =>
  fetch(`${url}/files/${id}`, {
    method: 'PATCH',
    headers: {
      ...who.headers,
      ...tus,
      'Upload-Offset': String(offset),
      'Content-Type': 'application/offset+octet-stream',
    },
    body: new Uint8Array(body),
  });

test('CHAT-6: a wrong type behind a right ending is refused with its last byte, its bytes are gone, and so is its message', async () => {
  const { url, dataDir } = await server();
  const ana = await customer(url);
  const interaction = await waits(ana);
  const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(4_096)]);
  const begun: string[] = [];
  const refusal = await send(url, ana, program, {
    ...{ interaction, name: 'photo.png' },
    hear: (upload) => {
      upload.options.onUploadUrlAvailable = () => void begun.push(idOf(upload.url));
    },
  });
  expect(refusal).toBe('file-type-not-allowed');
  const [id = ''] = begun;
  expect(await ana.door.command(post(interaction, [id], 'Look'))).toMatchObject({
    ...{ type: 'refused', refusal: 'file-type-not-allowed', retryMs: null },
  });
  expect(await refusedBy(await get(url, ana, id))).toEqual([404, 'unknown-file']);
  expect(filesIn(dataDir)).toEqual([]);
});

test('TRUST-5: more than 35 MB is refused before its first byte', async () => {
  const { url, dataDir } = await server();
  const ana = await customer(url);
  const interaction = await waits(ana);
  const answer = await begin(url, ana, interaction, limits.messageFilesBytes + 1);
  expect(await refusedBy(answer)).toEqual([413, 'file-too-large']);
  expect(answer.headers.get('Content-Type')).toMatch(/^application\/json/);
  expect(filesIn(dataDir)).toEqual([]);
});

test('TRUST-5: a part has 1 MiB at most, and never more than is missing', async () => {
  const { url } = await server();
  const ana = await customer(url);
  const interaction = await waits(ana);
  const id = idOf((await begin(url, ana, interaction, 3 * 1024 * 1024)).headers.get('Location'));
  const long = Buffer.alloc(limits.filePartBytes + 1, 'x');
  expect(await refusedBy(await patch(url, ana, id, 0, long))).toEqual([413, 'frame-too-large']);
  const small = idOf((await begin(url, ana, interaction, 3)).headers.get('Location'));
  const four = await patch(url, ana, small, 0, Buffer.from('0123'));
  expect(await refusedBy(four)).toEqual([413, 'file-too-large']);
  expect((await patch(url, ana, small, 0, Buffer.from('012'))).status).toBe(204);
});

test('TRUST-5: so many files of one sender wait for their message; one that is posted or given up makes room', async () => {
  const { url } = await server();
  const [ana, ben] = [await customer(url), await customer(url)];
  const [interaction, other] = [await waits(ana), await waits(ben)];
  const begun = await Promise.all(
    Array.from({ length: 19 }, () => begin(url, ana, interaction, 5)),
  );
  expect(begun.map(({ status }) => status)).toEqual(Array(19).fill(201));
  const whole = await send(url, ana, png, { interaction });
  expect(await refusedBy(await begin(url, ana, interaction, 5))).toEqual([429, 'too-many-files']);
  expect((await begin(url, ben, other, 5)).status).toBe(201);

  expect((await ana.door.command(post(interaction, [whole]))).type).toBe('ack');
  expect((await begin(url, ana, interaction, 5)).status).toBe(201);
  expect(await refusedBy(await begin(url, ana, interaction, 5))).toEqual([429, 'too-many-files']);
  const given = idOf(begun[0]?.headers.get('Location') ?? '');
  const headers = { ...ana.headers, ...tus };
  const giveUp = () => fetch(`${url}/files/${given}`, { method: 'DELETE', headers });
  expect((await giveUp()).status).toBe(204);
  expect((await begin(url, ana, interaction, 5)).status).toBe(201);
  expect(await refusedBy(await giveUp())).toEqual([404, 'unknown-file']);
});

test('TRUST-5: what one sender has on its way is 70 MB at most', async () => {
  const { url } = await server();
  const ana = await customer(url);
  const interaction = await waits(ana);
  const full = limits.messageFilesBytes;
  for (const status of [201, 201, 429])
    expect((await begin(url, ana, interaction, full)).status).toBe(status);
});

test('CHAT-6: a file of a message is not given up any more', async () => {
  const { url } = await server();
  const ana = await customer(url);
  const interaction = await waits(ana);
  const id = await send(url, ana, png, { interaction });
  await ana.door.command(post(interaction, [id]));
  const headers = { ...ana.headers, ...tus };
  const answer = await fetch(`${url}/files/${id}`, { method: 'DELETE', headers });
  expect(await refusedBy(answer)).toEqual([400, 'bad-frame']);
  expect((await get(url, ana, id)).status).toBe(200);
});

test('TRUST-5: what is no upload is refused by name, as JSON', async () => {
  const { url } = await server();
  const ana = await customer(url);
  const interaction = await waits(ana);
  const bad = [400, 'bad-frame'];
  for (const more of [
    { 'Upload-Length': '0' },
    { 'Upload-Length': 'many' },
    { 'Upload-Metadata': '' },
    { 'Upload-Metadata': `interaction ${encoded('../..')},name ${encoded('a')}` },
    { 'Upload-Metadata': `interaction ${encoded(interaction)}` },
    { 'Tus-Resumable': '0.1.0' },
    { 'Upload-Defer-Length': '1' },
    { 'Upload-Concat': 'partial' },
  ])
    expect([more, ...(await refusedBy(await begin(url, ana, interaction, 5, more)))]).toEqual([
      more,
      ...bad,
    ]);
  const id = idOf((await begin(url, ana, interaction, 5)).headers.get('Location'));
  expect(await refusedBy(await patch(url, ana, id, 3, Buffer.from('12')))).toEqual([
    409,
    'out-of-date',
  ]);
  expect(await refusedBy(await patch(url, ana, 'x'.repeat(32), 0, png))).toEqual([
    404,
    'unknown-file',
  ]);
});

test('CHAT-6: a message has ten files at most, each once', async () => {
  const { url } = await server();
  const ana = await customer(url);
  const interaction = await waits(ana);
  const eleven = Array.from({ length: 11 }, (_, n) => `file-${n}`);
  for (const files of [eleven, ['same', 'same'], []])
    expect(await ana.door.command(post(interaction, files, 'x'))).toMatchObject({
      refusal: 'bad-frame',
    });
  expect(await ana.door.command(post(interaction, eleven.slice(1), 'x'))).toMatchObject({
    refusal: 'unknown-file',
  });
});

/** The names of all bytes that lie there. */
const filesIn = (dataDir: string): string[] =>
  readdirSync(join(dataDir, 'files'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

test('GUARD-1: what may be in a file is said by the policy of its interaction’s queue', async () => {
  const centre = join(temporaryFolder(), 'centre.yaml');
  writeFileSync(
    centre,
    `
name: House
agents: [{ id: bo, name: Bo, email: bo@house.example }]
queues: [{ id: delivery, name: Delivery }]
sensitiveData: { email: drop }
sites:
  - { id: demo, name: Demo, origins: [self], queues: [delivery], sensitiveData: { payment-card: allow } }
`,
  );
  const { url } = await server({ CENTRE: centre });
  const ana = await customer(url);
  const interaction = await waits(ana);
  const sent = (text: string) => send(url, ana, Buffer.from(text), { interaction });
  expect(await sent('ana@shop.example')).toBe('file-sensitive');
  expect(await sent('4111 1111 1111 1111')).toMatch(/^[\w-]{32}$/);
});
