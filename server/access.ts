import type { AgentId, InteractionId, QueueId } from '../protocol/ids.ts';
import type { RefusalName } from '../protocol/refusals.ts';
import type { Actor, Command, SystemCommand } from './interactions/command.ts';
import { type Act, mayAs } from './interactions/rights.ts';
import { type InteractionState, roleOf } from './interactions/state.ts';

/**
 * What each action is done to. Everything that belongs to one interaction (its words, its files,
 * its transcript) has that interaction as its object: who may see it is asked at the time. Null:
 * there is none of that id, or the action isn't about anything that somebody could be in.
 */
export type Objects = Readonly<
  Record<Command['type'] | 'read' | 'typing' | 'preview', InteractionState | null> &
    Record<'instant' | 'directory' | 'see-waiting' | 'holding' | 'own-words', null> &
    Record<'reload-centre' | 'read-audit' | 'export', null> &
    /** What is found is cut to the queues of who asks. */
    Record<'search', null> &
    Record<'history', Past> &
    /** Of whose account. */
    Record<'end-sessions', AgentId>
>;
export type Action = keyof Objects;

/** END-5: an interaction, over or not, as those read it who aren't in it. */
export type Past = {
  readonly of: InteractionState | null;
  /** Of the same customer: by this one they ask; null: by none. */
  readonly via: InteractionState | null;
  /** The queues that held it, and those whose work may be offered to who asks. */
  readonly held: readonly QueueId[];
  readonly own: readonly QueueId[];
};

/**
 * The one access rule, for HTTP, sockets and ephemeral frames (TRUST-4): may this actor do this to
 * this object? Null: yes. Somebody who isn't in an interaction doesn't hear whether it exists.
 */
export function can<A extends Action>(
  actor: Actor,
  action: A,
  object: Objects[A],
): RefusalName | null {
  return actor.kind === 'system' ? null : table[action](actor, object);
}

type Person = Exclude<Actor, { kind: 'system' }>;
type Rule<Object> = (actor: Person, object: Object) => RefusalName | null;
type Table = { readonly [A in Action]: Rule<Objects[A]> };

const nobody = () => 'not-allowed' as const;
const customers: Rule<unknown> = ({ kind }) => (kind === 'customer' ? null : 'not-allowed');
const agents: Rule<unknown> = ({ kind }) => (kind === 'agent' ? null : 'not-allowed');
const supervisors: Rule<unknown> = (actor) =>
  actor.kind === 'agent' && actor.role !== 'agent' ? null : 'not-allowed';
const admins: Rule<unknown> = (actor) =>
  actor.kind === 'agent' && actor.role === 'admin' ? null : 'not-allowed';

/** Router, deadlines, bots and connections ask for these, people never. */
const systems: Readonly<Record<SystemCommand['type'], typeof nobody>> = {
  offer: nobody,
  overflow: nobody,
  'offer-not-shown': nobody,
  'offer-expired': nobody,
  rescind: nobody,
  'customer-gone': nobody,
  'customer-back': nobody,
  'customer-left': nobody,
  'owner-away': nobody,
  'owner-back': nobody,
  'owner-lost': nobody,
  'wrap-up-over': nobody,
  'park-over': nobody,
  'bot-says': nobody,
  'bot-over': nobody,
  'transcript-sent': nobody,
  'transcript-failed': nobody,
  'commitment-due': nobody,
  'request-expired': nobody,
  'member-lost': nobody,
  'own-wrap-up-over': nobody,
  'desk-connected': nobody,
  'status-time-over': nobody,
  'agent-silent': nobody,
  'agent-gone': nobody,
};

const table: Table = {
  ...systems,

  start: customers,
  'leave-message': leavesMessage,

  /** Customers, and members as far as their role goes (HAND-7: interactions/rights.ts). */
  read: whoIsIn('read'),
  post: whoIsIn('write'),
  typing: whoIsIn('write'),
  leave: whoIsIn('leave'),
  'send-transcript': whoIsIn('send-transcript'),

  /** Members on our side; supervisors, where it is their right whatever they are in it. */
  end: agentsIn('end'),
  'mark-done': marksDone,
  'extend-wrap-up': agentsIn('disposition'),
  'add-note': agentsIn('note'),
  'set-tags': agentsIn('data'),
  'set-data': agentsIn('data'),
  park: agentsIn('park'),
  unpark: agentsIn('park'),
  transfer: agentsIn('transfer'),
  request: agentsIn('invite'),
  'cancel-request': agentsIn('cancel-invitation'),
  'remove-guest': agentsIn('remove-guest'),
  'end-conference': agentsIn('end-conference'),
  'hand-ownership': agentsIn('hand-ownership'),
  'post-side': speaksAside,
  monitor: agentsIn('monitor'),
  'barge-in': agentsIn('barge-in'),
  'take-over': agentsIn('take-over'),
  'finish-own-wrap-up': whoStillWrapsUp,

  /** These name the offer or request, whose id only its agent knows; a late one hears how it ended. */
  'offer-shown': agents,
  accept: agents,
  reject: agents,
  'accept-request': agents,
  'reject-request': agents,
  preview: whoIsAsked,
  /** What waits is nobody's yet; what is seen of it are facts without words. */
  pick: agents,
  'see-waiting': agents,

  /** One's own status, promises and words, and what all colleagues may know of each other. */
  'set-status': agents,
  'set-do-not-disturb': agents,
  'idle-set': agents,
  'sign-out': agents,
  'can-show': agents,
  'make-commitment': agents,
  'end-commitment': agents,
  'own-words': agents,
  instant: agents,
  directory: agents,

  search: agents,
  history: readsHistory,

  holding: supervisors,
  export: supervisors,
  'set-agent-status': supervisors,

  'reload-centre': admins,
  'read-audit': admins,
  'end-sessions': (actor, account) => (actor.id === account ? agents : admins)(actor, account),
};

/** In it: its customer, and its members as far as their role goes (not yet while it only rings); a supervisor's rights are beside that. */
function whoIsIn(act: Act): Rule<InteractionState | null> {
  return (actor, state) => {
    if (state === null) return 'unknown-interaction';
    if (actor.kind === 'customer')
      return state.customer === actor.id ? null : 'unknown-interaction';
    if (actor.role !== 'agent' && mayAs('supervisor', act)) return null;
    const role = roleOf(state, actor.id);
    if (role === null) return 'unknown-interaction';
    return mayAs(role, act) ? null : 'not-allowed';
  };
}

function agentsIn(act: Act): Rule<InteractionState | null> {
  const inside = whoIsIn(act);
  return (actor, state) => agents(actor, state) ?? inside(actor, state);
}

/** ROUTE-6: one that begins, or in their own. */
function leavesMessage(actor: Person, state: InteractionState | null): RefusalName | null {
  return customers(actor, state) ?? (state === null ? null : whoIsIn('write')(actor, state));
}

/** END-5: told twice, the second time by who has just placed it in a queue. */
function marksDone(actor: Person, state: InteractionState | null): RefusalName | null {
  const hasPlacedIt = state?.placedAt != null && state.lastOwner === actor.id;
  return hasPlacedIt ? agents(actor, state) : agentsIn('disposition')(actor, state);
}

/** HAND-5: owner and consultant talk; who monitors whispers to the owner. */
function speaksAside(actor: Person, state: InteractionState | null): RefusalName | null {
  const isMonitor = state !== null && roleOf(state, actor.id as AgentId) === 'monitor';
  return agentsIn(isMonitor ? 'whisper' : 'side-talk')(actor, state);
}

/** Of one who isn't in it any more. */
function whoStillWrapsUp(actor: Person, state: InteractionState | null): RefusalName | null {
  if (actor.kind !== 'agent') return 'not-allowed';
  return state?.ownWrapUps.includes(actor.id) ? null : 'not-in-wrap-up';
}

/** HAND-6: nothing that one wouldn't see by saying yes; who wasn't asked hears nothing of it. */
function whoIsAsked(actor: Person, state: InteractionState | null): RefusalName | null {
  if (actor.kind !== 'agent') return 'not-allowed';
  return state?.requests.some(({ to }) => to === actor.id) ? null : 'request-over';
}

/**
 * Who serves the customer now knows what was before (HAND-3), a queue knows what it held, and
 * supervisors know all.
 */
function readsHistory(actor: Person, { of, via, held, own }: Past): RefusalName | null {
  if (actor.kind !== 'agent') return 'not-allowed';
  if (of === null) return 'unknown-interaction';
  if (actor.role !== 'agent' || held.some((queue) => own.includes(queue))) return null;
  const isServing = via !== null && via.status.name !== 'done' && roleOf(via, actor.id) !== null;
  return isServing ? null : 'unknown-interaction';
}

/** The interaction that a command is about, or null. */
export const subjectOf = (command: Command): InteractionId | null =>
  'interaction' in command ? command.interaction : null;
