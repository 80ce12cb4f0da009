import type { CustomerCommand } from '../../protocol/commands.ts';
import type { CustomerId } from '../../protocol/ids.ts';
import { type Fact, fact } from './facts.ts';
import type { QueuePolicy } from './policy.ts';

/** A new interaction: started, and at once waiting in its queue, or with the queue's bot (CHAT-11). */
export function start(
  command: Extract<CustomerCommand, { type: 'start' }>,
  customer: CustomerId,
  policy: QueuePolicy,
  now: number,
): readonly Fact[] {
  const { type: _, queue, language, ...fields } = command;
  const content: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined && value.trim() !== '') content[name] = value;
  return [
    fact({ type: 'started', channel: 'chat', customer, queue, language }, content),
    policy.botMs === null
      ? fact({
          type: 'queued',
          queue,
          priority: policy.priority,
          enqueuedAt: now,
          reason: 'started',
          skipped: [],
          preferred: null,
        })
      : fact({ type: 'bot-started', until: now + policy.botMs }),
  ];
}
