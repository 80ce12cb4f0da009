import { interactionOf } from '../../protocol/ids.ts';
import type { AgentState } from '../../server/agents/state.ts';
import { channelOf, type InteractionState } from '../../server/interactions/state.ts';
import type { StoredEvent } from '../../server/store/contract.ts';
import type { Folded } from './folded.ts';

/** How often the interesting things happened. */
export const newTally = () => ({
  offered: 0,
  accepted: 0,
  rona: 0,
  rejected: 0,
  rescinded: 0,
  notShown: 0,
  lost: 0,
  taken: 0,
  ended: 0,
  abandoned: 0,
  done: 0,
  messages: 0,
  requested: 0,
  transferred: 0,
  conferences: 0,
  inherited: 0,
  takenOver: 0,
  listened: 0,
  aside: 0,
  requestsOver: 0,
  ownWrapUps: 0,
  picked: 0,
  overflowed: 0,
  widened: 0,
  parked: 0,
  unparked: 0,
  replied: 0,
  placed: 0,
  amended: 0,
  extended: 0,
  reminded: 0,
  notes: 0,
  botTalks: 0,
  botSaid: 0,
  botHandedOver: 0,
  botFailed: 0,
  botTimedOut: 0,
  messagesLeft: 0,
  messagesPicked: 0,
});
export type Tally = ReturnType<typeof newTally>;

/** What stands in both kinds of streams is counted in the interaction's. */
export function count(tally: Tally, { body, stream }: StoredEvent, before: Folded): void {
  const what =
    interactionOf(stream) === null
      ? inAgent(body, before.state as AgentState)
      : inInteraction(body, before.state as InteractionState | null);
  if (what !== null) tally[what]++;
}

type Name = keyof Tally | null;

function inAgent(body: StoredEvent['body'], before: AgentState): Name {
  switch (body.type) {
    case 'offer-made':
      return 'offered';
    case 'signed-in':
      return before.desk === null ? null : 'taken';
    case 'commitment-due':
      return 'reminded';
    default:
      return null;
  }
}

function inInteraction(body: StoredEvent['body'], before: InteractionState | null): Name {
  switch (body.type) {
    case 'offered':
      return body.why.step > 0 ? 'widened' : null;
    case 'accepted':
      if (body.offer !== null) return 'accepted';
      return before !== null && channelOf(before) === 'email' ? 'messagesPicked' : 'picked';
    case 'offer-ended':
      return endOfOffer[body.outcome];
    case 'queued':
      return body.reason === 'overflow' ? 'overflowed' : null;
    case 'message-posted':
      return body.author.kind === 'bot' ? 'botSaid' : 'messages';
    case 'bot-ended':
      return endOfBot[body.outcome];
    case 'started':
      return body.channel === 'email' ? 'messagesLeft' : null;
    case 'requested':
      return 'requested';
    case 'request-ended':
      return body.outcome === 'accepted' ? null : 'requestsOver';
    case 'transferred':
      return 'transferred';
    case 'owner-changed':
      return changeOfOwner[body.reason];
    case 'joined':
      if (body.role === 'monitor') return 'listened';
      return body.role === 'guest' && body.was === null ? 'conferences' : null;
    case 'unparked':
      return 'by' in body && body.by === 'reply' ? 'replied' : 'unparked';
    default:
      return plain[body.type] ?? null;
  }
}

const endOfOffer = {
  accepted: null,
  abandoned: null,
  rejected: 'rejected',
  rescinded: 'rescinded',
  'not-shown': 'notShown',
  expired: 'rona',
} as const satisfies Record<string, Name>;

const endOfBot = {
  'handed-over': 'botHandedOver',
  failed: 'botFailed',
  'time-out': 'botTimedOut',
} as const satisfies Record<string, Name>;

const changeOfOwner = {
  transferred: 'transferred',
  'handed-over': null,
  'taken-over': 'takenOver',
  'owner-lost': 'inherited',
} as const satisfies Record<string, Name>;

const plain: Readonly<Record<string, keyof Tally>> = {
  'side-message-posted': 'aside',
  'own-wrap-up-started': 'ownWrapUps',
  'owner-lost': 'lost',
  ended: 'ended',
  abandoned: 'abandoned',
  'marked-done': 'done',
  parked: 'parked',
  placed: 'placed',
  amended: 'amended',
  'wrap-up-extended': 'extended',
  'note-added': 'notes',
  'bot-started': 'botTalks',
  'message-left': 'messagesLeft',
};
