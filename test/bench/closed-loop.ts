import { comesTrue, pause } from './deadline.ts';
import type { Ledger, Recording } from './ledger.ts';
import type { Subject } from './subject.ts';

/**
 * A customer may send 20 commands a second (`protocol/limits.ts`); a text and its reply take twice
 * this, the same for every subject.
 */
const THINK_MS = 26;
const ANSWER_MS = 10_000;

/** One conversation, text and reply by turns, each only after the one before has arrived. */
export async function closedLoop(
  subject: Subject,
  ledger: Ledger,
  seconds: number,
): Promise<Recording> {
  const recording = ledger.record();
  const end = performance.now() + seconds * 1000;
  const arrived = () => ledger.unacked() === 0 && ledger.undelivered() === 0;
  for (let turn = 0; performance.now() < end; turn++) {
    subject.post(0, turn % 2 === 0 ? 'customer' : 'agent', ledger.enter(performance.now()));
    if (!(await comesTrue(ANSWER_MS, arrived))) throw new Error('a message did not arrive');
    await pause(THINK_MS);
  }
  ledger.check();
  return recording;
}
