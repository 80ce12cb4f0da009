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

/** kill -9, and a restart moments, minutes or hours later. */
export async function serverFails(world: World): Promise<void> {
  const { random, clock, counts } = world;
  counts.crashes++;
  killServer(world);
  const dice = random.next();
  if (dice > 0.97) counts.longOutages++;
  await clock.advance(
    dice < 0.8
      ? random.below(5_000)
      : dice <= 0.97
        ? random.below(150_000)
        : random.between(10 * MINUTE_MS, 60 * MINUTE_MS),
  );
  await bootServer(world);
}

/** What it has stored is judged by what was so while it ran. */
export function killServer(world: World): void {
  world.server()?.kill();
  world.checker.look();
  world.setServer(null);
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The clock of the server's machine is set, by up to an hour. */
export function clockJumps({ random, jump }: World): void {
  const ms = random.chance(0.5) ? HOUR_MS : random.below(HOUR_MS);
  jump(random.chance(0.5) ? ms : -ms);
}

/** Longer than this is noticed at the next pulse, and nobody is blamed for what happened meanwhile. */
const STALL_MS = 1_000;
const PULSE_MS = 250;

/**
 * The server's process stands still: a moment, or long enough for every liveness to be over. Half
 * the time just before the first of those who ring is due.
 */
export async function serverStalls(world: World): Promise<void> {
  const { random, clock, checker, time } = world;
  const due = checker
    .openInteractions()
    .map(({ status }) => (status.name === 'offered' ? (status.answerBy ?? status.showBy) : 0))
    .filter((at) => at > time());
  if (due.length > 0 && random.chance(0.5))
    await clock.advance(Math.max(0, Math.min(...due) - random.below(PULSE_MS) - time()));
  const ms = random.chance(0.3) ? random.below(STALL_MS) : random.below(100_000);
  world.counts.stalls++;
  await world.server()?.stall(ms);
  if (ms > STALL_MS + PULSE_MS) world.awoke();
}
