import type { Ability } from '../../protocol/cards.ts';
import type { AgentPolicy } from '../agents/policy.ts';
import type { QueuePolicy } from '../interactions/policy.ts';
import { scriptOf } from './cards.ts';
import type { CentreFile } from './schema.ts';

type QueueEntry = CentreFile['queues'][number];
type AgentFileEntry = CentreFile['agents'][number];
type BotEntry = CentreFile['bots'][number];
type Settings = CentreFile['settings'];

const HOUR_MS = 3_600_000;

export const policyOf = (
  queue: QueueEntry,
  settings: Settings,
  bot: BotEntry | null,
): QueuePolicy => ({
  name: queue.name,
  channels: queue.channels,
  subject: queue.subject ?? '',
  priority: queue.priority,
  preferredMs: queue.preferredSeconds * 1000,
  preferredWithinMs: queue.preferredHours * HOUR_MS,
  overflow:
    queue.overflow === undefined
      ? null
      : { afterMs: queue.overflow.afterSeconds * 1000, queue: queue.overflow.queue },
  leaveMessage: queue.leaveMessage && queue.channels.includes('email'),
  pick: queue.pick,
  targetMs: queue.targetSeconds * 1000,
  answerMs: queue.answerSeconds * 1000,
  showMs: queue.showSeconds * 1000,
  onReject: queue.onReject,
  skipMs: queue.skipSeconds * 1000,
  rejectsInRow: queue.rejectsInRow,
  customerLeftMs: queue.customerLeftSeconds * 1000,
  transfer: queue.transfer ?? settings.transfer,
  requestMs: settings.requestSeconds * 1000,
  parkMs: queue.parkDays * 24 * HOUR_MS,
  wrapUpMs: queue.wrapUpSeconds * 1000,
  wrapUpMoreMs: queue.wrapUpMoreSeconds * 1000,
  wrapUpBlocks: queue.wrapUpBlocks,
  statusAfter: queue.statusAfter,
  senderWrapUpMs: queue.senderWrapUpSeconds * 1000,
  guestWrapUpMs: queue.guestWrapUpSeconds * 1000,
  dispositions: queue.dispositions.map(({ id }) => id),
  dispositionRequired: queue.dispositionRequired,
  resolvedRequired: queue.resolvedRequired,
  script: scriptOf(queue),
  workflow: queue.workflow,
  botMs: bot === null ? null : bot.limitSeconds * 1000,
  texts: {
    language: settings.language,
    waiting: queue.texts.waiting ?? null,
    greeting: queue.texts.greeting ?? null,
    farewell: queue.texts.farewell ?? null,
  },
});

const noLimits: AgentPolicy['limits'] = {
  chat: 0,
  voice: 0,
  email: 0,
  messaging: 0,
  'work-item': 0,
};

/** `agent` null: no longer in the file, so no room for anything. */
export function agentPolicyOf(agent: AgentFileEntry | null, settings: Settings): AgentPolicy {
  const limits = agent?.limits ?? noLimits;
  const { ringsAtOnce, pendingNotReady, voiceBlocks } = settings;
  const abilities: readonly Ability[] =
    agent === null ? [] : (agent.abilities ?? settings.abilities[agent.role]);
  return {
    limits,
    voiceBlocks,
    ringsAtOnce,
    pendingNotReady,
    abilities,
    teams: agent?.teams ?? [],
  };
}
