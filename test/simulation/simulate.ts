import type { AgentCommand } from '../../protocol/commands.ts';
import type { CommitmentId, InteractionId, QueueId } from '../../protocol/ids.ts';
import type { InteractionState } from '../../server/interactions/state.ts';
import { statusCommand } from '../channels.ts';
import { Broken, must } from './checker.ts';
import { colleagueActs } from './colleagues.ts';
import { checkCustomer, checkDesk, checkQuietCustomer, checkQuietDesk } from './copies.ts';
import { type Customer, createCustomer } from './customer-process.ts';
import { createDesk, type Desk } from './desk-process.ts';
import { bootServer } from './server-process.ts';
import { AGENTS, createWorld, QUEUES, type World } from './world.ts';

export type Outcome = World['counts'] &
  World['checker']['counts'] & { readonly cut: number; readonly reconnected: number };

const QUIET_MS = 90_000;
/** Longer than every deadline of the rules that can follow another. */
const LONG_MS = 900_000;

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
  if (dice < 0.95) return deskFails(world, random.pick(desks) as Desk);
  if (dice < 0.97) return world.server()?.failCommits(1 + random.below(3));
  if (dice < 0.985) {
    world.weather.delayMs = random.pick([0, 20, 200, 1_500, 4_000]) as number;
    return;
  }
  return serverFails(world);
}

function customerActs({ random }: World, customer: Customer): void {
  const dice = random.next();
  if (customer.tabs().length === 0 || dice < 0.08) customer.openTab();
  else if (dice < 0.25) customer.start(random.pick(QUEUES) as QueueId);
  else if (dice < 0.82) customer.post();
  else if (dice < 0.88) customer.leave();
  else customer.closeTab(random.chance(0.5));
}

async function agentActs(world: World, desk: Desk): Promise<void> {
  const { random } = world;
  if (!desk.hasSignedIn() || desk.state() === 'signed-out') {
    if (!random.chance(0.15)) return;
    desk.signIn();
    desk.boot();
    return;
  }
  if (!desk.isUp()) return void (random.chance(0.5) && desk.boot());
  if (desk.state() === 'open-elsewhere') return random.chance(0.1) ? desk.takeBack() : undefined;
  const offer = random.pick(desk.offers());
  if (offer !== undefined && random.chance(0.6)) {
    desk.ask({
      type: random.chance(0.8) ? 'accept' : 'reject',
      ...{ interaction: offer.interaction, offer: offer.offer },
    });
    return;
  }
  if (random.chance(0.6) && colleagueActs(world, desk)) return;
  const waiting = random.chance(0.03) ? random.pick(waitingOnes(world)) : undefined;
  if (waiting !== undefined) return desk.ask({ type: 'pick', interaction: waiting });
  const interaction = random.pick(desk.open());
  const dice = random.next();
  const closed = random.pick(desk.closed());
  if (closed !== undefined && dice > 0.98) return void desk.ask(markDone(world, closed));
  if (interaction !== undefined && dice < 0.7) {
    onInteraction(world, desk, interaction);
    return;
  }
  if (dice < 0.9) desk.ask(statusCommand('ready'));
  else if (dice < 0.94) desk.ask(statusCommand('not-ready', 'lunch'));
  else if (dice < 0.96) desk.ask({ type: 'set-do-not-disturb', on: random.chance(0.3) });
  else if (dice < 0.98) desk.ask({ type: 'idle-set', idle: random.chance(0.4) });
  else desk.setShowing(random.chance(0.5));
}

/** As an agent sees them who asks who waits; by the time they pick, it may be otherwise. */
const waitingOnes = ({ checker }: World) =>
  checker.openInteractions().flatMap(({ id, status }) => (status.name === 'queued' ? [id] : []));

/** What an agent does with something that they hold, as the server knows it. */
function onInteraction({ random, checker, clock }: World, desk: Desk, interaction: InteractionId) {
  const dice = random.next();
  const state = checker.interaction(interaction);
  if (state?.status.name === 'parked')
    return desk.ask(
      dice < 0.3 ? { type: 'unpark', interaction } : { type: 'add-note', interaction, text: 'hm' },
    );
  if (desk.wrappingUp(interaction)) {
    if (dice < 0.15)
      return desk.ask({ type: 'extend-wrap-up', interaction, to: dice < 0.1 ? 'more' : 'open' });
    return desk.ask(markDone({ random, checker }, interaction));
  }
  if (dice < 0.15) return desk.ask({ type: 'end', interaction });
  if (dice < 0.25) return desk.ask({ type: 'park', interaction, forMs: 300_000 });
  if (dice < 0.3) return desk.ask({ type: 'add-note', interaction, text: 'between us' });
  if (dice < 0.35)
    return desk.ask({
      ...{ type: 'make-commitment', commitment: random.id('k-') as CommitmentId },
      ...{ about: interaction, due: clock.now() + random.below(100_000), channel: 'chat' },
      ...{ note: 'call', contact: '' },
    });
  return desk.ask({ type: 'post', interaction, text: `${desk.name} says ${desk.next()}` });
}

/** As complete as the queue asks; half of what delivery has done goes on as work. */
function markDone(
  { random, checker }: Pick<World, 'random' | 'checker'>,
  interaction: InteractionId,
): AgentCommand {
  const hasWorkflow = checker.interaction(interaction)?.queue === 'delivery';
  const next = random.chance(0.5) ? 'stop' : ('billing' as QueueId);
  return {
    ...{ type: 'mark-done', interaction, dispositions: ['paid'], note: 'fine' },
    ...{ resolved: null, answers: {}, tags: null, data: {}, sendTranscript: false },
    workflow: hasWorkflow ? next : null,
  };
}

function deskFails(world: World, desk: Desk): void {
  if (!desk.isUp()) return;
  world.counts.deskCrashes++;
  desk.crash();
}

/** kill -9, and a restart moments or minutes later. */
async function serverFails(world: World): Promise<void> {
  const { random, clock } = world;
  world.counts.crashes++;
  world.server()?.kill();
  world.setServer(null);
  await clock.advance(random.chance(0.8) ? random.below(5_000) : random.below(150_000));
  await bootServer(world);
}

/** Good weather, everybody is there: every copy equals the server's (I9). */
async function quiet(
  world: World,
  desks: readonly Desk[],
  customers: readonly Customer[],
): Promise<void> {
  const { weather, clock, checker } = world;
  Object.assign(weather, { delayMs: 5, loss: 0, twice: 0 });
  world.server()?.failCommits(0);
  await clock.advance(500);
  if (world.isPowerGone()) await serverFails(world);
  for (const desk of desks) if (desk.hasSignedIn()) desk.boot();
  await clock.advance(2_000);
  /** The crash came before the sign-in was on the disk: a person signs in again. */
  for (const desk of desks) if (desk.state() === 'signed-out') desk.signIn();
  for (const desk of desks) desk.setShowing(true);
  await clock.advance(QUIET_MS);
  checker.look();
  for (const desk of desks) {
    checkDesk(checker, desk);
    if (desk.state() !== 'live') continue;
    checkQuietDesk(checker, desk);
    const known = desk.setUp();
    const now = world.setUp.live.centre.name;
    must(known === now, `I9: desk ${desk.name} knows the set-up ${known}, in force is ${now}`);
  }
  for (const agent of AGENTS)
    must(
      desks.some((one) => one.agent === agent && one.state() === 'live'),
      `I9: no live desk of ${agent}: ${desks.map((one) => `${one.name} ${one.state()}`).join()}, the server says ${JSON.stringify(checker.agent(world.agentId(agent)))}; ${world.troubles.slice(-3).join()}`,
    );
  for (const agent of AGENTS) {
    const lost = world.unanswered(world.agentId(agent));
    must(
      lost.length === 0 ||
        desks.some((one) => one.agent === agent && one.state() === 'open-elsewhere'),
      `TRUST-1: never answered: ${lost.join()}`,
    );
  }
  for (const customer of customers) checkQuietCustomer(checker, customer);
}

/** I6, I10: everybody leaves; a quarter of an hour later nothing is open and nothing is left in memory. */
async function longAfter(
  world: World,
  desks: readonly Desk[],
  customers: readonly Customer[],
): Promise<void> {
  const { clock, checker, random } = world;
  /** Half the time the server goes with them, and comes back to an empty house. */
  const together = random.chance(0.5);
  if (together) {
    world.server()?.kill();
    world.setServer(null);
  }
  for (const desk of desks) if (desk.isUp()) desk.crash();
  for (const customer of customers) while (customer.tabs().length > 0) customer.closeTab(true);
  if (together) await bootServer(world);
  await clock.advance(LONG_MS);
  checker.look();
  /** END-4: work waits without its customer, for as long as it takes. */
  const isWork = (one: InteractionState) => one.placedAt !== null && one.status.name === 'queued';
  const left = checker.openInteractions();
  const open = left
    .filter((one) => !isWork(one))
    .map((one) => `${one.id} ${one.status.name} ${JSON.stringify(one.presence)}`);
  must(
    open.length === 0,
    `I6: still open at ${clock.now()}: ${open.join(', ')} ${world.troubles.slice(-3).join()}`,
  );
  if (!left.some(isWork)) world.server()?.mustBeEmpty();
}
