import { expect, onTestFinished, test } from 'vitest';
import type { CustomerId, FileId } from '../../../protocol/ids.ts';
import { openDisk } from '../../../server/files/disk.ts';
import { underWay } from '../../../server/files/limits.ts';
import type { StoredFile } from '../../../server/interactions/attachments.ts';
import { parseProxies } from '../../../server/people/address.ts';
import { filesRoutes } from '../../../server/routes/files.ts';
import { temporaryFolder } from '../files/world.ts';

const id = 'file-1'.padEnd(32, '-') as FileId;
/** More than lies between a disk and a reader who doesn't read. */
const bytes = 1024 * 1024;

/** The door, with one file that everybody may see. */
async function door() {
  const depot = await openDisk({ folder: temporaryFolder(), keepFreeBytes: 0 });
  await depot.put(id, bytes);
  await depot.append(
    id,
    0,
    (async function* () {
      yield Buffer.alloc(bytes);
    })(),
  );
  await depot.finish(id);
  const file: StoredFile = {
    ...{ id, interaction: 'i1' as never, owner: '', bytes, name: '', state: 'ready' },
    ...{ refusal: null, type: 'image/png', at: 0, seq: 1 },
  };
  const app = filesRoutes({
    files: { find: async () => file, read: depot.read } as never,
    shown: async () => 'a.png',
    who: async (c) => ({ kind: 'customer', id: c.req.header('Who') as CustomerId }),
    interaction: async () => ({ customer: asking }) as never,
    web: { publicOrigin: null, proxies: parseProxies('')!, extensionIds: [] },
    bug: () => {},
  });
  let asking = '';
  const open: Response[] = [];
  onTestFinished(() => void open.map(({ body }) => body?.cancel()));
  return async (Who: string, remoteAddress: string) => {
    asking = Who;
    const env = { incoming: { socket: { remoteAddress } } };
    const answer = await app.request(`/files/${id}`, { headers: { Who } }, env);
    if (answer.status === 200) open.push(answer);
    return answer;
  };
}

test('TRUST-5: customers of one address who don’t read what they ask for keep no others out', async () => {
  const ask = await door();
  const first: Response[] = [];
  for (let n = 0; n < underWay.ofAddress; n++) first.push(await ask(`c${n}`, '10.0.0.1'));
  expect(first.map(({ status }) => status)).toEqual(Array(underWay.ofAddress).fill(200));
  const [more, elsewhere] = [await ask('c99', '10.0.0.1'), await ask('c99', '10.0.0.2')];
  expect([more.status, await more.json(), elsewhere.status]).toEqual([
    ...[429, { refusal: 'too-many', retryMs: 1_000 }, 200],
  ]);
  await first[0]?.body?.cancel();
  await expect.poll(async () => (await ask('c99', '10.0.0.1')).status).toBe(200);
});

test('TRUST-5: one customer has twelve at once, from wherever', async () => {
  const ask = await door();
  for (let n = 0; n < underWay.ofOne; n++)
    expect((await ask('c1', `10.0.0.${n}`)).status).toBe(200);
  expect((await ask('c1', '10.0.1.1')).status).toBe(429);
  expect((await ask('c2', '10.0.1.1')).status).toBe(200);
});
