import type { QueueId } from '../../protocol/ids.ts';
import { longAfter, quiet } from './afterwards.ts';
import { agentActs } from './agents-act.ts';
import { Broken } from './broken.ts';
import { checkCustomer, checkDesk } from './copies.ts';
import { type Customer, createCustomer } from './customer-process.ts';
import { createDesk, type Desk } from './desk-process.ts';
import { clockJumps, deskFails, serverFails, serverStalls } from './faults.ts';
import { leaveMessage } from './message-form.ts';
import { bootServer } from './server-process.ts';
import { AGENTS, createWorld, QUEUES, type World } from './world.ts';

export type Outcome = World['counts'] &
  World['checker']['counts'] & { readonly cut: number; readonly reconnected: number };

/**
 * A whole life of one small centre from a seed: desks, customers and the server as shipped; only
 * clock, network, disks and ids are ours. Throws Broken with the seed and the step when a promise
 * of docs/architecture.md doesn't hold.
 */
export async function simulate(seed: number, steps: number): Promise<Outcome> {
  const world = createWorld(seed);
  const { clock, checker } = world;
  /** The last desk is a second profile of the first agent (STATE-11). */
  const desks = [...AGENTS, AGENTS[0]].map((name, n) =>
    createDesk(world, world.agentId(name), `${name}${n}`),
  );
  const customers = Array.from({ length: 5 }, (_, n) => createCustomer(world, `customer${n}`));
  let step = 0;
  try {
    await bootServer(world);
    for (const desk of desks.slice(0, AGENTS.length)) {
      desk.signIn();
      desk.boot();
    }
    for (; step < steps; step++) {
      if (world.isPowerGone()) await serverFails(world);
      else await act(world, desks, customers);
      await clock.advance(pause(world));
      checker.look();
      world.checkTime();
      if (step % 10 !== 0) continue;
      for (const desk of desks) checkDesk(checker, desk);
      for (const customer of customers) checkCustomer(checker, customer);
    }
    await quiet(world, desks, customers);
    await longAfter(world, desks, customers);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw Object.assign(new Broken(`seed ${seed}, step ${step}: ${what}`), { cause: error });
  }
  return {
    ...world.counts,
    ...checker.counts,
    cut: world.network.counts.cut,
    reconnected: world.counts.welcomed,
  };
}

/** Mostly moments, sometimes a minute: longer than every timer of the rules now and then. */
function pause({ random }: World): number {
  if (random.chance(0.75)) return random.below(400);
  if (random.chance(0.8)) return random.below(8_000);
  return random.chance(0.9) ? random.below(60_000) : random.below(700_000);
}

async function act(
  world: World,
  desks: readonly Desk[],
  customers: readonly Customer[],
): Promise<void> {
  const { random, network } = world;
  if (random.chance(0.02)) {
    world.counts.reloads++;
    return world.setUp.change();
  }
  const dice = random.next();
  if (dice < 0.4) return customerActs(world, random.pick(customers) as Customer);
  if (dice < 0.87) return agentActs(world, random.pick(desks) as Desk);
  if (dice < 0.93) return network.cutOne();
  if (dice < 0.95) return deskFails(world, desks);
  if (dice < 0.97) return world.server()?.failCommits(1 + random.below(3));
  if (dice < 0.985) {
    world.weather.delayMs = random.pick([0, 20, 200, 1_500, 4_000]) as number;
    return;
  }
  if (dice < 0.989) return clockJumps(world);
  return dice < 0.994 ? serverFails(world) : serverStalls(world);
}

function customerActs(world: World, customer: Customer): void {
  const { random } = world;
  const dice = random.next();
  if (customer.tabs().length === 0 || dice < 0.08) customer.openTab();
  else if (dice < 0.25) customer.start(random.pick(QUEUES) as QueueId);
  else if (dice < 0.82) customer.post();
  else if (dice < 0.87) customer.leave();
  else if (dice < 0.91) leaveMessage(world, customer, random.pick(QUEUES) as QueueId);
  else customer.closeTab(random.chance(0.5));
}
