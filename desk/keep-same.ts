/**
 * `next`, made of the objects of `before` wherever they are equal, so that nothing is drawn again
 * that hasn't changed. Plain data only. Items of an array that have a `key` are found by it.
 */
export function keepSame<T>(before: unknown, next: T): T {
  if (Object.is(before, next)) return next;
  if (!isContainer(before) || !isContainer(next)) return next;
  if (Array.isArray(next)) return Array.isArray(before) ? keepItems(before, next) : next;
  return Array.isArray(before) ? next : keepFields(before, next);
}

type Container = Readonly<Record<string, unknown>>;

const isContainer = (value: unknown): value is Container =>
  typeof value === 'object' && value !== null;

function keepItems<T>(before: readonly unknown[], next: T & readonly unknown[]): T {
  const byKey = new Map(before.map((item, n) => [keyOf(item) ?? n, item]));
  const kept = next.map((item, n) => keepSame(byKey.get(keyOf(item) ?? n), item));
  const same = kept.length === before.length && kept.every((item, n) => item === before[n]);
  return (same ? before : kept) as T;
}

const keyOf = (item: unknown): unknown => (isContainer(item) ? item.key : undefined);

function keepFields<T extends Container>(before: Container, next: T): T {
  const names = Object.keys(next);
  const known = (name: string) => (Object.hasOwn(before, name) ? before[name] : undefined);
  // Not by assignment, which for `__proto__` would make no field.
  const kept: Container = Object.fromEntries(
    names.map((name) => [name, keepSame(known(name), next[name])]),
  );
  const same =
    names.length === Object.keys(before).length &&
    names.every((name) => Object.hasOwn(before, name) && kept[name] === before[name]);
  return (same ? before : kept) as T;
}
