import { expect, test } from 'vitest';
import { clientAddress, parseProxies } from '../../../server/people/address.ts';
import { extensionId, isExtension } from '../../../server/people/origins.ts';
import { extensionId as builtId } from '../../../wxt.config.ts';

const proxies = parseProxies('127.0.0.1, 10.0.0.0/8, ::1')!;

/** The socket's other end · X-Forwarded-For · who asks. */
test.each<[string, string | undefined, string]>([
  ['192.0.2.1', undefined, '192.0.2.1'],
  ['192.0.2.1', '203.0.113.9', '192.0.2.1'],
  ['127.0.0.1', '203.0.113.9', '203.0.113.9'],
  ['::ffff:127.0.0.1', '203.0.113.9', '203.0.113.9'],
  ['127.0.0.1', '198.51.100.1, 203.0.113.9, 10.1.2.3', '203.0.113.9'],
  ['127.0.0.1', 'nonsense', '127.0.0.1'],
  ['127.0.0.1', 'nonsense, 203.0.113.9', '203.0.113.9'],
  ['127.0.0.1', '', '127.0.0.1'],
  ['::1', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8::1', undefined, '2001:db8:0:0::/64'],
  ['fe80::1%eth0', undefined, 'fe80:0:0:0::/64'],
  ['2001:0DB8:0001:0002::', undefined, '2001:db8:1:2::/64'],
])('a socket from %s that forwards for %s is asked by %s', (remote, forwarded, address) => {
  expect(clientAddress(remote, forwarded, proxies)).toBe(address);
});

test('without trusted proxies nobody can say who they are', () => {
  expect(clientAddress('127.0.0.1', '203.0.113.9', parseProxies('')!)).toBe('127.0.0.1');
});

test.each(['localhost', '10.0.0.0/33', '10.0.0.0/8/8', '::1/129', '10.0.0.0/', '10.0.0.0/x'])(
  'the trusted proxy %s is neither an address nor a network',
  (text) => expect(parseProxies(text)).toBeNull(),
);

test.each([
  [`chrome-extension://${extensionId}`, true],
  [`chrome-extension://${extensionId}.evil.example`, false],
  ['chrome-extension://abcdefghijklmnopabcdefghijklmnop', false],
  ['moz-extension://0f1e2d3c-aaaa-bbbb-cccc-0123456789ab', true],
  ['moz-extension://evil.example', false],
  ['https://shop.example', false],
  ['null', false],
  ['', false],
])('a page of %s is one of our extension’s: %s', (origin, ours) => {
  expect(isExtension(origin, [extensionId])).toBe(ours);
});

test('the id that the server lets in is the one that the extension is built with', () => {
  expect(extensionId).toBe(builtId);
});
