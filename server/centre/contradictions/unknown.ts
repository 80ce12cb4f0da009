import type { Complaint, Path } from '../complaint.ts';
import type { CentreFile } from '../schema.ts';

/** Every id that other settings may name. */
export type Known = {
  readonly [what in 'team' | 'skill' | 'queue' | 'bot' | 'opening hours']: ReadonlySet<string>;
} & { readonly anySkill: boolean };

export const knownIn = (file: CentreFile): Known => ({
  team: idsOf(file.teams),
  skill: idsOf(file.skills ?? []),
  queue: idsOf(file.queues),
  bot: idsOf(file.bots),
  'opening hours': idsOf(file.openingHours),
  anySkill: file.skills === undefined,
});

const idsOf = (list: readonly { readonly id: string }[]) => new Set(list.map(({ id }) => id));

/** A name that nothing has. */
export function unknown(
  name: string | undefined,
  what: Exclude<keyof Known, 'anySkill'>,
  known: Known,
  path: Path,
  atKey = false,
): Complaint[] {
  if (name === undefined || known[what].has(name)) return [];
  if (what === 'skill' && known.anySkill) return [];
  const article = what === 'opening hours' ? 'there are no such' : 'there is no such';
  return [{ path, says: `is "${name}", and ${article} ${what}`, atKey }];
}

/** The same, of a list of names. */
export const unknownIn = (
  names: readonly string[],
  what: Exclude<keyof Known, 'anySkill'>,
  known: Known,
  path: Path,
): Complaint[] => names.flatMap((name, at) => unknown(name, what, known, [...path, at]));
