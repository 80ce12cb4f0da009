import type { InteractionId } from '../protocol/ids.ts';
import type { RefusalName } from '../protocol/refusals.ts';
import type { Actor, Command } from './interactions/command.ts';
import { holderOf, type InteractionState } from './interactions/state.ts';

/** Commands, and what else one may do with an interaction: read it, show that one is typing. */
export type Action = Command['type'] | 'read' | 'typing';

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
    case 'leave':
      return actor.kind === 'customer' ? inside(actor, interaction) : 'not-allowed';
    case 'post':
    case 'read':
    case 'typing':
      return inside(actor, interaction);
    case 'end':
    case 'extend-wrap-up':
    case 'add-note':
    case 'set-tags':
    case 'set-data':
    case 'park':
    case 'unpark':
      return actor.kind === 'agent' ? inside(actor, interaction) : 'not-allowed';
    case 'mark-done':
      if (actor.kind !== 'agent') return 'not-allowed';
      /** END-5: told twice, the second time by who has just placed it in a queue. */
      return interaction?.placedAt != null && interaction.lastOwner === actor.id
        ? null
        : inside(actor, interaction);
    case 'set-status':
    case 'sign-out':
    case 'can-show':
    case 'make-commitment':
    case 'end-commitment':
    /** These name the offer, whose id only its agent knows; a late one hears how it ended. */
    case 'offer-shown':
    case 'accept':
    case 'reject':
    /** What waits is nobody's yet. */
    case 'pick':
      return actor.kind === 'agent' ? null : 'not-allowed';
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
    case 'desk-connected':
    case 'agent-silent':
    case 'agent-gone':
      return 'not-allowed';
    default:
      return action satisfies never;
  }
}

/** In it: its customer, its holder (not yet while it only rings), or who held it when it was done. */
function inside(
  actor: Exclude<Actor, { kind: 'system' }>,
  state: InteractionState | null,
): RefusalName | null {
  if (state === null) return 'unknown-interaction';
  if (actor.kind === 'customer') return state.customer === actor.id ? null : 'unknown-interaction';
  const member =
    state.status.name === 'done'
      ? state.status.owner
      : state.status.name === 'offered'
        ? null
        : holderOf(state);
  return member === actor.id ? null : 'unknown-interaction';
}

/** The interaction that a command is about, or null. */
export const subjectOf = (command: Command): InteractionId | null =>
  'interaction' in command ? command.interaction : null;
