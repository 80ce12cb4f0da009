import type { Complaint, Path } from '../complaint.ts';

/** What must be one each and isn't. */
export function twice<K extends string>(
  list: readonly { readonly [key in K]: string }[],
  key: K,
  path: Path,
): Complaint[] {
  const first = new Map<string, number>();
  return list.flatMap((one, n) => {
    const before = first.get(one[key]);
    if (before === undefined) first.set(one[key], n);
    return before === undefined
      ? []
      : [{ path: [...path, n, key], says: `is "${one[key]}", like that of number ${before + 1}` }];
  });
}
