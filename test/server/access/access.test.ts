import { expect, test } from 'vitest';
import type { RefusalName } from '../../../protocol/refusals.ts';
import { type Action, can, subjectOf } from '../../../server/access.ts';
import type { Actor } from '../../../server/interactions/command.ts';
import type { InteractionState } from '../../../server/interactions/state.ts';
import { agent, by, byCustomer, bySystem, chat, given, type Told } from '../given.ts';
import {
  abandoned,
  done,
  offerEnded,
  post,
  queued,
  ready,
  ringing,
  setStatus,
  start,
  talking,
  waiting,
  who,
  wrapping,
} from '../stories.ts';

/** TRUST-4 as one table: who × what × how things stand between them and the interaction. */

const supervisor: Actor = { ...by('sue'), role: 'supervisor' } as Actor;
const admin: Actor = { ...by('ada'), role: 'admin' } as Actor;
const actors = {
  'its customer': byCustomer('ana'),
  'another customer': byCustomer('eve'),
  bo: by('bo'),
  cy: by('cy'),
  'a supervisor': supervisor,
  'an admin': admin,
} as const satisfies Record<string, Actor>;
type Who = keyof typeof actors;

const rejected = offerEnded('c1', 'bo', 'rejected');
const lostAgain = (last: Told): Told[] => [
  ...talking('c1', 'bo'),
  chat('c1', { type: 'owner-lost', agent: who('bo') }, queued('owner-lost')),
  agent('bo', {
    type: 'revoked',
    interaction: 'c1' as never,
    epoch: 1,
    role: 'owner',
    reason: 'owner-lost',
  }),
  last,
];

/** How things stand, and who is in it besides its customer. */
const cases: Readonly<
  Record<string, { readonly history: readonly Told[]; readonly inside: readonly Who[] }>
> = {
  'it waits': { history: waiting('c1'), inside: [] },
  'it only rings at bo': { history: ringing('c1', 'bo'), inside: [] },
  'bo has rejected it': {
    history: [
      ...ringing('c1', 'bo'),
      chat('c1', rejected.chat, queued('rejected')),
      agent('bo', rejected.agent),
    ],
    inside: [],
  },
  'bo owns it': { history: talking('c1', 'bo'), inside: ['bo'] },
  'bo wraps it up': { history: wrapping('c1', 'bo'), inside: ['bo'] },
  'bo has closed it': { history: done('c1', 'bo'), inside: ['bo'] },
  'bo has lost it': { history: lostAgain(chat('c1')), inside: [] },
  'bo has lost it, and then the customer left': {
    history: lostAgain(chat('c1', { type: 'abandoned', by: 'customer' })),
    inside: [],
  },
  'bo has lost it, and cy owns it': {
    history: lostAgain(
      chat('c1', { type: 'accepted', offer: 'o' as never, agent: who('cy'), name: 'cy', epoch: 2 }),
    ),
    inside: ['cy'],
  },
  'the customer left before anybody answered': { history: abandoned('c1'), inside: [] },
};

type Kind =
  /** The customer and those who joined; the owner ends, hands over or transfers. */
  | 'guests'
  | 'both, inside'
  | 'agents, inside'
  | 'agents, inside, or supervisors'
  | 'supervisors'
  | 'customers'
  | 'customers, inside'
  | 'agents'
  | 'admins'
  | 'whoever supervises'
  | 'own wrap-up'
  /** Nobody is asked here. */
  | 'those asked'
  | 'system';
/** Of an account, and of what is over, it is asked below. */
type Tabled = Exclude<Action, 'end-sessions' | 'history'>;
const kinds: Readonly<Record<Tabled, Kind>> = {
  start: 'customers',
  'leave-message': 'customers, inside',
  leave: 'guests',
  post: 'both, inside',
  read: 'both, inside',
  'send-transcript': 'both, inside',
  'transcript-sent': 'system',
  'transcript-failed': 'system',
  typing: 'both, inside',
  end: 'agents, inside, or supervisors',
  'post-side': 'agents, inside',
  monitor: 'supervisors',
  'barge-in': 'supervisors',
  'take-over': 'supervisors',
  'mark-done': 'agents, inside',
  'extend-wrap-up': 'agents, inside',
  'add-note': 'agents, inside',
  'set-tags': 'agents, inside',
  'set-data': 'agents, inside',
  park: 'agents, inside',
  unpark: 'agents, inside',
  'make-commitment': 'agents',
  'end-commitment': 'agents',
  transfer: 'agents, inside',
  request: 'agents, inside',
  'cancel-request': 'agents, inside',
  'remove-guest': 'agents, inside',
  'end-conference': 'agents, inside',
  'hand-ownership': 'agents, inside',
  'accept-request': 'agents',
  'reject-request': 'agents',
  'finish-own-wrap-up': 'own wrap-up',
  'request-expired': 'system',
  'member-lost': 'system',
  'own-wrap-up-over': 'system',
  search: 'agents',
  instant: 'agents',
  directory: 'agents',
  'set-status': 'agents',
  'set-do-not-disturb': 'agents',
  'idle-set': 'agents',
  'set-agent-status': 'whoever supervises',
  export: 'whoever supervises',
  'sign-out': 'agents',
  'can-show': 'agents',
  'offer-shown': 'agents',
  accept: 'agents',
  reject: 'agents',
  pick: 'agents',
  'see-waiting': 'agents',
  'own-words': 'agents',
  preview: 'those asked',
  holding: 'whoever supervises',
  'reload-centre': 'admins',
  'read-audit': 'admins',
  offer: 'system',
  overflow: 'system',
  'offer-not-shown': 'system',
  'offer-expired': 'system',
  rescind: 'system',
  'customer-gone': 'system',
  'customer-back': 'system',
  'customer-left': 'system',
  'owner-away': 'system',
  'owner-back': 'system',
  'owner-lost': 'system',
  'wrap-up-over': 'system',
  'park-over': 'system',
  'bot-says': 'system',
  'bot-over': 'system',
  'commitment-due': 'system',
  'desk-connected': 'system',
  'status-time-over': 'system',
  'agent-silent': 'system',
  'agent-gone': 'system',
};
const actions = Object.keys(kinds) as Tabled[];
const may = (actor: Actor, action: Tabled, state: InteractionState | null) =>
  (can as (actor: Actor, action: Tabled, state: InteractionState | null) => RefusalName | null)(
    actor,
    action,
    state,
  );

function expected(kind: Kind, name: Who, inside: readonly Who[]): RefusalName | null {
  const customer = actors[name].kind === 'customer';
  const isIn = name === 'its customer' || inside.includes(name);
  switch (kind) {
    case 'system':
      return 'not-allowed';
    case 'customers':
      return customer ? null : 'not-allowed';
    case 'agents':
      return customer ? 'not-allowed' : null;
    case 'admins':
      return actors[name] === admin ? null : 'not-allowed';
    case 'whoever supervises':
      return name === 'a supervisor' || name === 'an admin' ? null : 'not-allowed';
    case 'own wrap-up':
      return customer ? 'not-allowed' : 'not-in-wrap-up';
    case 'those asked':
      return customer ? 'not-allowed' : 'request-over';
    case 'guests':
      if (!customer && isIn) return 'not-allowed';
      break;
    /** Members hear that it isn't theirs to do; who isn't in it, nothing of it. */
    case 'supervisors':
    case 'agents, inside, or supervisors':
      if (name === 'a supervisor' || name === 'an admin') return null;
      if (customer || (isIn && kind === 'supervisors')) return 'not-allowed';
      break;
    case 'agents, inside':
      if (customer) return 'not-allowed';
      break;
    case 'customers, inside':
    case 'both, inside':
      if (!customer && kind !== 'both, inside') return 'not-allowed';
      break;
    default:
      return kind satisfies never;
  }
  return isIn ? null : 'unknown-interaction';
}

const table = Object.keys(cases).flatMap((state) =>
  (Object.keys(actors) as Who[]).map((name) => ({ state, name })),
);

test.each(table)(
  'TRUST-4: when $state, $name may do what is theirs and nothing else',
  ({ state, name }) => {
    const { history, inside } = cases[state]!;
    const interaction = given(ready('bo'), ready('cy'), history).interaction('c1');
    const answers = actions.map((action) => [action, may(actors[name], action, interaction)]);
    expect(Object.fromEntries(answers)).toEqual(
      Object.fromEntries(actions.map((action) => [action, expected(kinds[action], name, inside)])),
    );
  },
);

test('TRUST-4: of an interaction that does not exist everybody hears the same as of one they are not in', () => {
  for (const name of Object.keys(actors) as Who[])
    for (const action of actions) {
      const answer = may(actors[name], action, null);
      // Here it means that one begins.
      if (action === 'leave-message') continue;
      const other = actors[name].kind === 'customer' ? 'another customer' : 'cy';
      const ofRole = kinds[action] === 'admins' || kinds[action] === 'whoever supervises';
      const stranger = ofRole ? name : other;
      expect(answer).toBe(may(actors[stranger], action, given(waiting('c1')).interaction('c1')));
    }
});

test('TRUST-4: sign-ins are ended by whose they are and by admins', () => {
  const answers = (Object.keys(actors) as Who[]).map((name) => [
    name,
    can(actors[name], 'end-sessions', who('bo')),
  ]);
  expect(Object.fromEntries(answers)).toEqual({
    'its customer': 'not-allowed',
    'another customer': 'not-allowed',
    bo: null,
    cy: 'not-allowed',
    'a supervisor': 'not-allowed',
    'an admin': null,
  });
});

test.each([
  { name: 'nobody’s', via: null, held: 'help', may: ['a supervisor', 'an admin'] },
  { name: 'held by one’s own queue', via: null, held: 'sales', may: ['bo', 'cy'] },
  { name: 'of the customer whom bo serves', via: talking('c1', 'bo'), held: 'help', may: ['bo'] },
  { name: 'of a customer who rings at bo', via: ringing('c1', 'bo'), held: 'help', may: [] },
  { name: 'of a customer whom bo has served', via: done('c1', 'bo'), held: 'help', may: [] },
])('TRUST-4, END-5: the history is read by those it concerns: $name', ({ via, held, may }) => {
  const of = given(done('c0', 'di')).interaction('c0');
  const serving = via === null ? null : given(ready('bo'), via).interaction('c1');
  const past = { of, via: serving, held: [held as never], own: ['sales' as never] };
  const answers = (Object.keys(actors) as Who[]).map((name) => [
    name,
    can(actors[name], 'history', past),
  ]);
  const readers = [...may, 'a supervisor', 'an admin'];
  expect(Object.fromEntries(answers)).toEqual({
    'its customer': 'not-allowed',
    'another customer': 'not-allowed',
    bo: readers.includes('bo') ? null : 'unknown-interaction',
    cy: readers.includes('cy') ? null : 'unknown-interaction',
    'a supervisor': null,
    'an admin': null,
  });
  expect(can(supervisor, 'history', { ...past, of: null })).toBe('unknown-interaction');
});

test('the system may do everything', () => {
  expect(actions.filter((action) => may(bySystem, action, null) !== null)).toEqual([]);
});

test('a command is about the interaction it names, or about none', () => {
  expect(subjectOf(post('c1'))).toBe('c1');
  expect(subjectOf(setStatus('ready'))).toBeNull();
  expect(subjectOf(start())).toBeNull();
});
