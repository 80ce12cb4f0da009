import type { StreamName } from '../../protocol/ids.ts';

/** A mail is known by the event that asks for it; its words stand in that event's content. */
export type MailId = { readonly stream: StreamName; readonly seq: number };
export type MailChange = { readonly type: 'waits' | 'over'; readonly mail: MailId };

export type WaitingMail = MailId & {
  /** Times that it was tried, the one under way included. */
  readonly attempts: number;
  /** Server time before which it isn't tried (again). */
  readonly dueAt: number;
};
export type MailStore = {
  /** Those that wait, the one that is due first first; at most `limit`. */
  readonly waiting: (limit: number) => Promise<WaitingMail[]>;
  /** An attempt begins: counted before it is made. What is over stays over. */
  readonly tried: (mail: WaitingMail) => Promise<void>;
  /** How many this principal has asked for since then. */
  readonly asked: (principal: string, since: number) => Promise<number>;
  /** Forgets those that are over and were asked for before `before`; at most `limit`; says how many. */
  readonly forgetOver: (before: number, limit: number) => Promise<number>;
};
