import type { QueueId } from '../../protocol/ids.ts';
import { type Bot, BotFailed } from '../../server/bot/contract.ts';
import { makeBot } from '../../server/bot/make-bot.ts';
import type { BotSetup } from '../../server/bot/setup.ts';
import type { Clock } from '../../server/clock.ts';
import type { Random } from './random.ts';

/** The embedded bot as shipped; in place of one behind HTTP, one that is quick, slow or broken. */
export const simulatedBot =
  (random: Random, clock: Pick<Clock, 'now' | 'at'>) =>
  (setup: BotSetup): Bot =>
    setup.kind === 'questions' ? makeBot(setup) : { answer: answerOf(random, clock, setup) };

const answerOf =
  (
    random: Random,
    clock: Pick<Clock, 'now' | 'at'>,
    { timeoutSeconds }: Extract<BotSetup, { kind: 'http' }>,
  ): Bot['answer'] =>
  ({ message }, signal) =>
    new Promise((resolve, reject) => {
      const dice = random.next();
      const isSlow = dice < 0.05;
      const ms = isSlow ? timeoutSeconds * 1_000 : random.below(2_000);
      clock.at(clock.now() + ms, () => {
        if (signal.aborted) reject(new BotFailed('nobody waits for it'));
        else if (isSlow) reject(new BotFailed('too slow', 'time-out'));
        else if (dice < 0.1) reject(new BotFailed('broken'));
        else
          resolve({
            says: [{ text: `You said ${message ?? 'nothing'}`, buttons: [] }],
            data: dice < 0.5 ? { said: message ?? '' } : {},
            handOver:
              dice > 0.8
                ? { note: 'they ask for somebody', queue: dice > 0.9 ? BILLING : null }
                : null,
          });
      });
    });

const BILLING = 'billing' as QueueId;
