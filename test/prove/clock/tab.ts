import { randomBytes } from 'node:crypto';
import type { CustomerCommand } from '../../../protocol/commands.ts';
import type { InteractionId, QueueId } from '../../../protocol/ids.ts';
import { PROTOCOL } from '../../../protocol/version.ts';
import { SITE } from '../../bench/bench-centre.ts';
import { createOutbox } from '../race/outbox.ts';
import { raceSocket } from '../race/socket.ts';

/** A customer's tab that starts at this queue (null: only looks), and hears what server time it is. */
export function clockTab(url: string, queue: QueueId | null, time: (now: number) => void) {
  const secret = randomBytes(32).toString('base64url');
  let interaction: string | null = null;
  const outbox = createOutbox<CustomerCommand>((frame) => socket.send(frame));
  const socket = raceSocket(`${url.replace('http', 'ws')}/customer`, url, {
    opened: () =>
      socket.send({ type: 'hello', protocol: PROTOCOL, secret, site: SITE, cursor: null }),
    heard: (frame) => {
      if (frame.type === 'welcome' && queue !== null)
        outbox.ask({ type: 'start', queue, language: 'en' });
      if (frame.type === 'welcome' || frame.type === 'heartbeat') time(Number(frame.now));
      if (frame.type === 'ack') {
        interaction = String(frame.stream).slice('interaction:'.length);
        outbox.answered(frame);
      }
      if (frame.type === 'batch') socket.send({ type: 'got', batch: frame.batch });
    },
    closed: () => {},
  });
  return {
    interaction: () => interaction,
    leave(): void {
      if (interaction !== null)
        outbox.ask({ type: 'leave', interaction: interaction as InteractionId });
    },
    cut: socket.cut,
  };
}
