/** A broken promise: the invariant's name and what was seen. */
export class Broken extends Error {
  override readonly name = 'Broken';
}

export const must = (holds: boolean, what: string): void => {
  if (!holds) throw new Broken(what);
};
