import type { OfferRow } from '../disk/rows.ts';
import type { BadgeState } from './badge-state.ts';

/** What the browser itself shows; the words come in, because the desk has no language. */
export type Words = {
  /** Resolves when the words are those of the panel's language; null: none was chosen here yet. */
  readonly speak: (language: string | null) => Promise<void>;
  readonly offer: (offer: OfferRow, queue: string) => { title: string; text: string };
  readonly accept: () => string;
  readonly reject: () => string;
  /** The toolbar icon's tooltip. */
  readonly icon: (state: BadgeState) => string;
};
