import { computed, type ReadonlySignal } from '@preact/signals';
import { keepSame } from '../keep-same.ts';

/** A computed signal of plain data: what stays equal stays the same object. */
export function steady<T>(compute: () => T): ReadonlySignal<T> {
  let last: T | undefined;
  return computed(() => {
    last = keepSame(last, compute());
    return last;
  });
}
