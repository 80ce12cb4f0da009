import type { AgentCommand } from '../../protocol/commands.ts';
import type { Author } from '../../protocol/interaction-events.ts';
import type { Content } from '../../protocol/parts.ts';
import type { RefusalName } from '../../protocol/refusals.ts';
import { emptyForm, type Missing, missing, unfitting } from '../../protocol/wrap-up.ts';
import { type Fact, fact, type Outcome } from './facts.ts';
import { dataSet, isTagged, tagsSet } from './notes.ts';
import type { QueuePolicy } from './policy.ts';
import type { InteractionState } from './state.ts';

type MarkDone = Extract<AgentCommand, { type: 'mark-done' }>;
type Agent = Extract<Author, { kind: 'agent' }>;

/** END-9: so long after the system has closed it, its last owner's wrap-up still counts. */
export const AMEND_MS = 24 * 3_600_000;

/**
 * END-2, END-4, END-5: idempotent for the last owner; what the system has closed meanwhile is
 * amended (END-9). `placeIn` is the policy of the queue that it goes on to, null for none.
 */
export function markDone(
  state: InteractionState,
  author: Agent,
  command: MarkDone,
  policy: QueuePolicy,
  isTag: (tag: string) => boolean,
  placeIn: Pick<QueuePolicy, 'priority'> | null,
  now: number,
): Outcome {
  const { status } = state;
  if (isAlready(state, author)) return [];
  const late =
    status.name === 'done' &&
    status.owner === author.agent &&
    status.by === 'system' &&
    now - status.at <= AMEND_MS;
  const inTime = status.name === 'wrapping' && status.owner === author.agent;
  if (!late && !inTime) return 'not-in-wrap-up';
  const no = objection(command, policy, isTag, placeIn);
  if (no !== null) return no;
  const { resolved, sendTranscript } = command;
  const outcome = { dispositions: [...new Set(command.dispositions)], resolved, sendTranscript };
  return [
    ...(command.tags === null || isTagged(state, command.tags)
      ? []
      : [tagsSet(author, command.tags)]),
    ...(Object.keys(command.data).length === 0 ? [] : [dataSet(author, command.data)]),
    fact(
      late
        ? { type: 'amended', agent: author.agent, ...outcome }
        : { type: 'marked-done', by: 'agent', incomplete: false, ...outcome },
      wordsOf(command),
    ),
    ...placed(command, placeIn, now),
  ];
}

/** END-3: the time is up; what is mandatory and missing keeps it open while its owner can still fill it. */
export function wrapUpOver(
  state: InteractionState,
  since: number,
  ownerReachable: boolean,
  policy: QueuePolicy,
): Outcome {
  if (state.status.name !== 'wrapping' || state.status.since !== since) return [];
  if (isIncomplete(policy) && ownerReachable) return [];
  return [doneBySystem(policy)];
}

/** END-3: a minute more, counted from now where it is late already; or no limit. */
export function extendWrapUp(
  state: InteractionState,
  author: Agent,
  to: 'more' | 'open',
  policy: QueuePolicy,
  now: number,
): Outcome {
  const { status } = state;
  if (status.name !== 'wrapping' || status.owner !== author.agent) return 'not-in-wrap-up';
  if (status.until === null) return [];
  const until = to === 'open' ? null : Math.max(status.until, now) + policy.wrapUpMoreMs;
  return [fact({ type: 'wrap-up-extended', until })];
}

/** Nobody has filled anything in. */
export const doneBySystem = (policy: QueuePolicy): Fact =>
  fact({
    type: 'marked-done',
    by: 'system',
    dispositions: [],
    incomplete: isIncomplete(policy),
    resolved: null,
    sendTranscript: false,
  });

const isIncomplete = (policy: QueuePolicy): boolean => missing(policy, emptyForm).length > 0;

/** Marked done by the same agent, and perhaps placed in a queue where nobody has taken it yet. */
function isAlready({ status, placedAt, lastOwner }: InteractionState, { agent }: Agent): boolean {
  if (status.name === 'done') return status.owner === agent && status.by === 'agent';
  const waits = status.name === 'queued' || status.name === 'offered';
  return waits && placedAt !== null && lastOwner === agent;
}

function objection(
  command: MarkDone,
  policy: QueuePolicy,
  isTag: (tag: string) => boolean,
  placeIn: Pick<QueuePolicy, 'priority'> | null,
): RefusalName | null {
  const { dispositions, answers, tags, workflow } = command;
  if (dispositions.some((one) => !policy.dispositions.includes(one))) return 'unknown-disposition';
  if (tags?.some((tag) => !isTag(tag))) return 'unknown-tag';
  if (unfitting(policy.script, answers).length > 0) return 'unknown-answer';
  const [first] = missing(policy, command);
  if (first !== undefined) return missingNames[first.what];
  if (workflow === null) return policy.workflow.length > 0 ? 'workflow-missing' : null;
  if (workflow === 'stop') return null;
  return policy.workflow.includes(workflow.queue) && placeIn !== null ? null : 'unknown-queue';
}

const missingNames = {
  disposition: 'disposition-missing',
  resolved: 'resolved-missing',
  answer: 'answer-missing',
} as const satisfies Record<Missing['what'], RefusalName>;

/** END-4: from here on it is work that waits, and nothing of the customer's. */
function placed(
  { workflow }: MarkDone,
  placeIn: Pick<QueuePolicy, 'priority'> | null,
  now: number,
): Fact[] {
  if (workflow === null || workflow === 'stop' || placeIn === null) return [];
  const { queue } = workflow;
  return [
    fact({ type: 'placed', queue }),
    fact({
      type: 'queued',
      queue,
      priority: placeIn.priority,
      enqueuedAt: now,
      reason: 'workflow',
      skipped: [],
      preferred: null,
      preferredUntil: null,
      target: null,
    }),
  ];
}

function wordsOf({ note, answers }: MarkDone): Content | undefined {
  const words: Record<string, string> = note.trim() === '' ? {} : { note };
  for (const [question, answer] of Object.entries(answers))
    if (answer.trim() !== '') words[`answer:${question}`] = answer.trim();
  return Object.keys(words).length === 0 ? undefined : words;
}
