import { expect, test } from 'vitest';
import { pushPage } from '../../../server/centre/push-page.ts';

const self = 'https://desk.example';
const shop = ['https://shop.example', 'http://localhost:8080'];
const open = (url: string, origins = shop) => pushPage(url, origins, self);

test.each([
  ['https://shop.example/orders?id=1#top', 'https://shop.example/orders?id=1#top'],
  ['HTTPS://SHOP.example:443', 'https://shop.example/'],
  ['https://shop.example/a/../b', 'https://shop.example/b'],
  ['https://shop.example/ä', 'https://shop.example/%C3%A4'],
  ['https://shop.example/?to=a@b', 'https://shop.example/?to=a@b'],
  ['http://localhost:8080/x', 'http://localhost:8080/x'],
])('CHAT-7: %s is the site’s: the customer’s own tab goes there', (text, url) => {
  expect(open(text)).toEqual({ url, opens: 'tab' });
});

test.each([
  ['another site', 'https://other.example/'],
  ['another scheme of the same host', 'http://shop.example/'],
  ['another port', 'https://shop.example:8443/'],
  ['a host under it', 'https://www.shop.example/'],
  ['a host that begins like it', 'https://shop.example.evil.example/'],
  ['letters that look like it', 'https://shоp.example/'],
  ['its address in the path of another', 'https://evil.example/https://shop.example/'],
  ['its address in the query of another', 'https://evil.example/?https://shop.example/'],
])('CHAT-7: %s is only offered, on a card', (_, url) => {
  expect(open(url)?.opens).toBe('card');
});

test('CHAT-7: a host in other letters is shown as the browser will call it', () => {
  expect(open('https://shоp.example/')?.url).toBe('https://xn--shp-ted.example/');
  expect(open('https://shop。example/')).toEqual({ url: 'https://shop.example/', opens: 'tab' });
});

test('CHAT-7: `self` is the server’s own origin', () => {
  expect(open('https://desk.example/demo', ['self'])?.opens).toBe('tab');
  expect(open('https://desk.example/demo')?.opens).toBe('card');
  expect(open('https://desk.example/demo', [])?.opens).toBe('card');
});

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\nscript:alert(1)',
  ' javascript:alert(1)',
  '\u0001javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  'blob:https://shop.example/1',
  'view-source:https://shop.example/',
  'about:blank',
  'ftp://shop.example/',
  'mailto:a@shop.example',
  'chrome-extension://abcdefgh/page.html',
  'ws://shop.example/',
  '//shop.example/',
  '/orders',
  'orders',
  'shop.example',
  '',
  'https:',
  'https://',
  'https:///shop.example/',
  'https:shop.example',
  'https:/shop.example/',
  'https:\\\\shop.example/',
  'https://shop.example\\@evil.example/',
  'https://evil.example\\.shop.example/',
  'https://shop.example/\\evil',
  'https://shop.example@evil.example/',
  'https://ana:secret@shop.example/',
  'https://ana@shop.example/',
  'https://@shop.example/',
  'https://:@shop.example/',
  'https://shop.example%40evil.example/',
  'https://shop.example\t.evil.example/',
  'https://shop.\nexample/',
  'https://shop.example/ a',
  ' https://shop.example/',
  'https://shop.example/\u202egpj.exe',
  'https://shop.example/\u200b',
  'https://shop.example\u0000.evil.example/',
  'https://shop.example./',
  'https://./',
  'https://shop.example:99999/',
  'https://[::1/',
  'https://sho p.example/',
  'http://a%00b/',
])('CHAT-7: %j is nothing that may be opened', (url) => {
  expect(open(url)).toBeNull();
});

test('TRUST-5: an address is at most 2 KiB, counted as the browser writes it', () => {
  const url = `https://shop.example/${'a'.repeat(2048 - 'https://shop.example/'.length)}`;
  expect(open(url)).not.toBeNull();
  expect(open(`${url}a`)).toBeNull();
  expect(open(`https://shop.example/${'ä'.repeat(400)}`)).toBeNull();
});
