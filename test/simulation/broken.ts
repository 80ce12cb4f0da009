/** A broken promise: the invariant's name and what was seen. */
export class Broken extends Error {
  override readonly name = 'Broken';
}

/** `what` as a function: for what takes long to say, and is asked after every step. */
export const must = (holds: boolean, what: string | (() => string)): void => {
  if (!holds) throw new Broken(typeof what === 'string' ? what : what());
};
