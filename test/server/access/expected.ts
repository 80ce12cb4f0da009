import type { Action } from '../../../server/access.ts';

/**
 * What the rules say of each action (HAND-7, END-5, END-7, TRUST-4 and who may what at all), written
 * by hand and never computed by what is being tested:
 *
 *  y  may; what comes of it is for the interaction to say
 *  n  may not (`not-allowed`)
 *  h  doesn't hear whether it exists (`unknown-interaction`)
 *  w  has nothing of their own to wrap up (`not-in-wrap-up`)
 *  r  nobody has asked them (`request-over`)
 *  x  this door doesn't know the word (`bad-frame`)
 *
 * Customers: their own interaction, another's. Our side: own, guest, queue, other, past, by role.
 */
export type Letter = 'y' | 'n' | 'h' | 'w' | 'r' | 'x';
type Row = {
  readonly customer: string;
  readonly agent: string;
  readonly supervisor: string;
  readonly admin: string;
};

const row = (customer: string, agent: string, supervisor = agent, admin = supervisor): Row => ({
  customer,
  agent,
  supervisor,
  admin,
});
const anyAgent = row('xx', 'yyyyy');
const ownersOnly = row('xx', 'ynhhh');
const supervisorsOnly = row('xx', 'nnnnn', 'yyyyy');
const adminsOnly = row('xx', 'nnnnn', 'nnnnn', 'yyyyy');
const nobody = row('xx', 'xxxxx');

export const expected: Readonly<Record<Action, Row>> = {
  start: row('yy', 'xxxxx'),
  'leave-message': row('yh', 'xxxxx'),
  read: row('yh', 'yyhhh'),
  post: row('yh', 'yyhhh'),
  'send-transcript': row('yh', 'ynhhh'),
  typing: row('yh', 'yyhhh'),
  leave: row('yh', 'nyhhh'),

  end: row('xx', 'ynhhh', 'yyyyy'),
  'mark-done': ownersOnly,
  'extend-wrap-up': ownersOnly,
  'add-note': row('xx', 'yyhhh'),
  'set-tags': ownersOnly,
  'set-data': ownersOnly,
  park: ownersOnly,
  unpark: ownersOnly,
  transfer: ownersOnly,
  request: ownersOnly,
  'cancel-request': ownersOnly,
  'remove-guest': ownersOnly,
  'end-conference': ownersOnly,
  'hand-ownership': ownersOnly,
  'post-side': ownersOnly,
  monitor: row('xx', 'nnhhh', 'yyyyy'),
  'barge-in': row('xx', 'nnhhh', 'yyyyy'),
  'take-over': row('xx', 'nnhhh', 'yyyyy'),
  'finish-own-wrap-up': row('xx', 'wwwwy'),

  'offer-shown': anyAgent,
  accept: anyAgent,
  reject: anyAgent,
  'accept-request': anyAgent,
  'reject-request': anyAgent,
  preview: row('xx', 'rrrrr'),
  pick: anyAgent,
  'see-waiting': anyAgent,

  'set-status': anyAgent,
  'set-do-not-disturb': anyAgent,
  'idle-set': anyAgent,
  'sign-out': anyAgent,
  'can-show': anyAgent,
  'make-commitment': anyAgent,
  'end-commitment': anyAgent,
  'own-words': anyAgent,
  instant: anyAgent,
  directory: anyAgent,

  /** Everybody here has the skills of the one queue; END-5's own test has others. */
  search: row('xx', 'yyyyy'),
  history: row('xx', 'yyyyy'),

  holding: supervisorsOnly,
  export: supervisorsOnly,
  'set-agent-status': supervisorsOnly,
  'reload-centre': adminsOnly,

  'read-audit': adminsOnly,
  'end-sessions': adminsOnly,

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
