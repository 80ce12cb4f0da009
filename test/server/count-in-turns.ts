import type { Clock } from '../../server/clock.ts';

/** The clock, and how much `count` grew in each turn that was asked for by `soon`. */
export function countInTurns<C extends Clock>(clock: C, count: () => number) {
  const turns: number[] = [];
  const soon: Clock['soon'] = (what) =>
    clock.soon(() => {
      const before = count();
      what();
      turns.push(count() - before);
    });
  return { clock: { ...clock, soon }, turns };
}
