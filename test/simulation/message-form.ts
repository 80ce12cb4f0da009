import type { CustomerCommand } from '../../protocol/commands.ts';
import type { CommandId, InteractionId, QueueId } from '../../protocol/ids.ts';
import { PROTOCOL } from '../../protocol/version.ts';
import type { Customer } from './customer-process.ts';
import type { World } from './world.ts';

/** So often a customer tries to get their message through. */
const TRIES = 20;

type Heard = {
  readonly type: string;
  readonly id?: string | null;
  readonly retryMs?: number | null;
  readonly interaction?: InteractionId | null;
};

/**
 * ROUTE-6: a page with nothing but the form to leave a message. It says hello, sends what was
 * written and goes when that is answered; when the network breaks, again under the same id.
 */
export function leaveMessage(world: World, customer: Customer, queue: QueueId): void {
  const { random, clock, network } = world;
  const id = random.id('m-') as CommandId;
  const insteadOfWaiting = random.chance(0.5);
  let command: CustomerCommand | null = null;
  let tries = 0;
  let answered = false;

  function attempt(): void {
    if (tries++ === TRIES) return;
    const wire = network.connect(
      {
        opened: () =>
          wire.send(
            JSON.stringify({
              ...{ type: 'hello', protocol: PROTOCOL, secret: customer.secret },
              ...{ site: 'sim', cursor: null },
            }),
          ),
        received: (text) => {
          world.heard(customer.principal, text);
          heard(JSON.parse(text) as Heard);
        },
        closed: () => {
          if (!answered) clock.at(clock.now() + random.between(500, 8_000), attempt);
        },
      },
      (down) => world.server()?.customerDoor(down) ?? null,
    );
    const send = () => wire.send(JSON.stringify({ type: 'command', id, command }));

    function heard(frame: Heard): void {
      if (frame.type === 'welcome') {
        /** The same words under the same id, whatever has happened meanwhile. */
        command ??= {
          type: 'leave-message',
          interaction: insteadOfWaiting ? (frame.interaction ?? null) : null,
          ...{ queue, language: 'en', email: 'me@customers.example', text: 'please write' },
        };
        send();
      } else if (frame.id === id && typeof frame.retryMs === 'number')
        clock.at(clock.now() + frame.retryMs, send);
      else if (frame.id === id) {
        answered = true;
        wire.close(1000);
      }
    }
  }
  attempt();
}
