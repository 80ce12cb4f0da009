import * as v from 'valibot';

/** One line of a table: a setting, its default, its range, what it says. */
export type Row = {
  readonly name: string;
  readonly fallback: string;
  readonly range: string;
  readonly says: string;
};

/** Tables of everything that a schema's settings take, one for each setting that holds others. */
export function tablesOf(
  file: v.GenericSchema,
): { readonly title: string; readonly rows: Row[] }[] {
  const entries = Object.entries(entriesOf(bare(file)) ?? {});
  const top = entries.map(([name, schema]) => rowOf(name, schema));
  const inner = entries.flatMap(([title, schema]) => {
    const rows = rowsIn(bare(schema), '');
    return rows.length === 0 || isLabelled(rows) ? [] : [{ title, rows }];
  });
  return [{ title: '', rows: top }, ...inner];
}

type Node = v.GenericSchema & {
  readonly entries?: Readonly<Record<string, Node>>;
  readonly options?: readonly Node[];
  readonly item?: Node;
  readonly wrapped?: Node;
  readonly literal?: unknown;
  readonly default?: unknown;
  readonly pipe?: readonly Node[];
};

/** Without `optional` and what pipes add. */
function bare(schema: v.GenericSchema): Node {
  const node = schema as Node;
  if (node.type === 'optional' && node.wrapped !== undefined) return bare(node.wrapped);
  const [first] = node.pipe ?? [];
  return first === undefined || first === node ? node : bare(first);
}

/** Settings by name; of a variant, those of all its members. */
function entriesOf(node: Node): Readonly<Record<string, Node>> | null {
  if (node.type !== 'variant') return node.entries ?? null;
  const all: Record<string, Node> = {};
  for (const option of node.options ?? []) Object.assign(all, bare(option).entries);
  const { kind: _, ...others } = all;
  return { kind: kindOf(node), ...others };
}

const kindOf = (variant: Node): Node => {
  const kinds = (variant.options ?? []).map((one) => String(bare(one).entries?.kind?.literal));
  const schema = v.pipe(v.string(), v.metadata({ range: kinds.join(', ') }), v.description(''));
  return schema as unknown as Node;
};

function rowsIn(node: Node, prefix: string): Row[] {
  const inside = node.item === undefined ? node : bare(node.item);
  const entries = entriesOf(inside);
  if (entries === null) return [];
  return Object.entries(entries).flatMap(([name, schema]) => {
    const own = rowOf(`${prefix}${name}`, schema);
    const inner = bare(schema);
    const rows = rowsIn(inner, `${prefix}${name}${inner.item === undefined ? '.' : '[].'}`);
    return isLabelled(rows) ? [own] : [own, ...rows];
  });
}

/** Not worth lines of their own: "`id` and `label` each" says it. */
const isLabelled = (rows: readonly Row[]): boolean =>
  rows.length === 2 && rows.every(({ name }) => /(^|\.)(id|label)$/.test(name));

function rowOf(name: string, schema: Node): Row {
  const { range, absent, says } = factsOf(schema);
  const { item } = bare(schema);
  const each = item === undefined ? undefined : factsOf(item).range;
  return {
    name,
    fallback: absent ?? (schema.type === 'optional' ? shown(schema.default) : 'needed'),
    range: [each, range].filter((one) => one !== undefined).join('; '),
    says,
  };
}

type Facts = { readonly range?: string; readonly absent?: string; readonly says: string };

/** What was said of a schema, the outermost word last. */
function factsOf(schema: Node): Facts {
  let found: Facts = { says: '' };
  const pipe = schema.type === 'optional' ? [schema.wrapped as Node] : (schema.pipe ?? []);
  for (const step of pipe) {
    const { kind, type } = step as { kind: string; type: string };
    if (kind === 'schema' && step !== schema) found = { ...found, ...factsOf(step) };
    else if (type === 'description')
      found = { ...found, says: (step as unknown as { description: string }).description };
    else if (type === 'metadata')
      found = { ...found, ...(step as unknown as { metadata: object }).metadata };
  }
  return found;
}

function shown(value: unknown): string {
  if (Array.isArray(value))
    return value.length === 0 ? 'none' : value.map((one) => shown(one)).join(', ');
  if (typeof value === 'object' && value !== null)
    return Object.values(value).map(String).join(' ');
  return String(value);
}
