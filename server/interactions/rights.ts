import type { Role } from '../../protocol/members.ts';

/** What may be done in an interaction. */
export type Act =
  | 'read'
  | 'write'
  | 'note'
  /** Tags and attached data. */
  | 'data'
  | 'invite'
  | 'cancel-invitation'
  | 'remove-guest'
  | 'end-conference'
  | 'transfer'
  | 'hand-ownership'
  | 'end'
  | 'disposition'
  | 'send-transcript'
  | 'park'
  | 'leave'
  | 'side-talk'
  | 'monitor'
  | 'whisper'
  | 'barge-in'
  | 'take-over';

/** Members by their role; a supervisor (or admin) whatever they are in it. */
export type Rightful = Role | 'supervisor';

/** HAND-7, the one table. Whoever is in it in several ways has the rights of each. */
const rights: Readonly<Record<Rightful, readonly Act[]>> = {
  owner: [
    'read',
    'write',
    'note',
    'data',
    'invite',
    'cancel-invitation',
    'remove-guest',
    'end-conference',
    'transfer',
    'hand-ownership',
    'end',
    'disposition',
    'send-transcript',
    'park',
    'side-talk',
  ],
  guest: ['read', 'write', 'note', 'leave'],
  consultant: ['read', 'leave', 'side-talk'],
  monitor: ['read', 'leave', 'whisper'],
  supervisor: ['monitor', 'barge-in', 'take-over', 'end'],
};

export const mayAs = (who: Rightful, act: Act): boolean => rights[who].includes(act);
