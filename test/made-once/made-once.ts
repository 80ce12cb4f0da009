import { inject } from 'vitest';

/** What all test files share: a browser's endpoint, the gallery's origin, the built widget's folder. */
export type Name = 'browser' | 'gallery' | 'widget';

export type Made = { readonly address: string; readonly end: () => Promise<void> };

declare module 'vitest' {
  interface ProvidedContext {
    /** Where `keeper.ts` answers. */
    madeOnce: string;
  }
}

/** Its address, as soon as it is made. */
export async function madeOnce(name: Name): Promise<string> {
  const response = await fetch(`${inject('madeOnce')}/${name}`);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}
