/** Long for a browser on a busy machine; what holds is seen within 50 ms. */
export const PATIENCE_MS = 15_000;
const EVERY_MS = 50;

/** Asks again and again until there is an answer that is neither null nor false. */
export async function until<T>(
  what: string,
  ask: () => T | null | false | Promise<T | null | false>,
): Promise<T> {
  const late = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== false) return answer;
    if (Date.now() > late) throw new Error(`waited for ${what} in vain`);
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}
