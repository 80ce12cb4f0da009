import { expect, test } from 'vitest';
import { event } from '../main/door.ts';
import { agent, customer, get, png, post, refusedBy, send, server, talk, waits } from './world.ts';

test('CHAT-6: files go both ways with a message, and each side gets what the other sent', async () => {
  const { url } = await server();
  const [ana, maya] = [await customer(url), await agent(url, 'maya')];
  const interaction = await talk(ana, maya);

  const photo = await send(url, ana, png, { interaction, name: 'Küche.png' });
  const text = await send(url, ana, Buffer.from('12 cm × 40 cm'), {
    interaction,
    name: 'sizes.txt',
  });
  const sent = await ana.door.command(post(interaction, [photo, text], 'Here it is'));
  expect(sent.type).toBe('ack');
  const posted = await maya.door.hears(event('message-posted', 'Here it is'));
  expect(posted.files).toEqual([
    { id: photo, type: 'image/png', bytes: png.length },
    { id: text, type: 'text/plain', bytes: 14 },
  ]);
  const seen = await get(url, maya, photo);
  expect(Buffer.from(await seen.arrayBuffer())).toEqual(png);
  expect(await (await get(url, ana, text)).text()).toBe('12 cm × 40 cm');

  const plan = await send(url, maya, Buffer.from('a,b\n1,2\n'), { interaction, name: 'plan.csv' });
  expect((await maya.door.command(post(interaction, [plan], 'The plan'))).type).toBe('ack');
  const answer = await ana.door.hears(event('message-posted', 'The plan'));
  expect(answer.files).toEqual([{ id: plan, type: 'text/csv', bytes: 8 }]);
  expect(await (await get(url, ana, plan)).text()).toBe('a,b\n1,2\n');
});

test('CHAT-6: a message with files alone has its words in their names', async () => {
  const { url } = await server();
  const ana = await customer(url);
  const interaction = await waits(ana);
  const id = await send(url, ana, png, { interaction, name: 'a.png' });
  expect((await ana.door.command(post(interaction, [id]))).type).toBe('ack');
  const part = await ana.door.hears((frame) =>
    JSON.stringify(frame).includes(`"file:${id}":"a.png"`) ? frame : undefined,
  );
  expect(part.type).toBe('batch');
});

test('CHAT-6: what is given is saved, not shown: its type as found, nothing runs, nobody keeps it', async () => {
  const { url } = await server();
  const ana = await customer(url);
  const interaction = await waits(ana);
  const html = '<script>alert(1)</script>';
  const id = await send(url, ana, Buffer.from(html), { interaction, name: 'pagé.html' });
  await ana.door.command(post(interaction, [id]));
  const { status, headers } = await get(url, ana, id);
  expect(status).toBe(200);
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'text/plain',
    'content-disposition': `attachment; filename="pag?_html.txt"; filename*=UTF-8''pag%C3%A9_html.txt`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'no-store',
    'accept-ranges': 'bytes',
  });
});

test('CHAT-6: a part of a file is given by its range', async () => {
  const { url } = await server();
  const ana = await customer(url);
  const interaction = await waits(ana);
  const id = await send(url, ana, Buffer.from('0123456789'), { interaction });
  await ana.door.command(post(interaction, [id]));
  const part = await get(url, ana, id, { Range: 'bytes=2-4' });
  expect([part.status, await part.text()]).toEqual([206, '234']);
  expect(part.headers.get('Content-Range')).toBe('bytes 2-4/10');
  expect((await get(url, ana, id, { Range: 'bytes=10-' })).status).toBe(416);
  expect(await (await get(url, ana, id, { Range: 'bytes=0-1,4-5' })).text()).toBe('0123456789');
  const head = await fetch(`${url}/files/${id}`, { method: 'HEAD', headers: ana.headers });
  expect([head.status, head.headers.get('Content-Length')]).toEqual([200, '10']);
});

test('TRUST-4: a file is for who may see its message: not before it is posted, not for strangers, colleagues or a guessed id', async () => {
  const { url } = await server();
  const [ana, eve, maya, jonas] = [
    await customer(url),
    await customer(url),
    await agent(url, 'maya'),
    await agent(url, 'jonas'),
  ];
  const interaction = await talk(ana, maya);
  const id = await send(url, ana, png, { interaction });
  const unknown = [404, 'unknown-file'];
  for (const one of [ana, maya]) expect(await refusedBy(await get(url, one, id))).toEqual(unknown);
  await ana.door.command(post(interaction, [id]));
  for (const one of [ana, maya]) expect((await get(url, one, id)).status).toBe(200);
  for (const one of [eve, jonas]) expect(await refusedBy(await get(url, one, id))).toEqual(unknown);
  expect(await refusedBy(await get(url, ana, 'x'.repeat(32)))).toEqual(unknown);
  expect(await refusedBy(await get(url, ana, '..%2fdeskside.db'))).toEqual(unknown);
  for (const Authorization of ['', 'Bearer none', 'Secret short', 'Basic YTpi'])
    expect(await refusedBy(await get(url, { headers: { Authorization } }, id))).toEqual([
      401,
      'not-signed-in',
    ]);
});

test('TRUST-4: who has handed the talk over sees its files no more; who has come sees them all', async () => {
  const { url } = await server();
  const [ana, maya, jonas] = [
    await customer(url),
    await agent(url, 'maya'),
    await agent(url, 'jonas'),
  ];
  const interaction = await talk(ana, maya);
  const id = await send(url, ana, png, { interaction });
  await ana.door.command(post(interaction, [id]));
  const to = { kind: 'agent', agent: 'jonas' };
  const over = { note: '', draft: '', dispositions: [] };
  await maya.door.command({ type: 'transfer', interaction, to, ...over });
  const { request } = await jonas.door.hears(event('request-made'));
  expect((await jonas.door.command({ type: 'accept-request', interaction, request })).type).toBe(
    'ack',
  );
  expect((await get(url, jonas, id)).status).toBe(200);
  expect(await refusedBy(await get(url, maya, id))).toEqual([404, 'unknown-file']);
});

test('TRUST-4: another’s upload can’t be gone on with, given up, looked at or posted', async () => {
  const { url } = await server();
  const [ana, maya] = [await customer(url), await agent(url, 'maya')];
  const interaction = await talk(ana, maya);
  const id = await send(url, ana, png, { interaction });
  const tus = { 'Tus-Resumable': '1.0.0', 'Upload-Offset': '0' };
  for (const method of ['HEAD', 'PATCH', 'DELETE']) {
    const headers = { ...maya.headers, ...tus, 'Content-Type': 'application/offset+octet-stream' };
    const answer = await fetch(`${url}/files/${id}`, { method, headers });
    expect([method, answer.status]).toEqual([method, 404]);
  }
  expect(await maya.door.command(post(interaction, [id]))).toMatchObject({
    refusal: 'unknown-file',
  });
  expect((await ana.door.command(post(interaction, [id]))).type).toBe('ack');
});

test('TRUST-4: nobody sends a file to an interaction that they are not in', async () => {
  const { url } = await server();
  const [ana, eve] = [await customer(url), await customer(url)];
  const interaction = await waits(ana);
  expect(await send(url, eve, png, { interaction })).toBe('unknown-interaction');
  expect(await send(url, eve, png, { interaction: 'none' })).toBe('unknown-interaction');
  const nobody = { headers: { Authorization: 'Secret x' } };
  expect(await send(url, nobody, png, { interaction })).toBe('not-signed-in');
});

test('a page from elsewhere may not use the files; the extension may read what it is told', async () => {
  const { url } = await server();
  const { extension } = await import('../routes/app-world.ts');
  const preflight = (Origin: string) =>
    fetch(`${url}/files/x`, {
      method: 'OPTIONS',
      headers: { Origin, 'Access-Control-Request-Method': 'PATCH' },
    });
  const ours = (await preflight(extension)).headers;
  expect(ours.get('Access-Control-Allow-Origin')).toBe(extension);
  expect(ours.get('Access-Control-Allow-Methods')).toContain('PATCH');
  expect(ours.get('Access-Control-Allow-Headers')).toContain('Upload-Offset');
  const evil = (await preflight('https://evil.example')).headers;
  expect(evil.get('Access-Control-Allow-Origin')).toBeNull();
  const answer = await fetch(`${url}/files`, {
    method: 'POST',
    headers: { Origin: 'https://evil.example', 'Tus-Resumable': '1.0.0' },
  });
  expect(await refusedBy(answer)).toEqual([403, 'wrong-origin']);
  expect(answer.headers.get('Access-Control-Allow-Origin')).toBeNull();
});
