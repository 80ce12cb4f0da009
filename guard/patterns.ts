import { RE2JS } from 're2js';
import type { Action, Pattern, Range } from './policy.ts';

/** A centre's own pattern as its file has it. */
export type WrittenPattern = {
  readonly name: string;
  /** RE2's syntax: no look-around but at its ends, no back references. */
  readonly pattern: string;
  readonly policy: Action;
};

/**
 * Makes a pattern that takes time linear in the text, whatever it says. Loaded only where a centre
 * has patterns, for the engine weighs more than everything else here. Throws an Error that says
 * what is wrong with it.
 */
export function compilePattern({ name, pattern, policy }: WrittenPattern): Pattern {
  const compiled = RE2JS.compile(pattern);
  if (compiled.matcher('').matches()) throw new Error('it matches the empty text');
  return { entity: name, action: policy, find: (text) => findAll(compiled, text) };
}

function findAll(compiled: RE2JS, text: string): readonly Range[] {
  const found: Range[] = [];
  const matcher = compiled.matcher(text);
  while (matcher.find())
    if (matcher.end() > matcher.start()) found.push({ start: matcher.start(), end: matcher.end() });
  return found;
}
