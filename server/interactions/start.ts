import type { CustomerCommand } from '../../protocol/commands.ts';
import type { Content } from '../../protocol/parts.ts';
import { waitingText } from './automatic.ts';
import type { Actor } from './command.ts';
import { type Fact, fact } from './facts.ts';
import type { QueuePolicy } from './policy.ts';
import { type LastOwner, preferredOf } from './preferred.ts';

export type Customer = Extract<Actor, { readonly kind: 'customer' }>;

/** A new interaction: started, and at once waiting in its queue, or with the queue's bot (CHAT-11). */
export function start(
  command: Extract<CustomerCommand, { type: 'start' }>,
  { id: customer, site }: Customer,
  policy: QueuePolicy,
  last: LastOwner | null,
  now: number,
): readonly Fact[] {
  const { queue, language } = command;
  const started = fact(
    {
      ...{ type: 'started', channel: 'chat', customer, queue, language },
      ...(site === undefined ? {} : { site }),
    },
    withSubject(fieldsOf(command), policy),
  );
  if (policy.botMs !== null)
    return [started, fact({ type: 'bot-started', until: now + policy.botMs })];
  return [
    started,
    fact({
      type: 'queued',
      queue,
      priority: policy.priority,
      enqueuedAt: now,
      reason: 'started',
      skipped: [],
      ...preferredOf(last, policy, now),
      target: null,
    }),
    ...waitingText(policy, language),
  ];
}

/** The queue's own subject where the customer gave none. */
export const withSubject = (words: Content, { subject }: QueuePolicy): Content =>
  subject === '' || words.subject !== undefined ? words : { ...words, subject };

/** What the customer filled in, blank fields left out. */
export function fieldsOf(command: { readonly [Name in FieldName]?: string | undefined }): Content {
  const content: Record<string, string> = {};
  for (const name of fieldNames) {
    const value = command[name];
    if (value !== undefined && value.trim() !== '') content[name] = value;
  }
  return content;
}

/** The last two are the site's word, put in where its token was checked (KNOW-1). */
const fieldNames = [
  'name',
  'email',
  'phone',
  'subject',
  'entryPage',
  'verifiedId',
  'verified',
] as const;
type FieldName = (typeof fieldNames)[number];
