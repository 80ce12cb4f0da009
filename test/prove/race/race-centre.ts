import type { QueueId } from '../../../protocol/ids.ts';
import { agentId, SITE } from '../../bench/bench-centre.ts';

export const RACE_QUEUES: readonly [QueueId, QueueId] = ['left' as QueueId, 'right' as QueueId];
export const CHATS = 4;
export const RINGS = 3;

/** Every time is as short as the centre's file allows. */
export const raceCentre = (agents: number) => ({
  name: 'Race',
  agents: Array.from({ length: agents }, (_, n) => ({
    id: agentId(n),
    name: `Agent ${n}`,
    email: `${agentId(n)}@race.example`,
    limits: { chat: CHATS },
  })),
  queues: RACE_QUEUES.map((id) => ({
    ...{ id, name: id, answerSeconds: 15, showSeconds: 1, preferredSeconds: 0, skipSeconds: 1 },
    ...{ wrapUpSeconds: 10, guestWrapUpSeconds: 10, senderWrapUpSeconds: 10 },
  })),
  sites: [{ id: SITE, name: 'Race', origins: ['self'] }],
  settings: { ringsAtOnce: RINGS, requestSeconds: 15 },
});
