import { type InteractionState, isLive } from '../../server/interactions/state.ts';
import { must } from './broken.ts';
import { checkDesk, checkQuietCustomer, checkQuietDesk } from './copies.ts';
import type { Customer } from './customer-process.ts';
import type { Desk } from './desk-process.ts';
import { killServer, serverFails } from './faults.ts';
import { bootServer } from './server-process.ts';
import { AGENTS, type World } from './world.ts';

const QUIET_MS = 90_000;
/** Longer than every deadline of the rules that can follow another. */
const LONG_MS = 900_000;

/** Good weather, everybody is there: every copy equals the server's (I9). */
export async function quiet(
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
export async function longAfter(
  world: World,
  desks: readonly Desk[],
  customers: readonly Customer[],
): Promise<void> {
  const { clock, checker, random } = world;
  /** Half the time the server goes with them, and comes back to an empty house. */
  const together = random.chance(0.5);
  if (together) killServer(world);
  for (const desk of desks) if (desk.isUp()) desk.crash();
  for (const customer of customers) while (customer.tabs().length > 0) customer.closeTab(true);
  if (together) await bootServer(world);
  await clock.advance(LONG_MS);
  checker.look();
  /** END-4, ROUTE-6: work and left messages wait without their customers, for as long as it takes. */
  const isPatient = (one: InteractionState) => !isLive(one) && one.status.name === 'queued';
  const left = checker.openInteractions();
  const open = left
    .filter((one) => !isPatient(one))
    .map((one) => `${one.id} ${one.status.name} ${JSON.stringify(one.presence)}`);
  must(
    open.length === 0,
    `I6: still open at ${world.time()}: ${open.join(', ')} ${world.troubles.slice(-3).join()}`,
  );
  world.server()?.mustBeEmpty(left.length);
}
