const TICK_MS = 25;

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));

/** After how many milliseconds it was so; null: not in time. */
export async function within(
  ms: number,
  isSo: () => boolean | Promise<boolean>,
  meanwhile: (ms: number) => Promise<void> = pause,
): Promise<number | null> {
  const since = performance.now();
  while (!(await isSo())) {
    if (performance.now() - since > ms) return null;
    await meanwhile(TICK_MS);
  }
  return performance.now() - since;
}
