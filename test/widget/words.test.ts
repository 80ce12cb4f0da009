import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileCatalogue } from '../../locales/vite-plugin.ts';
import { accentOn, contrast } from '../../widget/chat/accent.ts';
import { partsOfText } from '../../widget/chat/parts-of-text.ts';
import { type Compiled, fillIn } from '../../widget/fill-in.ts';

const messages = (language: string): Readonly<Record<string, Compiled>> => {
  const file = new URL(`../../locales/widget/${language}.json`, import.meta.url);
  return compileCatalogue(readFileSync(file, 'utf8'), language) as never;
};

test.each(['en', 'de'])('the texts in %s use only what the widget can fill in', (language) => {
  const kinds = Object.values(messages(language)).flatMap((message) =>
    [message].flat().flatMap((token) => (typeof token === 'string' ? [] : [token[1] ?? 'name'])),
  );
  expect([...new Set(kinds)].filter((kind) => kind !== 'name' && kind !== 'plural')).toEqual([]);
});

test.each<[string, string, Readonly<Record<string, string | number>>, string]>([
  ['en', 'chat.waiting.position', { position: 1 }, 'You are next.'],
  ['en', 'chat.waiting.position', { position: 12 }, 'You are number 12 in the queue.'],
  ['en', 'chat.waiting.estimate', { minutes: 0 }, 'Less than a minute.'],
  ['en', 'chat.waiting.estimate', { minutes: 1 }, 'About 1 minute.'],
  ['de', 'chat.waiting.estimate', { minutes: 1200 }, 'Etwa 1.200 Minuten.'],
  ['de', 'chat.notice.joined', { name: 'Marta' }, 'Marta ist jetzt für Sie da'],
  ['en', 'chat.notice.joined', { name: '{x} #' }, '{x} # joined'],
])('in %s %s is filled in: %o', (language, key, values, text) => {
  expect(fillIn(messages(language)[key] ?? '', language, values)).toBe(text);
});

test.each<[string, readonly (string | null)[]]>([
  ['see https://x.example/a?b=1.', [null, 'https://x.example/a?b=1', null]],
  ['(https://x.example/a)', [null, 'https://x.example/a', null]],
  ['HTTP://X.example', ['http://x.example/']],
  ['write to ana.b+c@mail.example!', [null, 'mailto:ana.b+c@mail.example', null]],
  ['call +49 (431) 555-0123 now', [null, 'tel:+494315550123', null]],
  ['javascript:alert(1) data:text/html,x', [null]],
  ['order 20431, 2026-11-01', [null]],
  ['https://', [null]],
  ['<b>bold</b>', [null]],
])('CHAT-8: in %o these are links', (text, hrefs) => {
  expect(partsOfText(text).map(({ href }) => href)).toEqual(hrefs);
});

test('CHAT-8: whatever is written, its parts are its text, and only harmless addresses are links', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const parts = partsOfText(`${text} https://a.example/${text}`);
      expect(parts.map((part) => part.text).join('')).toBe(`${text} https://a.example/${text}`);
      for (const { href } of parts) expect(href ?? 'tel:').toMatch(/^(https?:|mailto:|tel:)/);
    }),
  );
});

test('CHAT-8: 16 KiB made to be slow are looked through in a moment', () => {
  const started = performance.now();
  for (const piece of ['a', 'a.', 'a@', '+1 ', 'https://', '@a.'])
    partsOfText(piece.repeat(Math.floor(16_384 / piece.length)));
  expect(performance.now() - started).toBeLessThan(500);
});

const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((n) => `#${n.toString(16).padStart(6, '0')}`);

test('whatever colour a site has, what is written on it and in it can be read, light and dark', () => {
  fc.assert(
    fc.property(colour, fc.constantFrom('#ffffff', '#16161c'), (accent, ground) => {
      const { fill, ink, text } = accentOn(accent, ground);
      expect(contrast(fill, ink)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
    }),
  );
});

test('a site’s colour that can be read is left as it is', () => {
  expect(accentOn('#1f6f5c', '#ffffff')).toEqual({
    fill: '#1f6f5c',
    ink: '#ffffff',
    text: '#1f6f5c',
  });
  expect(accentOn('#ffe600', '#16161c')).toMatchObject({ fill: '#ffe600', ink: '#000000' });
});
