import { BlockList, isIP } from 'node:net';

/** Proxies that may say who is behind them. */
export type TrustedProxies = Pick<BlockList, 'check'>;

/**
 * `127.0.0.1, 10.0.0.0/8, ::1` as a list that can be asked; empty text trusts nobody.
 * @returns null when something in it is neither an address nor a network.
 */
export function parseProxies(text: string): TrustedProxies | null {
  const list = new BlockList();
  for (const item of text.split(',').map((one) => one.trim())) {
    if (item === '') continue;
    const [address = '', bits, ...more] = item.split('/');
    const family = familyOf(address);
    if (family === null || more.length > 0) return null;
    if (bits === undefined) list.addAddress(address, family);
    else if (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 'ipv4' ? 32 : 128))
      list.addSubnet(address, Number(bits), family);
    else return null;
  }
  return list;
}

/**
 * Who asks: the socket's other end, or, as long as that is a trusted proxy, whom it names in
 * X-Forwarded-For, from right to left. IPv6 addresses are cut to their network of 64 bits, which
 * is what one customer of a provider has.
 */
export function clientAddress(
  remote: string | undefined,
  forwardedFor: string | undefined,
  proxies: TrustedProxies,
): string {
  let address = plain(remote ?? '');
  for (const named of (forwardedFor ?? '').split(',').reverse().map(plain)) {
    const family = familyOf(address);
    if (family === null || !proxies.check(address, family) || isIP(named) === 0) break;
    address = named;
  }
  return familyOf(address) === 'ipv6' ? networkOf(address) : address;
}

const familyOf = (address: string): 'ipv4' | 'ipv6' | null => {
  const version = isIP(address);
  return version === 0 ? null : version === 4 ? 'ipv4' : 'ipv6';
};

/** `::ffff:10.0.0.1` and `10.0.0.1` are one. */
const plain = (address: string): string =>
  address
    .trim()
    .replace(/^::ffff:(?=\d+\.)/i, '')
    .replace(/%.*$/, '');

function networkOf(address: string): string {
  // The URL parser writes an IPv6 address in its shortest form; the first four groups are the network.
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return `${[...left, ...(tail === undefined ? [] : zeros), ...right].slice(0, 4).join(':')}::/64`;
}
