import type { Bench } from '../bench.ts';
import { comesTrue, pause } from '../deadline.ts';
import type { Ledger } from '../ledger.ts';
import { PAIRS_PER_AGENT, type Subject, type SubjectName } from '../subject.ts';

/** With an agent's socket for each twelve that is 2,000 clients. */
const PAIRS = 1846;
/** Opened before the first look, so that what a server needs for its first client isn't counted. */
const PAIRS_BEFORE = 10 * PAIRS_PER_AGENT;
const WAVES = 10;
const MISSED = 5;
const SETTLE_MS = 1500;
const WAVE_MS = 30_000;

/** Memory per connection, and how soon all are back after the server was killed. */
export async function measureConnections(bench: Bench, name: SubjectName): Promise<void> {
  const pairs = bench.options.quick ? 300 : PAIRS;
  await bench.withSubject(name, async (subject, ledger) => {
    await subject.start();
    await subject.open(PAIRS_BEFORE);
    const few = { clients: subject.clients(), rss: await memory(subject) };
    await subject.open(pairs - PAIRS_BEFORE);
    const perClient = (rss: number) => (rss - few.rss) / 1024 / (subject.clients() - few.clients);
    const idle = perClient(await memory(subject));
    await subject.talk();
    const talking = perClient(await memory(subject));

    for (let wave = 0; wave < WAVES; wave++) await everybodySpeaks(subject, ledger, pairs, wave);
    await subject.kill();
    const { readyMs, caughtUpMs } = await subject.resume(MISSED);
    // They are really back: messages flow both ways.
    for (const wave of [0, 1]) await everybodySpeaks(subject, ledger, pairs, wave);

    const { add } = bench.results;
    add('idle-connection', name, idle);
    add('talking-connection', name, talking);
    add('restart-ready', name, readyMs);
    add('catch-up', name, caughtUpMs);
    bench.say(
      `${name}: ${subject.clients()} clients, ${idle.toFixed(1)} KiB each, talking ${talking.toFixed(1)} KiB; ` +
        `ready again in ${readyMs.toFixed(0)} ms, all caught up ${caughtUpMs.toFixed(0)} ms later`,
    );
  });
}

async function memory(subject: Subject): Promise<number> {
  await pause(SETTLE_MS);
  return (await subject.figures(true)).rssBytes;
}

/** One message of each pair, the sides by turns from wave to wave. */
async function everybodySpeaks(
  subject: Subject,
  ledger: Ledger,
  pairs: number,
  wave: number,
): Promise<void> {
  const recording = ledger.record();
  const side = wave % 2 === 0 ? 'customer' : 'agent';
  for (let pair = 0; pair < pairs; pair++)
    subject.post(pair, side, ledger.enter(performance.now()));
  const arrived = () => ledger.unacked() === 0 && ledger.undelivered() === 0;
  if (!(await comesTrue(WAVE_MS, arrived)) || recording.refusals.size > 0)
    throw new Error(`${subject.name}: a wave of ${pairs} messages did not arrive`);
  ledger.check();
}
