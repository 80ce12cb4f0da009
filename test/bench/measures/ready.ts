import type { Bench } from '../bench.ts';

const MILLION = 1_000_000;
const ROUNDS = 3;

/** From the start of the process until it takes connections, with nothing and with much stored. */
export async function measureReady(bench: Bench): Promise<void> {
  const messages = bench.options.quick ? MILLION / 10 : MILLION;
  for (const [figure, stored] of [
    ['ready-empty', 0],
    ['ready-million', messages],
  ] as const)
    await bench.withDeskside({ agents: 10, messages: stored }, async (subject) => {
      for (let round = 0; round < ROUNDS; round++) {
        const readyMs = round === 0 ? await subject.start() : (await subject.resume(0)).readyMs;
        bench.results.add(figure, 'c', readyMs);
        await subject.kill();
      }
    });
}
