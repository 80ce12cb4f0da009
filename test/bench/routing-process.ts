import { drain } from './routing-drain.ts';

export type RoutingSize = { readonly agents: number; readonly waiting: number };

/** In milliseconds of CPU of the main thread. */
export type RoutingFigures = {
  /** One decision. */
  readonly cost: number;
  /** Turns of the event loop. */
  readonly turnP99: number;
  readonly turnMax: number;
  /** The longest without what V8 took to collect garbage in it. */
  readonly turnMaxOwn: number;
};

/**
 * `node routing-process.ts SIZE…`, each `AGENTS,WAITING`: the router drains houses of these sizes,
 * one after the other, in a process of its own with the options that `npm start` gives to Node.
 * The parent is sent a list of figures.
 */
const sizes = process.argv.slice(2).map((size): RoutingSize => {
  const [agents = 0, waiting = 0] = size.split(',').map(Number);
  return { agents, waiting };
});
/** Compiled and warm. */
await drain(200, 4_000);
const figures: RoutingFigures[] = [];
for (const { agents, waiting } of sizes) {
  const { cost, turns, longestOwnMs } = await drain(agents, waiting);
  const [turnP99, turnMax] = [turns.percentile(99), turns.max()];
  figures.push({ cost, turnP99, turnMax, turnMaxOwn: longestOwnMs });
}
process.send?.(figures, () => process.disconnect());
