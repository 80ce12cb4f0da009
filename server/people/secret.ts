import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { CustomerId } from '../../protocol/ids.ts';
import type { Store } from '../store/contract.ts';

const BYTES = 32;

/** 256 random bits as 43 characters of base64url. */
export const newSecret = (): string => randomBytes(BYTES).toString('base64url');

/** What is stored of a secret with full entropy; no salt or stretching is needed for those. */
export const hashOf = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url');

/** A customer's principal: it names nobody, and the secret can't be had from it. */
export const customerOf = (secret: string): CustomerId => hashOf(secret) as CustomerId;

export function isSame(one: string, two: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(two)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** This installation's key of that name, made when it is first asked for. */
export async function keyFact(
  store: Pick<Store, 'fact' | 'setFact'>,
  name: string,
): Promise<Uint8Array> {
  if ((await store.fact(name)) === null) await store.setFact(name, newSecret());
  // Read again: of two nodes that made one at once, both take the one that stayed.
  return Buffer.from((await store.fact(name)) ?? '', 'base64url');
}
