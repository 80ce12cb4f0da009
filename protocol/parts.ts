import * as v from 'valibot';
import { limits } from './limits.ts';

/** At most `bytes` of UTF-8. */
export const textUpTo = (bytes: number) => v.pipe(v.string(), v.maxBytes(bytes, 'text-too-long'));

/** What a person wrote as a message: not empty. */
export const MessageText = v.pipe(
  textUpTo(limits.textBytes),
  v.check((text) => text.trim() !== '', 'empty'),
);

export const Field = v.pipe(v.string(), v.maxLength(limits.fieldCharacters, 'text-too-long'));
export const PageUrl = v.pipe(v.string(), v.maxLength(limits.urlCharacters, 'text-too-long'));

/** Names that a record drops without a word when it is read. */
export const reservedKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

const keepsAll = (value: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  !Object.keys(value).some((key) => reservedKeys.has(key));

/**
 * An address that mail can go to, as HTML's e-mail field has it: ASCII, no quotes, no comments, so
 * that nothing in it means anything in a header.
 */
export const isEmailAddress = (text: string): boolean =>
  text.length <= limits.addressCharacters && emailAddress.test(text);

const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const emailAddress = new RegExp(`^[\\w.!#$%&'*+/=?^\`{|}~-]{1,64}@${label}(?:\\.${label})*$`);

/** A record by keys that somebody has chosen: refused where it couldn't hold all of them. */
export const recordBy = <
  Key extends v.GenericSchema<string, string>,
  Value extends v.GenericSchema,
>(
  key: Key,
  value: Value,
) => v.pipe(v.unknown(), v.check(keepsAll, 'a reserved key'), v.record(key, value));

/** Attached data: keys and values that travel with the interaction. An empty value takes the key away. */
export const AttachedData = v.pipe(
  recordBy(
    v.pipe(v.string(), v.minLength(1), v.maxLength(limits.dataKeyCharacters)),
    v.pipe(v.string(), v.maxLength(limits.dataCharacters, 'text-too-long')),
  ),
  v.check((data) => Object.keys(data).length <= limits.dataKeys, 'too many keys'),
);

export const Tags = v.pipe(v.array(v.pipe(v.string(), v.maxLength(64))), v.maxLength(limits.tags));

/** Server time in milliseconds since 1970; never compare it with the reader's own clock. */
export const Time = v.pipe(v.number(), v.integer(), v.minValue(0));
export const Seq = v.pipe(v.number(), v.integer(), v.minValue(0));

/** BCP 47, the part that matters: `en`, `de`, `pt-BR`. */
export const Language = v.pipe(
  v.string(),
  v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/),
  v.maxLength(35),
);

/** Words that people wrote, kept apart from the event (message text, name, subject, note …). */
export const Content = v.record(v.string(), v.string());
export type Content = Readonly<v.InferOutput<typeof Content>>;

export const channels = ['chat', 'voice', 'email', 'messaging', 'work-item'] as const;
export const Channel = v.picklist(channels);
export type Channel = v.InferOutput<typeof Channel>;

/** The same kind of thing for each channel. */
export const perChannel = <T extends v.GenericSchema>(of: T) =>
  v.object({ chat: of, voice: of, email: of, messaging: of, 'work-item': of });

/** CAP-2, CAP-3: what nobody can do more of, whoever wants it. */
export const channelLimitsMax: Readonly<Record<Channel, number>> = {
  chat: 12,
  voice: 1,
  email: 50,
  messaging: 50,
  'work-item': 50,
};

/** STATE-5: what comes when a status's time is over: a reminder alone, or back to ready as the agent chose. */
export const Next = v.picklist(['stay', 'ready']);
export type Next = v.InferOutput<typeof Next>;

/** What an agent or a supervisor may choose. */
export const ChosenStatus = v.picklist(['ready', 'not-ready', 'logged-off']);
export type ChosenStatus = v.InferOutput<typeof ChosenStatus>;

/** STATE-1. */
export const StatusName = v.picklist([
  'logged-off',
  'not-ready',
  'ready',
  'wrap-up',
  'rona',
  'refused',
]);
export type StatusName = v.InferOutput<typeof StatusName>;

/** OFFER-2, ROUTE-8: why this agent. */
export const Why = v.object({
  reason: v.picklist(['only', 'proficiency', 'load', 'longest', 'preferred']),
  skills: v.array(v.object({ skill: v.string(), proficiency: v.number() })),
  /** Agents who could have got it, the winner included. */
  candidates: v.number(),
  step: v.number(),
  /** How many others were passed over, by cause: `rejected` it before, or why nothing can be offered to them. */
  passedOver: v.record(v.string(), v.number()),
});
export type Why = v.InferOutput<typeof Why>;
