import type { Desk } from './desk-process.ts';
import { bootServer } from './server-process.ts';
import type { World } from './world.ts';

/** A browser is killed, now and then for minutes; best the owner's of a conference (HAND-8). */
export function deskFails(world: World, desks: readonly Desk[]): void {
  const { random, checker, clock, counts } = world;
  const owners = checker
    .openInteractions()
    .flatMap(({ status, members }) =>
      status.name === 'active' && members.some(({ role }) => role === 'guest')
        ? [status.owner]
        : [],
    );
  const owner = random.chance(0.5) ? random.pick(owners) : undefined;
  const one = random.pick(desks) as Desk;
  const hit = owner === undefined ? [one] : desks.filter(({ agent }) => agent === owner);
  const long = random.chance(owner === undefined ? 0.1 : 0.6);
  if (long) counts.longAway++;
  for (const desk of hit) {
    if (!desk.isUp()) continue;
    counts.deskCrashes++;
    desk.crash();
    if (long) desk.stayAway(clock.now() + random.between(60_000, 400_000));
  }
}

/** kill -9, and a restart moments or minutes later. */
export async function serverFails(world: World): Promise<void> {
  const { random, clock } = world;
  world.counts.crashes++;
  world.server()?.kill();
  world.setServer(null);
  await clock.advance(random.chance(0.8) ? random.below(5_000) : random.below(150_000));
  await bootServer(world);
}

/** Longer than this is noticed at the next pulse, and nobody is blamed for what happened meanwhile. */
const STALL_MS = 1_000;
const PULSE_MS = 250;

/**
 * The server's process stands still: a moment, or long enough for every liveness to be over. Half
 * the time just before the first of those who ring is due.
 */
export async function serverStalls(world: World): Promise<void> {
  const { random, clock, checker } = world;
  const due = checker
    .openInteractions()
    .map(({ status }) => (status.name === 'offered' ? (status.answerBy ?? status.showBy) : 0))
    .filter((at) => at > clock.now());
  if (due.length > 0 && random.chance(0.5))
    await clock.advance(Math.max(0, Math.min(...due) - random.below(PULSE_MS) - clock.now()));
  const ms = random.chance(0.3) ? random.below(STALL_MS) : random.below(100_000);
  world.counts.stalls++;
  await world.server()?.stall(ms);
  if (ms > STALL_MS + PULSE_MS) world.awoke();
}
