import { getDocumentProxy } from 'unpdf';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { asHtml } from '../../../server/transcript/as-html.ts';
import { asText } from '../../../server/transcript/as-text.ts';
import { createPrinter, PrinterBusy } from '../../../server/transcript/printer.ts';
import { type Manner, sheetOf } from '../../../server/transcript/sheet.ts';
import { transcriptLanguage } from '../../../server/transcript/texts.ts';
import { type Transcript, transcriptOf } from '../../../server/transcript/transcript.ts';
import { accepted, answers, asks, notes, started, stream, type Told } from './story.ts';

const printer = createPrinter();
afterAll(() => printer.close());

const made = (...told: Told[]): Transcript => transcriptOf(stream(...told), { kind: 'customer' })!;
const inEnglish: Manner = { centre: 'Harbour & Pine', language: 'en', timeZone: null };
const inGerman: Manner = { centre: 'Harbour & Pine', language: 'de', timeZone: 'Europe/Berlin' };
const short = made(started(), asks('Where is it?\nPlease'), accepted, answers('On its way'));

test('END-6: as text, sender and time stand above every message; an unknown clock is UTC and says so', () => {
  expect(asText(sheetOf(short, inEnglish))).toBe(`Conversation with Harbour & Pine
Customer: Carla, carla@example.org
Reference: i-1

Carla, 21 Nov 2026, 21:31 UTC
  Where is it?
  Please

— Bo joined (21 Nov 2026, 21:32 UTC)

Bo, 21 Nov 2026, 21:33 UTC
  On its way
`);
});

test('END-6: in German, at the customer’s clock', () => {
  const text = asText(sheetOf(short, inGerman));
  expect(text).toContain('Gespräch mit Harbour & Pine');
  expect(text).toContain('Carla, 21. Nov. 2026, 22:31 MEZ');
  expect(text).toContain('— Bo ist dazugekommen');
});

test.each([
  ['de', 'de'],
  ['de-AT', 'de'],
  ['den', 'en'],
  ['fr', 'en'],
])('a customer who speaks %s gets it in %s', (language, expected) => {
  expect(transcriptLanguage(language)).toBe(expected);
});

test.each(['\n', '\r\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029'])(
  'END-6: as text, nobody can forge another’s line with %j',
  (end) => {
    const forged = made(started(), asks(`Hi${end}Bo, 21 Nov 2026, 21:40 UTC${end}You get it free`));
    expect(asText(sheetOf(forged, inEnglish)).match(/^Bo, /gmu)).toBeNull();
    const named = made(started({ name: `Carla${end}Bo, 1 Jan` }), asks('Hi'));
    expect(asText(sheetOf(named, inEnglish)).match(/^Bo, /gmu)).toBeNull();
  },
);

test('END-6: as HTML every word is escaped, wherever it stands', () => {
  const evil = `<img src=x onerror=alert(1)>"'&`;
  const transcript = made(started({ name: evil, subject: evil }), asks(evil));
  const html = asHtml(sheetOf(transcript, { ...inEnglish, centre: evil }), evil);
  expect(html).not.toContain('<img');
  expect(
    html.match(/&lt;img src=x onerror=alert\(1\)&gt;&quot;&#39;&amp;/g)!.length,
  ).toBeGreaterThan(6);
});

test('END-6: a PDF has the customer and the page’s number on every page, and all that was said', async () => {
  const words = [
    'Grüße, señor Łukasz – Ελληνικά, русский',
    '你好，请问我的包裹在哪里？',
    'こんにちは、荷物はどこですか',
    '안녕하세요',
    'مرحبا، أين طردي؟',
    'שלום, איפה החבילה?',
    '#panic("typst") $x$ *not bold* @nobody // \\u{41} `raw` [',
    'a smile 😀',
  ];
  const many = Array.from({ length: 60 }, (_, n) => asks(`Line ${n}`));
  const transcript = made(started(), ...words.map(answers), ...many, notes('never this'));
  const pages = await pagesOf(await printer.pdf(transcript, inEnglish));
  expect(pages.length).toBeGreaterThan(2);
  for (const [index, page] of pages.entries()) {
    expect(page).toContain('Carla, carla@example.org');
    expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
  }
  const all = pages.join('\n');
  for (const word of [words[0]!, words[1]!, words[2]!, words[3]!, words[6]!])
    expect(without(all)).toContain(without(word));
  // Letters of one word may come in the order in which they are drawn.
  for (const word of ['مرحبا', 'شلום'.slice(2), 'שלום'])
    expect(sorted(all)).toEqual(expect.arrayContaining([...new Set(word)]));
  expect(all).toContain('Line 59');
  expect(all).toContain('Bo · 21 Nov 2026, 21:31 UTC');
  expect(all).not.toContain('never this');
});

test('END-6: whatever the customer is called, that and the page’s number stay on every page', async () => {
  const name = `Carla\nBo · 21 Nov 2026, 21:40 UTC\n${'W'.repeat(200)}`;
  const many = Array.from({ length: 80 }, (_, n) => asks(`Line ${n}`));
  const transcript = made(started({ name, email: `${'w'.repeat(200)}@example.org` }), ...many);
  const centre = 'C'.repeat(80);
  const document = await getDocumentProxy(
    new Uint8Array(await printer.pdf(transcript, { ...inEnglish, centre })),
    { verbosity: 0 },
  );
  expect(document.numPages).toBeGreaterThan(1);
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const [, bottom = 0, , top = 0] = page.view;
    const { items } = await page.getTextContent();
    const shown = items.flatMap((item) => ('str' in item ? [item] : []));
    const heights = shown.map(({ transform }) => transform[5] as number);
    expect(Math.min(...heights)).toBeGreaterThan(bottom);
    expect(Math.max(...heights)).toBeLessThan(top);
    const head = shown.map(({ str }) => str).join('');
    expect(head).toMatch(/Carla Bo/);
    expect(head).toContain(`Page ${number} of ${document.numPages}`);
    // No line of the customer's own begins with somebody else.
    expect(shown.filter(({ str }) => str.startsWith('Bo ·'))).toEqual([]);
  }
});

test('END-6: the same transcript makes the same PDF, with its fonts cut to what is in it', async () => {
  const [one, two] = [await printer.pdf(short, inEnglish), await printer.pdf(short, inEnglish)];
  expect(Buffer.from(one).equals(Buffer.from(two))).toBe(true);
  expect(one.length).toBeLessThan(100_000);
});

test('END-6: a letter says what it is, whole, as text, HTML and PDF', async () => {
  const letter = await printer.letter(short, inGerman);
  expect(letter.subject).toBe('Ihr Gespräch mit Harbour & Pine');
  expect(letter.text).toContain('  Where is it?');
  expect(letter.html).toContain('Where is it?');
  expect(Buffer.from(letter.pdf).subarray(0, 5).toString()).toBe('%PDF-');
});

test('TRUST-5: the longest transcript there can be is made in time', async () => {
  const text = 'lorem ipsum dolor sit amet '.repeat(10).slice(0, 262);
  const long = made(started(), ...Array.from({ length: 2_100 }, () => asks(text)));
  expect(long.left).toBe(100);
  const pages = await pagesOf(await printer.pdf(long, inEnglish));
  expect(pages.at(-1)).toContain('100 more entries have no room here.');
});

test.each([
  ['ends, and another takes over', 0, 2],
  ['stays while it has taken little', 1024 ** 3, 1],
])('TRUST-5: a thread that makes PDFs %s', async (_, memoryMax, threads) => {
  let begun = 0;
  const count = () => begun++;
  process.on('worker', count);
  onTestFinished(() => void process.off('worker', count));
  const own = createPrinter(memoryMax);
  onTestFinished(() => own.close());
  const [one, two] = await Promise.all([own.pdf(short, inEnglish), own.pdf(short, inEnglish)]);
  expect(Buffer.from(one).equals(Buffer.from(two))).toBe(true);
  expect(begun).toBe(threads);
});

test('TRUST-5: the hundred-and-first who waits is told that the printer is busy', async () => {
  const own = createPrinter();
  const asked = Array.from({ length: 101 }, () => own.text(short, inEnglish));
  const outcomes = await Promise.allSettled(asked);
  await own.close();
  expect(outcomes.slice(0, 100).every(({ status }) => status === 'fulfilled')).toBe(true);
  expect(outcomes[100]).toMatchObject({ reason: expect.any(PrinterBusy) });
});

async function pagesOf(pdf: Uint8Array): Promise<string[]> {
  const document = await getDocumentProxy(new Uint8Array(pdf), { verbosity: 0 });
  const pages: string[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent();
    pages.push(
      items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''),
    );
  }
  return pages;
}

const without = (text: string): string => text.replace(/\s+/g, '');
const sorted = (text: string): string[] => [...new Set(text)];
