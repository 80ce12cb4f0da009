/** 120 bytes that carry the message's number, and with it the time it was due. */
export const textOf = (n: number): string => `m${n} ${FILLING}`.slice(0, TEXT_BYTES);

/** The number in a text, NaN when it is none of ours. */
export const numberIn = (text: string): number =>
  text.charCodeAt(0) === M ? Number.parseInt(text.slice(1, 12), 10) : Number.NaN;

/** What people write in a chat is this long. */
export const TEXT_BYTES = 120;
const M = 'm'.charCodeAt(0);
const FILLING =
  'the parcel was to come on Tuesday but nobody was here to take it, can it be brought to the shop round the corner instead, please';

/** A command id is at least 16 characters long and, for the load, carries the number too. */
export const idOf = (n: number): string => ID_START + n;
export const numberInId = (id: string): number =>
  id.startsWith(ID_START) ? Number.parseInt(id.slice(ID_START.length), 10) : Number.NaN;
const ID_START = 'bench-message-no-';
