import { cnpj, cpf } from 'cpf-cnpj-validator';
import type { Entity, Found } from './policy.ts';
import type { Cluster, Group, Reading } from './read-text.ts';
import { eachShape, shapeOf } from './shapes.ts';
import type { Taken } from './taken.ts';

/** Numbers of taxpayers and of the insured, in the groups in which they are written. */
export function findNationalIds({ plain, clusters }: Reading, taken: Taken): readonly Found[] {
  const found: Found[] = [];
  for (const cluster of clusters)
    for (let index = 0; index < cluster.length; ) {
      const id = idAt(plain, cluster, index);
      const groups = id === null ? 1 : id.groups;
      if (id !== null && !taken.touches(id.found)) found.push(id.found);
      index += groups;
    }
  if (plain.includes('/')) found.push(...lettered(plain));
  return found.sort((one, two) => one.start - two.start);
}

type Id = { readonly groups: number; readonly found: Found };

/** The longest that begins at this group. */
function idAt(plain: string, cluster: Cluster, index: number): Id | null {
  let id: Id | null = null;
  eachShape(cluster, index, (shape, count) => {
    const kind = KINDS.get(shape);
    const groups = kind === undefined ? [] : cluster.slice(index, index + count);
    const first = groups[0];
    const last = groups.at(-1);
    if (kind === undefined || first === undefined || last === undefined) return;
    const digits = groups.map((group) => group.digits).join('');
    if (!kind.isOne(digits, { plain, cluster, first })) return;
    id = { groups: count, found: { entity: kind.entity, start: first.start, end: last.end } };
  });
  return id;
}

type Place = { readonly plain: string; readonly cluster: Cluster; readonly first: Group };
type Kind = {
  readonly entity: Entity;
  readonly isOne: (digits: string, place: Place) => boolean;
};

const LABEL_CHARACTERS = 32;
const SSN_LABEL =
  /(?:\bssn|social[ -]security(?: (?:number|no\.?|#))?|sozialversicherungsnummer)[^\p{L}\d]{0,8}(?:is |ist )?$/iu;

/** No office gives the others (ssa.gov, “randomization”). */
const isSsn = (digits: string): boolean => !/^(?:000|666|9)|^...00|0000$/.test(digits);

/** 123-45-6789; with other separators only alone, for a phone number may hold such groups. */
const isGroupedSsn = (digits: string, { plain, cluster, first }: Place): boolean =>
  (plain.charAt(first.end) === '-' || cluster.length === 3) && isSsn(digits);

const isNamedSsn = (digits: string, { plain, first }: Place): boolean =>
  SSN_LABEL.test(plain.slice(Math.max(0, first.start - LABEL_CHARACTERS), first.start)) &&
  isSsn(digits);

/** In one piece only the first hundred branches: any other 14 digits may be a time to the second. */
const isSolidCnpj = (digits: string): boolean => digits.startsWith('00', 8) && cnpj.isValid(digits);
const isCnpj = (digits: string): boolean => cnpj.isValid(digits);
const isCpf = (digits: string): boolean => cpf.isValid(digits);

const KINDS: ReadonlyMap<number, Kind> = new Map([
  [shapeOf([2, 3, 3, 4, 2]), { entity: 'BR_CNPJ', isOne: isCnpj }],
  [shapeOf([8, 4, 2]), { entity: 'BR_CNPJ', isOne: isCnpj }],
  [shapeOf([14]), { entity: 'BR_CNPJ', isOne: isSolidCnpj }],
  [shapeOf([3, 3, 3, 2]), { entity: 'BR_CPF', isOne: isCpf }],
  [shapeOf([9, 2]), { entity: 'BR_CPF', isOne: isCpf }],
  [shapeOf([11]), { entity: 'BR_CPF', isOne: isCpf }],
  [shapeOf([3, 2, 4]), { entity: 'US_SSN', isOne: isGroupedSsn }],
  [shapeOf([9]), { entity: 'US_SSN', isOne: isNamedSsn }],
] as const);

/** Since July 2026 companies have letters too. */
const LETTERED = /(?<![\da-z])[\da-z]{2}\.[\da-z]{3}\.[\da-z]{3}\/[\da-z]{4}-\d\d(?!\d)/gi;

const lettered = (plain: string): readonly Found[] =>
  [...plain.matchAll(LETTERED)]
    .filter(([number]) => /[a-z]/i.test(number) && cnpj.isValid(number.toUpperCase()))
    .map(({ index, 0: number }) => ({
      entity: 'BR_CNPJ' as const,
      start: index,
      end: index + number.length,
    }));
