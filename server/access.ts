import type { AgentId, InteractionId } from '../protocol/ids.ts';
import type { RefusalName } from '../protocol/refusals.ts';
import type { Actor, Command } from './interactions/command.ts';
import { type Act, mayAs } from './interactions/rights.ts';
import { type InteractionState, roleOf } from './interactions/state.ts';

/**
 * Commands, and what else one may do: with an interaction read it and show that one is typing;
 * among colleagues write an instant message, look into the directory and (supervisors) at what an
 * agent holds; with the set-up read it anew.
 */
export type Action =
  | Command['type']
  | 'read'
  | 'typing'
  | 'instant'
  | 'directory'
  | 'reload-centre'
  | 'see-waiting'
  | 'preview'
  | 'holding'
  | 'own-words';

/**
 * The one access rule, for HTTP and sockets (TRUST-4): may this actor do this to this
 * interaction? Null: yes. Somebody who isn't in an interaction doesn't hear whether it exists.
 */
export function can(
  actor: Actor,
  action: Action,
  interaction: InteractionState | null,
): RefusalName | null {
  if (actor.kind === 'system') return null;
  switch (action) {
    case 'start':
    case 'leave-message':
      return actor.kind === 'customer' ? null : 'not-allowed';
    case 'reload-centre':
      return actor.kind === 'agent' && actor.role === 'admin' ? null : 'not-allowed';
    case 'leave':
      return inside(actor, 'leave', interaction);
    case 'read':
      return inside(actor, 'read', interaction);
    case 'post':
    case 'typing':
      return inside(actor, 'write', interaction);
    case 'end':
      return agentInside(actor, 'end', interaction);
    case 'mark-done':
      if (actor.kind !== 'agent') return 'not-allowed';
      /** END-5: told twice, the second time by who has just placed it in a queue. */
      return interaction?.placedAt != null && interaction.lastOwner === actor.id
        ? null
        : inside(actor, 'disposition', interaction);
    case 'extend-wrap-up':
      return agentInside(actor, 'disposition', interaction);
    case 'add-note':
      return agentInside(actor, 'note', interaction);
    case 'set-tags':
    case 'set-data':
      return agentInside(actor, 'data', interaction);
    case 'park':
    case 'unpark':
      return agentInside(actor, 'park', interaction);
    case 'transfer':
      return agentInside(actor, 'transfer', interaction);
    case 'request':
      return agentInside(actor, 'invite', interaction);
    case 'cancel-request':
      return agentInside(actor, 'cancel-invitation', interaction);
    case 'remove-guest':
      return agentInside(actor, 'remove-guest', interaction);
    case 'end-conference':
      return agentInside(actor, 'end-conference', interaction);
    case 'hand-ownership':
      return agentInside(actor, 'hand-ownership', interaction);
    case 'post-side':
      return agentInside(
        actor,
        isMonitor(actor, interaction) ? 'whisper' : 'side-talk',
        interaction,
      );
    case 'monitor':
    case 'barge-in':
    case 'take-over':
      return agentInside(actor, action, interaction);
    /** Of one who isn't in it any more. */
    case 'finish-own-wrap-up':
      if (actor.kind !== 'agent') return 'not-allowed';
      return interaction?.ownWrapUps.includes(actor.id) ? null : 'not-in-wrap-up';
    case 'instant':
    case 'directory':
    case 'set-status':
    case 'set-do-not-disturb':
    case 'idle-set':
    case 'sign-out':
    case 'can-show':
    case 'make-commitment':
    case 'end-commitment':
    /** These name the offer or request, whose id only its agent knows; a late one hears how it ended. */
    case 'offer-shown':
    case 'accept':
    case 'reject':
    /** What waits is nobody's yet; what is seen of it are facts without words. */
    case 'pick':
    case 'see-waiting':
    case 'accept-request':
    case 'reject-request':
    case 'own-words':
      return actor.kind === 'agent' ? null : 'not-allowed';
    /** HAND-6: nothing that one wouldn't see by saying yes; who wasn't asked hears nothing of it. */
    case 'preview':
      if (actor.kind !== 'agent') return 'not-allowed';
      return interaction?.requests.some(({ to }) => to === actor.id) ? null : 'request-over';
    case 'holding':
    case 'set-agent-status':
      return isSupervisor(actor) ? null : 'not-allowed';
    case 'offer':
    case 'overflow':
    case 'offer-not-shown':
    case 'offer-expired':
    case 'rescind':
    case 'customer-gone':
    case 'customer-back':
    case 'customer-left':
    case 'owner-away':
    case 'owner-back':
    case 'owner-lost':
    case 'wrap-up-over':
    case 'park-over':
    case 'bot-says':
    case 'bot-over':
    case 'commitment-due':
    case 'request-expired':
    case 'member-lost':
    case 'own-wrap-up-over':
    case 'desk-connected':
    case 'status-time-over':
    case 'agent-silent':
    case 'agent-gone':
      return 'not-allowed';
    default:
      return action satisfies never;
  }
}

/** Admins may do what supervisors may. */
const isSupervisor = (actor: Actor): boolean => actor.kind === 'agent' && actor.role !== 'agent';

type Person = Exclude<Actor, { kind: 'system' }>;

const agentInside = (
  actor: Person,
  act: Act,
  state: InteractionState | null,
): RefusalName | null => (actor.kind === 'agent' ? inside(actor, act, state) : 'not-allowed');

/** In it: its customer, and its members as far as their role goes (not yet while it only rings); a supervisor's rights are beside that. */
function inside(actor: Person, act: Act, state: InteractionState | null): RefusalName | null {
  if (state === null) return 'unknown-interaction';
  if (actor.kind === 'customer') return state.customer === actor.id ? null : 'unknown-interaction';
  if (actor.role !== 'agent' && mayAs('supervisor', act)) return null;
  const role = roleOf(state, actor.id);
  if (role === null) return 'unknown-interaction';
  return mayAs(role, act) ? null : 'not-allowed';
}

const isMonitor = ({ id }: Person, state: InteractionState | null): boolean =>
  state !== null && roleOf(state, id as AgentId) === 'monitor';

/** The interaction that a command is about, or null. */
export const subjectOf = (command: Command): InteractionId | null =>
  'interaction' in command ? command.interaction : null;
