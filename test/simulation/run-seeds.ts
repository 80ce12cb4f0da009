import { simulate } from './simulate.ts';

/** `node run-seeds.ts FIRST COUNT [STEPS]`: runs seeds until one breaks a promise; prints sums or what broke. */
const [first = '1', count = '1', steps = '300'] = process.argv.slice(2);
const sums: Record<string, number> = {};
let broken: string | null = null;

for (let seed = Number(first); seed < Number(first) + Number(count); seed++) {
  try {
    const outcome = await simulate(seed, Number(steps));
    for (const [name, n] of Object.entries(outcome)) sums[name] = (sums[name] ?? 0) + n;
  } catch (error) {
    broken = error instanceof Error ? error.message : String(error);
    if (process.env.TRACE !== undefined && error instanceof Error)
      process.stderr.write(`${(error.cause as Error)?.stack}\n`);
    break;
  }
}
process.stdout.write(`${JSON.stringify(broken === null ? { sums } : { broken })}\n`);
process.exitCode = broken === null ? 0 : 1;
