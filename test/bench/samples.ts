/** Many numbers, kept as cheaply as they come in: the load generator must not be what is measured. */
export type Samples = {
  readonly add: (value: number) => void;
  readonly count: () => number;
  /** The value below which `percent` of the samples lie; NaN for none. */
  readonly percentile: (percent: number) => number;
  readonly max: () => number;
};

export function createSamples(): Samples {
  let values = new Float64Array(4096);
  let count = 0;
  let sorted = 0;
  const inOrder = () => {
    const taken = values.subarray(0, count);
    if (sorted !== count) taken.sort();
    sorted = count;
    return taken;
  };
  return {
    add(value) {
      if (count === values.length) {
        const larger = new Float64Array(values.length * 2);
        larger.set(values);
        values = larger;
      }
      values[count] = value;
      count += 1;
      sorted = -1;
    },
    count: () => count,
    percentile: (percent) => percentileOf(inOrder(), percent),
    max: () => (count === 0 ? Number.NaN : (inOrder()[count - 1] as number)),
  };
}

/** One figure over all rounds. */
export type Spread = { readonly median: number; readonly min: number; readonly max: number };

export function spread(values: readonly number[]): Spread {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  const median =
    sorted.length % 2 === 1
      ? (sorted[middle] as number)
      : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
  return { median, min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN };
}

function percentileOf(sorted: Float64Array, percent: number): number {
  if (sorted.length === 0) return Number.NaN;
  const index = Math.ceil((percent / 100) * sorted.length) - 1;
  return sorted[Math.max(0, index)] as number;
}
