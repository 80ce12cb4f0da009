import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import type { Upload } from 'tus-js-client';
import { expect, test } from 'vitest';
import { runServer } from '../main/server-process.ts';
import { customer, get, idOf, post, send, server, temporaryFolder, waits } from './world.ts';

const slow = { timeout: 60_000 };
const mebibyte = 1024 * 1024;
/** Three parts and a little of a text without a digit, so that it is taken. */
const text = Buffer.from(
  randomBytes(1.7 * mebibyte)
    .toString('hex')
    .replaceAll(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit))),
);

/** Sends until so many bytes have been acknowledged, then stops as a line that is cut; says where. */
function cutAfter(
  url: string,
  who: Parameters<typeof send>[1],
  interaction: string,
  bytes: number,
) {
  return new Promise<{ uploadUrl: string; accepted: number }>((resolve, reject) => {
    let upload: Upload | null = null;
    send(url, who, text, {
      interaction,
      hear: (made) => {
        upload = made;
      },
      onChunkComplete: (_, accepted) => {
        if (accepted < bytes) return;
        void upload?.abort();
        resolve({ uploadUrl: upload?.url ?? '', accepted });
      },
    }).catch(reject);
  });
}

test('CHAT-6: an upload that was cut goes on where it was, and its message waits for it', async () => {
  const { url } = await server();
  const ana = await customer(url);
  const interaction = await waits(ana);
  const { uploadUrl, accepted } = await cutAfter(url, ana, interaction, mebibyte);
  const id = idOf(uploadUrl);
  const early = await ana.door.command(post(interaction, [id], 'Here'));
  expect(early).toMatchObject({ type: 'refused', refusal: 'file-not-ready' });
  expect(early.retryMs).toBeGreaterThan(0);

  const steps: number[] = [];
  const onChunkComplete = (_: number, bytes: number) => void steps.push(bytes);
  expect(await send(url, ana, text, { interaction, uploadUrl, onChunkComplete })).toBe(id);
  expect(Math.min(...steps)).toBeGreaterThan(accepted);
  expect((await ana.door.command(post(interaction, [id], 'Here'))).type).toBe('ack');
  expect(Buffer.from(await (await get(url, ana, id)).arrayBuffer()).equals(text)).toBe(true);
});

test('CHAT-6: after a part that was cut in its middle it goes on with the byte that is missing', async () => {
  const { url, dataDir } = await server();
  const ana = await customer(url);
  const interaction = await waits(ana);
  const { uploadUrl, accepted } = await cutAfter(url, ana, interaction, mebibyte);
  const file = join(dataDir, 'files', 'unfinished', idOf(uploadUrl));
  const part = request(uploadUrl, {
    method: 'PATCH',
    headers: {
      ...ana.headers,
      'Tus-Resumable': '1.0.0',
      'Upload-Offset': String(accepted),
      'Content-Length': String(mebibyte),
      'Content-Type': 'application/offset+octet-stream',
    },
  });
  part.on('error', () => {});
  part.write(text.subarray(accepted, accepted + mebibyte / 2));
  await expect.poll(() => statSync(file).size, { timeout: 10_000 }).toBeGreaterThan(accepted);
  part.destroy();

  const steps: number[] = [];
  const onProgress = (sent: number) => void steps.push(sent);
  const id = await send(url, ana, text, { interaction, uploadUrl, onProgress });
  expect(Math.min(...steps)).toBeGreaterThan(accepted);
  await ana.door.command(post(interaction, [id]));
  expect(Buffer.from(await (await get(url, ana, id)).arrayBuffer()).equals(text)).toBe(true);
});

test(
  'CHAT-6: killed in the middle of an upload, the server goes on with what it had acknowledged',
  slow,
  async () => {
    const env = { DATA_DIR: temporaryFolder() };
    const first = await runServer(env);
    const secret = 'resuming'.padEnd(43, '-');
    const ana = await customer(first.url, secret);
    const interaction = await waits(ana);
    const { uploadUrl, accepted } = await cutAfter(first.url, ana, interaction, 2 * mebibyte);
    first.signal('SIGKILL');
    await first.ended;

    const second = await runServer(env);
    const back = await customer(second.url, secret);
    const there = uploadUrl.replace(first.url, second.url);
    const head = await fetch(there, {
      method: 'HEAD',
      headers: { ...back.headers, 'Tus-Resumable': '1.0.0' },
    });
    expect(Number(head.headers.get('Upload-Offset'))).toBeGreaterThanOrEqual(accepted);
    const id = await send(second.url, back, text, { interaction, uploadUrl: there });
    expect((await back.door.command(post(interaction, [id]))).type).toBe('ack');
    const whole = Buffer.from(await (await get(second.url, back, id)).arrayBuffer());
    expect(whole.equals(text)).toBe(true);

    second.signal('SIGKILL');
    await second.ended;
    const third = await runServer(env);
    const again = await get(third.url, back, id);
    expect(Buffer.from(await again.arrayBuffer()).equals(text)).toBe(true);
  },
);
