/** Counts what is under way, for each and in all; who has too much hears no. */
export function createUnderWay(limits: { readonly inAll: number; readonly ofOne: number }) {
  const counts = new Map<string, number>();
  let all = 0;

  function end(whose: string): void {
    const left = (counts.get(whose) ?? 1) - 1;
    if (left === 0) counts.delete(whose);
    else counts.set(whose, left);
    all -= 1;
  }

  return {
    /** A function that ends it, once; null: not now. */
    begin(whose: string): (() => void) | null {
      const own = counts.get(whose) ?? 0;
      if (all >= limits.inAll || own >= limits.ofOne) return null;
      counts.set(whose, own + 1);
      all += 1;
      let isOver = false;
      return () => {
        if (!isOver) end(whose);
        isOver = true;
      };
    },
  };
}
