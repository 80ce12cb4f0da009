/** The same numbers for the same seed (mulberry32), and what is made of them. */
export function createChance(seed: number) {
  let state = seed;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const from = (characters: string) => (count: number) =>
    Array.from({ length: count }, () => pick([...characters])).join('');
  const digits = from('0123456789');
  const two = (value: number) => String(value).padStart(2, '0');

  return {
    below,
    pick,
    digits,
    hex: from('0123456789abcdef'),
    /** Written alike for the same style, 0 to 4. */
    date(style: number): string {
      const year = String(1990 + below(50));
      const month = two(1 + below(12));
      const day = two(1 + below(28));
      if (style === 0) return `${year}-${month}-${day}`;
      if (style === 1) return `${day}.${month}.${year}`;
      if (style === 2) return `${month}/${day}/${year}`;
      if (style === 3) return `${day}.${month}.${year.slice(2)}`;
      return `${year}${month}${day}`;
    },
    phone(): string {
      const line = digits(7);
      return pick([
        `+49 1${digits(2)} ${line}`,
        `+1 ${2 + below(8)}${digits(2)} ${line.slice(0, 3)} ${digits(4)}`,
        `${2 + below(8)}${digits(2)}-${line.slice(0, 3)}-${digits(4)}`,
        `(${digits(2)}) 9${digits(4)}-${digits(4)}`,
        `0${1 + below(9)}${digits(2)} ${line}`,
        `0${1 + below(9)}${digits(2)}/${line.slice(0, 3)} ${digits(2)} ${digits(2)}`,
        digits(8),
        `+44 20 ${digits(4)} ${digits(4)}`,
      ]);
    },
  };
}
