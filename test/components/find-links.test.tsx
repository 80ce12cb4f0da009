import { expect, test } from 'vitest';
import { findLinks } from '../../components/conversation/find-links.ts';

const links = (message: string) =>
  findLinks(message).flatMap((piece) => (piece.kind === 'text' ? [] : [[piece.text, piece.href]]));

test.each<[string, string, string]>([
  [
    'See https://shop.example.com/a?b=1#c.',
    'https://shop.example.com/a?b=1#c',
    'https://shop.example.com/a?b=1#c',
  ],
  ['See (shop.example.com/a).', 'shop.example.com/a', 'https://shop.example.com/a'],
  ['at HTTP://EXAMPLE.COM now', 'HTTP://EXAMPLE.COM', 'HTTP://EXAMPLE.COM'],
  [
    'Write to ana.souza+shop@example.com!',
    'ana.souza+shop@example.com',
    'mailto:ana.souza+shop@example.com',
  ],
  ['ana@desk.intern.', 'ana@desk.intern', 'mailto:ana@desk.intern'],
  ['(ana.b@mail.shop.internal)', 'ana.b@mail.shop.internal', 'mailto:ana.b@mail.shop.internal'],
  ['ANA@SHOP.LAN', 'ANA@SHOP.LAN', 'mailto:ANA@SHOP.LAN'],
  ['to ana@example.com.Thank you', 'ana@example.com', 'mailto:ana@example.com'],
  ['to ana@desk.intern.I wait', 'ana@desk.intern', 'mailto:ana@desk.intern'],
  ['x?bcc=evil@desk.intern', 'x?bcc=evil@desk.intern', 'mailto:x%3Fbcc%3Devil@desk.intern'],
  ['x?bcc=evil@example.com', 'x?bcc=evil@example.com', 'mailto:x%3Fbcc%3Devil@example.com'],
  ['_ana@example.com', '_ana@example.com', 'mailto:_ana@example.com'],
  ['to (__ana@desk.intern)', '__ana@desk.intern', 'mailto:__ana@desk.intern'],
  ['_ana@example.com_', 'ana@example.com', 'mailto:ana@example.com'],
  ['see _shop.example.com now', '_shop.example.com', 'https://_shop.example.com'],
  ['see _www.example.com/a_', 'www.example.com/a_', 'https://www.example.com/a_'],
  ['_https://example.com', 'https://example.com', 'https://example.com'],
  ['My number is +55 11 98456-5666', '+55 11 98456-5666', 'tel:+5511984565666'],
  ['+49 (0)30 901820, please', '+49 (0)30 901820', 'tel:+4930901820'],
  ['+1 (555) 010-9999', '+1 (555) 010-9999', 'tel:+15550109999'],
  ['+4930901820', '+4930901820', 'tel:+4930901820'],
  ['call 030 901820', '030 901820', 'tel:030901820'],
  ['call (030) 90 18 20', '(030) 90 18 20', 'tel:030901820'],
  ['call 0171/2345678 now', '0171/2345678', 'tel:01712345678'],
])('CHAT-8: %s has one link', (message, text, href) => {
  expect(links(message)).toEqual([[text, href]]);
});

test.each([
  'javascript:alert(1)',
  'JavaScript://example%0aalert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x file:///etc/passwd blob:x chrome://settings',
  'ftp://example.com/file',
  'order 20431, 20231105 and 00123456',
  'on 01.02.2026 or 01-02-2026 or 01/02/26 at 08:30',
  'it costs 0.50 or 0,99 or 100 000',
  'ip 10.0.0.1, version 0.21.4',
  'ana@desk, @ana.souza, ana@ desk.intern, a@b.c and a@b.7',
  'ana@shop.intern-al ana@shop.intern_al ana@shop.xn--p1ai',
  `ana@${'shop.'.repeat(60)}intern`,
  '\uD800@desk.intern',
  '+1',
  'a+49301234567b',
])('CHAT-8: %s has no link', (message) => {
  expect(links(message)).toEqual([]);
});

test('CHAT-8: the pieces put together are the message, letter by letter', () => {
  const message =
    'Hi\n\nwww.example.com, _a@example.com _b.example.com +49 30 901820 <b>&amp; \u202Eevil 🙂 ';
  expect(
    findLinks(message)
      .map(({ text }) => text)
      .join(''),
  ).toBe(message);
});

test('CHAT-8: a long message without sense is taken apart in no time', () => {
  const began = performance.now();
  for (const part of ['+1 ', '0 1', '(0', 'a@', 'www.', 'http://', '.com', 'a@b.c.', 'a@b.cd.'])
    findLinks(part.repeat(16_384 / part.length));
  expect(performance.now() - began).toBeLessThan(2_000);
});
