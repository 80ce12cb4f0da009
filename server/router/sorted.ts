import Imported from 'sorted-btree';

/** Node hands a CommonJS package's whole exports over as the default import, a bundler its default export. */
const { default: inner = Imported } = Imported as unknown as { default?: typeof Imported };

/** An ordered set of keys: add, remove, first in O(log n). `compare` must tell any two keys apart. */
export type Sorted<K> = Imported<K, true>;

export const sorted = <K>(compare: (one: K, two: K) => number): Sorted<K> =>
  new inner<K, true>(undefined, compare);
