import type * as v from 'valibot';

/** A schema's structure as text; of a union, one text per member. */
export type Shape = string | readonly string[];

/**
 * What a schema takes, member by member, with its limits. Two schemas of the same shape take the
 * same frames; functions (`check`) are told by their message. Schemas in `names` are written by
 * their name where they stand inside others.
 */
export function shapeOf(
  schema: v.GenericSchema,
  names: ReadonlyMap<unknown, string> = new Map(),
): Shape {
  const inside = (node: Node | undefined): string => {
    const name = names.get(node);
    if (name !== undefined) return name;
    if (node === undefined) throw new Error('a schema without its inner one');
    return textOf(node, inside);
  };
  const node = schema as Node;
  return node.type === 'variant'
    ? (node.options as readonly Node[]).map(inside)
    : textOf(node, inside);
}

type Node = v.GenericSchema & {
  readonly entries?: Readonly<Record<string, Node>>;
  readonly options?: readonly (Node | string)[];
  readonly item?: Node;
  readonly key?: Node;
  readonly value?: Node;
  readonly wrapped?: Node;
  readonly literal?: unknown;
  readonly pipe?: readonly [Node, ...(Node | Step)[]];
};
type Step = {
  readonly kind: 'validation' | 'transformation' | 'metadata';
  readonly type: string;
  readonly requirement?: unknown;
  readonly message?: unknown;
};

function textOf(node: Node, inside: (node: Node | undefined) => string): string {
  if (node.pipe !== undefined) {
    const [first, ...steps] = node.pipe;
    const rules = steps.filter(({ type }) => type !== 'brand' && type !== 'transform');
    return [inside(first), ...rules.map((rule) => stepOf(rule, inside))].join(', ');
  }
  switch (node.type) {
    case 'object':
      return `{ ${Object.entries(node.entries ?? {})
        .map(([name, entry]) => `${name}: ${inside(entry)}`)
        .join('; ')} }`;
    case 'variant':
      return `(${(node.options as readonly Node[]).map(inside).join(' | ')})`;
    case 'union':
      return `(${(node.options as readonly Node[]).map(inside).join(' or ')})`;
    case 'picklist':
      return (node.options as readonly string[]).map((word) => JSON.stringify(word)).join(' | ');
    case 'literal':
      return JSON.stringify(node.literal);
    case 'array':
      return `list of (${inside(node.item)})`;
    case 'record':
      return `record of (${inside(node.value)}) by (${inside(node.key)})`;
    case 'nullable':
      return `null or ${inside(node.wrapped)}`;
    case 'optional':
      return `maybe ${inside(node.wrapped)}`;
    case 'string':
    case 'number':
    case 'boolean':
    case 'unknown':
      return node.type;
    default:
      throw new Error(
        `no shape is known for the schema "${node.type}": teach it test/protocol/shape.ts`,
      );
  }
}

const stepOf = (step: Node | Step, inside: (node: Node | undefined) => string): string =>
  step.kind === 'schema' ? inside(step) : ruleOf(step);

function ruleOf({ type, requirement, message }: Step): string {
  if (requirement instanceof RegExp) return `${type} ${requirement.source}`;
  if (typeof requirement === 'number') return `${type} ${requirement}`;
  return typeof message === 'string' ? `${type} ${message}` : type;
}
