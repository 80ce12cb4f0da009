import { type ReadonlySignal, signal } from '@preact/signals';
import { liveQuery } from 'dexie';
import type { DeskClock } from './clock.ts';
import { keepSame } from './keep-same.ts';

export type LiveSignal<T> = {
  /** Null until the first answer of the disk. */
  readonly value: ReadonlySignal<T | null>;
  readonly close: () => void;
};

export type Live = <T extends object>(query: () => Promise<T>) => LiveSignal<T>;

/** A failed read is tried again: the disk was busy, or was being upgraded by another window. */
const RETRY_MS = 1_000;

/**
 * What a query of the disk answers now, and again whenever any context of the extension has
 * committed something that it read. Parts that stay equal stay the same objects.
 */
export function liveOn(clock: DeskClock): Live {
  return <T extends object>(query: () => Promise<T>): LiveSignal<T> => {
    const value = signal<T | null>(null);
    let stop = () => {};
    const subscribe = () => {
      const subscription = liveQuery(query).subscribe({
        next: (answer) => {
          value.value = keepSame(value.peek(), answer);
        },
        error: () => {
          stop = clock.at(clock.now() + RETRY_MS, subscribe);
        },
      });
      stop = () => subscription.unsubscribe();
    };
    subscribe();
    return { value, close: () => stop() };
  };
}
