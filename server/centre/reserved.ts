import { reservedKeys } from '../../protocol/parts.ts';
import type { Complaint, Path } from './complaint.ts';

/** Checked data never has the others as keys: whatever is called so would be dropped without a word. */
export const isFree = (name: string): boolean => !reservedKeys.has(name);

export const otherThanReserved = 'other than __proto__, constructor and prototype';

/** The first setting, wherever it stands, that is called so; null: none is. */
export function reservedKey(value: unknown, path: Path = []): Complaint | null {
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inside] of Object.entries(value)) {
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    if (!isFree(key))
      return { path: here, says: 'is a name that programs keep for themselves', atKey: true };
    const found = reservedKey(inside, here);
    if (found !== null) return found;
  }
  return null;
}
