import type { QueueDoor } from '../../protocol/frames.ts';
import type { QueueId } from '../../protocol/ids.ts';
import type { Bus } from '../bus/contract.ts';
import type { Clock } from '../clock.ts';
import type { QueuePolicy } from '../interactions/policy.ts';
import type { AgentsIndex, RoutingSetup } from './agents-index.ts';

/** Soon enough for somebody who reads the form; few enough for a thousand queues. */
const ROUND_MS = 2_500;

/** ROUTE-6: what customers may hope for in each queue; tells it when it changes. Ephemeral. */
export function createQueueDoors(deps: {
  readonly clock: Clock;
  readonly bus: Pick<Bus, 'tell'>;
  readonly setup: RoutingSetup;
  readonly agents: Pick<AgentsIndex, 'isStaffed'>;
  readonly policy: (queue: QueueId) => Pick<QueuePolicy, 'leaveMessage'> | null;
}) {
  const { clock, bus, setup, agents, policy } = deps;
  const told = new Map<QueueId, string>();

  function door(queue: QueueId): QueueDoor {
    const isOpen = setup.opening(queue, clock.now()).open;
    const step = Math.max(0, (setup.queue(queue)?.steps.length ?? 1) - 1);
    const isStaffed = agents.isStaffed({ queue, channel: 'chat', step, target: null });
    const state = !isOpen ? 'closed' : isStaffed ? 'open' : 'unstaffed';
    return { queue, state, canLeaveMessage: policy(queue)?.leaveMessage ?? false };
  }

  function round(): void {
    const queues: QueueDoor[] = [];
    for (const id of setup.queues()) {
      const now = door(id);
      const text = `${now.state} ${now.canLeaveMessage}`;
      if (told.get(id) !== text) queues.push(now);
      told.set(id, text);
    }
    if (queues.length > 0) bus.tell({ type: 'queues', queues });
    clock.at(clock.now() + ROUND_MS, round);
  }

  return { door, start: round };
}
