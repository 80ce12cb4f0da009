import { randomBytes } from 'node:crypto';
import type { CustomerCommand } from '../../../protocol/commands.ts';
import type { InteractionId } from '../../../protocol/ids.ts';
import { PROTOCOL } from '../../../protocol/version.ts';
import { SITE } from '../../bench/bench-centre.ts';
import type { Random } from '../../simulation/random.ts';
import { createOutbox } from './outbox.ts';
import { RACE_QUEUES } from './race-centre.ts';
import { type RaceSocket, raceSocket } from './socket.ts';

type Part = { readonly interaction: string; readonly upTo: number; readonly events: Event[] };
type Event = { readonly event: { readonly type: string } };

/** A customer who comes again as soon as they were served. */
export function raceCustomer(url: string, random: Random) {
  const secret = randomBytes(32).toString('base64url');
  const over = new Set<string>();
  const counts = { left: 0, cuts: 0, served: 0 };
  let interaction: string | null = null;
  let seq = 0;
  let socket: RaceSocket | null = null;
  let isWelcome = false;
  let stopped = false;
  let left: string | null = null;
  const outbox = createOutbox<CustomerCommand>((frame) => {
    if (isWelcome) socket?.send(frame);
  });

  function open(): void {
    if (stopped) return;
    isWelcome = false;
    const cursor = interaction === null ? null : { interaction, seq };
    socket = raceSocket(`${url.replace('http', 'ws')}/customer`, url, {
      opened: () => socket?.send({ type: 'hello', protocol: PROTOCOL, secret, site: SITE, cursor }),
      heard: (frame) => {
        if (frame.type === 'welcome') {
          isWelcome = true;
          outbox.again();
        } else if (frame.type === 'batch') {
          for (const part of frame.parts as readonly Part[]) take(part);
          socket?.send({ type: 'got', batch: frame.batch });
        } else if (frame.type === 'ack' || frame.type === 'refused') outbox.answered(frame);
      },
      closed: () => void setTimeout(open, random.between(20, 400)),
    });
  }

  function take(part: Part): void {
    if (over.has(part.interaction)) return;
    interaction = part.interaction;
    seq = part.upTo;
    if (!part.events.some(({ event }) => event.type === 'ended' || event.type === 'abandoned'))
      return;
    over.add(part.interaction);
    counts.served++;
    interaction = null;
    seq = 0;
  }

  function tick(draining: boolean): void {
    if (outbox.size() > 0 || !isWelcome) return;
    if (interaction === null) {
      if (!draining && random.chance(0.3))
        outbox.ask({
          type: 'start',
          queue: random.pick(RACE_QUEUES) ?? RACE_QUEUES[0],
          language: 'en',
        });
    } else if (draining) return;
    else if (random.chance(0.02))
      outbox.ask({ type: 'post', interaction: interaction as InteractionId, text: 'Hello?' });
    else if (left !== interaction && random.chance(0.002)) {
      left = interaction;
      counts.left++;
      outbox.ask({ type: 'leave', interaction: interaction as InteractionId });
    } else if (random.chance(0.001)) {
      counts.cuts++;
      socket?.cut();
    }
  }

  open();
  return {
    tick,
    counts,
    outbox,
    isServed: () => interaction === null && outbox.size() === 0,
    close: () => {
      stopped = true;
      socket?.cut();
    },
  };
}
