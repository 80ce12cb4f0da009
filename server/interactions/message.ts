import type { CustomerCommand } from '../../protocol/commands.ts';
import type { Content } from '../../protocol/parts.ts';
import type { RefusalName } from '../../protocol/refusals.ts';
import { type Fact, fact, type Outcome } from './facts.ts';
import { requeued } from './offers.ts';
import type { QueuePolicy } from './policy.ts';
import { type LastOwner, preferredOf } from './preferred.ts';
import { type Customer, fieldsOf, withSubject } from './start.ts';
import { type InteractionState, isLive } from './state.ts';

type LeaveMessage = Extract<CustomerCommand, { type: 'leave-message' }>;

/** ROUTE-6: a new e-mail interaction, waiting in its queue, closed or not. */
export function startMessage(
  command: LeaveMessage,
  { id: customer, site }: Customer,
  policy: QueuePolicy,
  last: LastOwner | null,
  now: number,
): Outcome {
  const no = refusesMessage(command, policy);
  if (no !== null) return no;
  const { queue, language } = command;
  return [
    fact(
      {
        ...{ type: 'started', channel: 'email', customer, queue, language },
        ...(site === undefined ? {} : { site }),
      },
      withSubject(fieldsOf(command), policy),
    ),
    said(command),
    fact({
      type: 'queued',
      queue,
      priority: policy.priority,
      enqueuedAt: now,
      reason: 'message-left',
      skipped: [],
      ...preferredOf(last, policy, now),
      target: null,
    }),
  ];
}

/** ROUTE-6: who waits (or rings) leaves a message instead; it keeps its place and its age. */
export function leaveMessage(
  state: InteractionState,
  command: LeaveMessage,
  policy: QueuePolicy,
): Outcome {
  const { status } = state;
  if (status.name !== 'queued' && status.name !== 'offered') return 'not-waiting';
  if (!isLive(state)) return 'message-waiting';
  const no = refusesMessage(command, policy);
  if (no !== null) return no;
  const rings: Fact[] =
    status.name === 'queued'
      ? []
      : [
          fact({
            type: 'offer-ended',
            offer: status.offer,
            agent: status.agent,
            outcome: 'rescinded',
          }),
        ];
  return [
    ...rings,
    fact({ type: 'message-left' }, fieldsOf(command)),
    said(command),
    requeued(state, 'message-left', state.skipped, null),
  ];
}

const refusesMessage = (
  { email = '', phone = '' }: LeaveMessage,
  policy: QueuePolicy,
): RefusalName | null => {
  if (!policy.leaveMessage) return 'takes-no-messages';
  return email.trim() === '' && phone.trim() === '' ? 'address-missing' : null;
};

const said = ({ text }: LeaveMessage): Fact => {
  const content: Content = { text };
  return fact({ type: 'message-posted', author: { kind: 'customer' } }, content);
};
