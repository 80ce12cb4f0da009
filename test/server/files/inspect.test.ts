import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createDeflate } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { strictPolicy } from '../../../guard/policy.ts';
import { type IsSensitive, inspect } from '../../../server/files/inspect.ts';
import { createInspector } from '../../../server/files/inspect-in-thread.ts';
import { fileTypeNames, usualFileTypes } from '../../../server/files/media-type.ts';
import { docx, odt, openText, pdf, pdfOf, pngOf, runs, word, workbook, xlsx } from './documents.ts';
import { png, temporaryFolder } from './world.ts';

const card = '4111 1111 1111 1111';
const hasCard: IsSensitive = (text) => text.replaceAll(/\s/g, '').includes('4111111111111111');

function fileOf(bytes: Uint8Array, name: string, types: readonly string[] = usualFileTypes) {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, bytes);
  return { path, name, types, guard: strictPolicy.entities };
}
const refused = (refusal: string) => ({ state: 'refused', refusal });

/** The last part says that it has so many bytes. */
function claiming(zip: Buffer, bytes: number): Buffer {
  zip.writeUInt32LE(bytes, zip.lastIndexOf('PK\u0001\u0002') + 24);
  return zip;
}

test.each([
  ['a PNG', png, 'a.png', 'image/png'],
  ['a PDF', pdf('Hello'), 'a.pdf', 'application/pdf'],
  ['a Word document', word(runs('Hello')), 'a.docx', docx],
  ['a workbook', workbook('1'), 'a.xlsx', xlsx],
  ['an OpenDocument text', openText('Hello'), 'a.odt', odt],
  ['a text', Buffer.from('Hallo Köln'), 'a.txt', 'text/plain'],
  ['a text as Windows writes it', Buffer.from('Hallo Köln', 'latin1'), 'a.txt', 'text/plain'],
  ['a table', Buffer.from('a;b\n1;2'), 'a.csv', 'text/csv'],
])('CHAT-6: %s is taken as what it is', async (_, bytes, name, type) => {
  expect(await inspect(fileOf(bytes, name), hasCard)).toEqual({ state: 'ready', type, name });
});

test('CHAT-6: a wrong type behind a right ending is refused, and a right one gets its own ending', async () => {
  const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(512)]);
  expect(await inspect(fileOf(program, 'photo.png'), null)).toEqual(
    refused('file-type-not-allowed'),
  );
  const svg = Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>');
  expect(await inspect(fileOf(svg, 'a.png'), null)).toEqual(refused('file-type-not-allowed'));
  expect(await inspect(fileOf(pdf('Hello'), 'photo.png'), null)).toMatchObject({
    type: 'application/pdf',
    name: 'photo_png.pdf',
  });
});

test('CHAT-6: what the centre doesn’t take is refused, whatever it is; bytes that are nothing known too', async () => {
  expect(await inspect(fileOf(png, 'a.png', ['application/pdf']), null)).toEqual(
    refused('file-type-not-allowed'),
  );
  const noise = Buffer.from([0, 1, 2, 3, 250, 251, 252, 253]);
  expect(await inspect(fileOf(noise, 'a.txt', fileTypeNames), null)).toEqual(
    refused('file-type-not-allowed'),
  );
  const zip = zipSync({ 'a.txt': strToU8('a') });
  expect(await inspect(fileOf(zip, 'a.zip'), null)).toEqual(refused('file-type-not-allowed'));
  expect(await inspect(fileOf(zip, 'a.zip', fileTypeNames), null)).toMatchObject({
    type: 'application/zip',
  });
});

test.each([
  ['16,385 wide', pngOf(16_385, 1)],
  ['16,385 high', pngOf(1, 16_385)],
  ['of 51 megapixels', pngOf(10_000, 5_100)],
])('TRUST-5: an image %s is refused', async (_, bytes) => {
  expect(await inspect(fileOf(bytes, 'a.png'), null)).toEqual(refused('image-too-large'));
});

test('TRUST-5: an image of 50 megapixels is taken', async () => {
  expect(await inspect(fileOf(pngOf(10_000, 5_000), 'a.png'), null)).toMatchObject({
    state: 'ready',
  });
});

test('TRUST-5: an archive that unpacks to too much is refused without unpacking it', async () => {
  const bomb = claiming(Buffer.from(word(runs('Hello'))), 201 * 1024 * 1024);
  expect(await inspect(fileOf(bomb, 'a.docx'), null)).toEqual(refused('file-unreadable'));
  const many = Object.fromEntries(Array.from({ length: 5_001 }, (_, n) => [`${n}`, strToU8('')]));
  expect(await inspect(fileOf(zipSync(many, { level: 0 }), 'a.zip', fileTypeNames), null)).toEqual(
    refused('file-unreadable'),
  );
});

test('TRUST-5: a part that has more than it says is refused', async () => {
  const bomb = claiming(Buffer.from(word(runs('x'.repeat(100_000)))), 10);
  expect(await inspect(fileOf(bomb, 'a.docx'), hasCard)).toEqual(refused('file-unreadable'));
});

test.each([
  ['a text', Buffer.from(`my card is ${card}`), 'a.txt'],
  ['a table', Buffer.from(`name;card\nana;${card}\n`), 'a.csv'],
  ['a PDF, shown in pieces', pdf('my card is 4111 11', '11 1111 1111'), 'a.pdf'],
  ['a Word document, in several runs', word(runs('4111 11', '11 1111', ' 1111')), 'a.docx'],
  [
    'a Word document’s comment',
    word(runs('Hello'), { 'word/comments.xml': strToU8(`<w:p>${card}</w:p>`) }),
    'a.docx',
  ],
  [
    'a Word document’s part in UTF-16',
    word(runs('Hello'), { 'word/header1.xml': Buffer.from(`\ufeff<w:p>${card}</w:p>`, 'utf16le') }),
    'a.docx',
  ],
  ['a cell', workbook('12', '4111111111111111'), 'a.xlsx'],
  ['an OpenDocument text', openText(card), 'a.odt'],
])('GUARD-1: %s with a card number in it is dropped', async (_, bytes, name) => {
  expect(await inspect(fileOf(bytes, name), hasCard)).toEqual(refused('file-sensitive'));
  expect(await inspect(fileOf(bytes, name), null)).toMatchObject({ state: 'ready' });
});

test('GUARD-1: a number on the border between two pieces of a long text is found', async () => {
  for (const before of [65_526, 131_050, 200_000]) {
    const text = `${'x'.repeat(before)}${card}${'x'.repeat(100)}`;
    expect(await inspect(fileOf(Buffer.from(text), 'a.txt'), hasCard)).toEqual(
      refused('file-sensitive'),
    );
  }
});

test('GUARD-1: digits of two cells are not one number', async () => {
  const cells = workbook('41111111', '11111111');
  const exactly: IsSensitive = (text) => text.includes('4111111111111111');
  expect(await inspect(fileOf(cells, 'a.xlsx'), exactly)).toMatchObject({ state: 'ready' });
});

test('GUARD-1: what can’t be looked through isn’t taken', async () => {
  const cut = pdf('Hello').subarray(0, 60);
  expect(await inspect(fileOf(cut, 'a.pdf'), hasCard)).toEqual(refused('file-unreadable'));
  const torn = Buffer.from(word(runs('Hello'))).subarray(0, -30);
  expect(await inspect(fileOf(torn, 'a.docx'), hasCard)).toMatchObject({ state: 'refused' });
});

test('a file is looked through in a thread, and one that takes too long is refused', async () => {
  const file = fileOf(pdf('Hello'), 'a.pdf');
  expect(await createInspector()(file)).toMatchObject({ state: 'ready', type: 'application/pdf' });
  expect(await createInspector(1)(file)).toEqual(refused('file-unreadable'));
});

test('TRUST-5: a file that takes too much memory while it is unpacked is refused', async () => {
  const bomb = pdfOf(await packedBlanks(400), '/Filter /FlateDecode');
  expect(bomb.length).toBeLessThan(1024 * 1024);
  expect(await createInspector(120_000)(fileOf(bomb, 'a.pdf'))).toEqual(refused('file-unreadable'));
}, 120_000);

/** So many MiB of nothing, deflated; as Latin-1. */
async function packedBlanks(mebibytes: number): Promise<string> {
  const blanks = Buffer.alloc(1024 * 1024, ' ');
  const packed = Readable.from(Array.from({ length: mebibytes }, () => blanks)).pipe(
    createDeflate(),
  );
  return Buffer.concat(await packed.toArray()).toString('latin1');
}

test('one file’s end keeps no other waiting: each has a thread of its own', async () => {
  const look = createInspector();
  const missing = {
    path: '/nowhere',
    name: 'a.txt',
    types: usualFileTypes,
    guard: strictPolicy.entities,
  };
  const found = await Promise.all([missing, missing, fileOf(png, 'a.png')].map(look));
  expect(found).toMatchObject([
    refused('file-unreadable'),
    refused('file-unreadable'),
    { state: 'ready' },
  ]);
});

test('a thread that can’t be had keeps no later file waiting', async () => {
  const look = createInspector();
  const file = fileOf(png, 'a.png');
  // Nothing that could go into another thread.
  const stuck = { ...file, types: (() => []) as never };
  const first = await Promise.allSettled([look(stuck), look(stuck)]);
  expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await Promise.all([look(file), look(file)])).toMatchObject([
    { state: 'ready' },
    { state: 'ready' },
  ]);
});

test('GUARD-1: what the policy names is found in the thread; what it allows is not', async () => {
  const file = fileOf(pdf(`my card is ${card}`), 'a.pdf');
  expect(await createInspector()(file)).toEqual(refused('file-sensitive'));
  const guard = { ...file.guard, CREDIT_CARD: 'allow', PHONE: 'allow' } as const;
  expect(await createInspector()({ ...file, guard })).toMatchObject({ state: 'ready' });
});
