import type { DirectoryKind } from '../../protocol/directory.ts';
import type { Centre } from '../centre/centre.ts';

/** Something that the directory lists, as the set-up names it. */
export type Entry = { readonly kind: DirectoryKind; readonly id: string; readonly name: string };

export type DirectorySetUp = Pick<Centre, 'agents' | 'card' | 'agentPolicy' | 'routing'>;

/** One kind in the order of its names, and where each word of a name stands. */
type Kind = {
  readonly entries: readonly Entry[];
  /** In the order of the alphabet. */
  readonly words: readonly { readonly word: string; readonly at: number }[];
};

/**
 * What can be found, built once for each set-up: a search costs O(log n) for each of its words,
 * and what it finds.
 */
export function createEntries({ agents, card }: Pick<DirectorySetUp, 'agents' | 'card'>) {
  const people = (kind: 'agent' | 'supervisor') =>
    agents.filter(({ role }) => (role === 'agent') === (kind === 'agent'));
  const labelled = (list: readonly { readonly id: string; readonly label: string }[]) =>
    list.map(({ id, label: name }) => ({ id, name }));
  const kinds: Readonly<Record<DirectoryKind, Kind>> = {
    agent: kindOf('agent', people('agent')),
    supervisor: kindOf('supervisor', people('supervisor')),
    queue: kindOf('queue', card.queues),
    team: kindOf('team', labelled(card.teams)),
    skill: kindOf('skill', labelled(card.skills)),
  };

  return {
    /** Those with a word for the beginning of each word of the search, the kinds one after the other. */
    find(wanted: readonly DirectoryKind[], search: string): readonly Entry[] {
      const beginnings = wordsOf(search);
      const found = [...new Set(wanted)].map((kind) => findIn(kinds[kind], beginnings));
      return found.length === 1 ? (found[0] ?? []) : found.flat();
    },
  };
}

function kindOf(
  kind: DirectoryKind,
  list: readonly { readonly id: string; readonly name: string }[],
): Kind {
  const entries = list
    .map(({ id, name }) => ({ kind, id, name }))
    .sort((one, two) => compare(one.name, two.name) || compare(one.id, two.id));
  const words = entries
    .flatMap(({ name }, at) => wordsOf(name).map((word) => ({ word, at })))
    .sort((one, two) => compare(one.word, two.word));
  return { entries, words };
}

function findIn({ entries, words }: Kind, beginnings: readonly string[]): readonly Entry[] {
  if (beginnings.length === 0) return entries;
  let found: Set<number> | null = null;
  for (const beginning of beginnings) {
    const here = new Set<number>();
    for (let n = firstFrom(words, beginning); words[n]?.word.startsWith(beginning); n++) {
      const at = words[n]?.at;
      if (at !== undefined && (found === null || found.has(at))) here.add(at);
    }
    found = here;
  }
  return [...(found ?? [])].sort((one, two) => one - two).flatMap((at) => entries[at] ?? []);
}

/** The first word that isn't before this one. */
function firstFrom(words: Kind['words'], beginning: string): number {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words[middle]?.word ?? '') < beginning) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whatever their case and accents: `Zoë` is found by `zoe`. */
const wordsOf = (text: string): readonly string[] =>
  text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .split(/[^\p{Letter}\p{Number}]+/u)
    .filter((word) => word !== '');

const compare = (one: string, two: string): number => (one < two ? -1 : one > two ? 1 : 0);
