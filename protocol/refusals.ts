import * as v from 'valibot';

/**
 * Every way the server says no. `final: true` is stored under its command id like an
 * acknowledgement; `final: false` means: the same row may be sent again later.
 * The sentence is for logs and for people who type into a WebSocket client; what agents and
 * customers read is in `locales/` under `refusal.<name>`.
 */
export const refusals = {
  'bad-frame': { final: true, sentence: 'This frame could not be read; it was ignored.' },
  'frame-too-large': { final: true, sentence: 'This frame is larger than the server takes.' },
  'text-too-long': { final: true, sentence: 'This text is longer than 16 KiB.' },
  'sensitive-data': {
    final: true,
    sentence: 'This text holds data that may not be sent.',
  },
  'protocol-too-old': {
    final: true,
    sentence: 'This program is too old for the server; update it.',
  },
  'protocol-too-new': {
    final: true,
    sentence: 'The server is older than this program; it must be updated.',
  },
  'hello-expected': { final: true, sentence: 'The first frame must be a hello.' },
  'not-signed-in': {
    final: true,
    sentence: 'The sign-in has expired or was revoked; sign in again.',
  },
  'wrong-origin': { final: true, sentence: 'This page may not open this door.' },
  'open-elsewhere': {
    final: false,
    sentence: 'This agent is at work on another desk; take back to go on here.',
  },
  'not-allowed': { final: true, sentence: 'You may not do this.' },
  'unknown-interaction': {
    final: true,
    sentence: 'There is no such interaction, or it is not yours.',
  },
  'unknown-queue': { final: true, sentence: 'There is no such queue.' },
  'queue-closed': { final: true, sentence: 'This queue is closed now; a message can be left.' },
  'takes-no-messages': { final: true, sentence: 'No message can be left in this queue.' },
  'address-missing': {
    final: true,
    sentence: 'A message needs an e-mail address or a phone number to answer to.',
  },
  'identity-refused': {
    final: true,
    sentence: 'The site’s word for who this is has expired, or is not the site’s.',
  },
  'no-address': {
    final: true,
    sentence: 'The customer has given no e-mail address; say where it should go.',
  },
  'bad-address': { final: true, sentence: 'This is not an e-mail address.' },
  'nothing-to-send': {
    final: true,
    sentence: 'Nobody has answered yet; there is nothing to send.',
  },
  'too-many-transcripts': {
    final: true,
    sentence: 'So many transcripts are on their way already; wait until they have gone out.',
  },
  'bad-page': { final: true, sentence: 'This page can’t be opened at the customer’s side.' },
  'message-waiting': {
    final: true,
    sentence: 'A message of this customer waits already; write more words into that one.',
  },
  'not-waiting': { final: true, sentence: 'This interaction does not wait any more.' },
  'unknown-reason': { final: true, sentence: 'There is no such reason for not being ready.' },
  'unknown-disposition': { final: true, sentence: 'This queue has no such disposition.' },
  'id-reused': { final: true, sentence: 'This command id was already used for something else.' },
  taken: { final: true, sentence: 'Somebody else has accepted this interaction.' },
  'offer-over': { final: true, sentence: 'This offer is over.' },
  'not-active': {
    final: true,
    sentence: 'The conversation has ended; nothing can be written any more.',
  },
  'not-in-wrap-up': { final: true, sentence: 'Only an interaction in wrap-up can be marked done.' },
  'disposition-missing': {
    final: true,
    sentence: 'This queue asks for a disposition before the interaction is done.',
  },
  'resolved-missing': {
    final: true,
    sentence: 'This queue asks whether it is resolved before the interaction is done.',
  },
  'answer-missing': {
    final: true,
    sentence: 'This queue’s script has a question that must be answered first.',
  },
  'unknown-answer': { final: true, sentence: 'An answer doesn’t fit its question.' },
  'unknown-tag': { final: true, sentence: 'There is no such tag.' },
  'workflow-missing': {
    final: true,
    sentence: 'Choose the queue in which the work goes on, or stop it.',
  },
  'not-parked': { final: true, sentence: 'This interaction is not parked.' },
  'workbin-full': {
    final: true,
    sentence: 'The workbin is full; finish something that is parked first.',
  },
  'unknown-commitment': { final: true, sentence: 'There is no such commitment, or it has ended.' },
  'too-many-commitments': {
    final: true,
    sentence: 'There are too many open commitments; end one first.',
  },
  'channel-not-given': { final: true, sentence: 'The agent has no such channel.' },
  'agent-signed-out': { final: true, sentence: 'The agent is not signed in.' },
  'still-owning': {
    final: true,
    sentence: 'Finish or hand over your interactions before you sign out.',
  },
  'offer-ringing': { final: true, sentence: 'Answer the offer first.' },
  'not-routable': { final: true, sentence: 'The agent is not ready for this.' },
  'no-room': { final: true, sentence: 'The agent has no free capacity.' },
  'unknown-agent': { final: true, sentence: 'There is no such agent.' },
  'channel-not-taken': { final: true, sentence: 'This queue takes nothing on this channel.' },
  'unknown-target': { final: true, sentence: 'There is no such team or skill.' },
  'outside-team': {
    final: true,
    sentence: 'You may hand this to colleagues and teams of yours only.',
  },
  'not-reachable': { final: true, sentence: 'The colleague is not signed in or can’t be reached.' },
  'already-inside': { final: true, sentence: 'This agent is in the interaction already.' },
  'not-inside': { final: true, sentence: 'This agent is not a guest of the interaction.' },
  'already-asked': {
    final: true,
    sentence: 'This colleague was asked already; wait for the answer or cancel it.',
  },
  'conference-full': { final: true, sentence: 'No more than six can be in one interaction.' },
  'too-many-requests': {
    final: true,
    sentence: 'So many requests are open already; wait for an answer or cancel one.',
  },
  'request-over': { final: true, sentence: 'This request is over.' },
  'not-delivered': { final: true, sentence: 'Not delivered: offline.' },
  'out-of-date': {
    final: true,
    sentence: 'This no longer fits the state of things; nothing was changed.',
  },
  'file-not-ready': {
    final: false,
    sentence: 'A file of this message has not arrived yet; the message is tried again.',
  },
  'unknown-file': {
    final: true,
    sentence: 'There is no such file, or it is not yours to use here.',
  },
  'file-too-large': {
    final: true,
    sentence: 'The files of one message are larger than 35 MB together.',
  },
  'file-type-not-allowed': {
    final: true,
    sentence: 'Files of this type are not taken; the type is told by what is in the file.',
  },
  'file-unreadable': {
    final: true,
    sentence: 'The file is damaged, locked, or too large inside to be looked through.',
  },
  'image-too-large': { final: true, sentence: 'The image has too many pixels.' },
  'file-sensitive': {
    final: true,
    sentence: 'The file holds data that may not be sent here; it was dropped.',
  },
  'file-unsafe': { final: true, sentence: 'The file was found to be harmful; it was dropped.' },
  'too-many-files': {
    final: true,
    sentence: 'So many files are on their way already, or in this conversation.',
  },
  'too-many': { final: false, sentence: 'Too much at once; it is tried again in a moment.' },
  'try-later': {
    final: false,
    sentence: 'The server can’t store anything right now; it is tried again.',
  },
} as const satisfies Record<string, { final: boolean; sentence: string }>;

export type RefusalName = keyof typeof refusals;
export const refusalNames = Object.keys(refusals) as RefusalName[];
export const RefusalName = v.picklist(refusalNames);

/** WebSocket close codes. 1001 and 1006 are weather: resume with the cursors. */
export const closeCodes = {
  'going-away': 1001,
  'bad-frame': 4000,
  'not-signed-in': 4001,
  'protocol-too-old': 4002,
  'protocol-too-new': 4003,
  'hello-expected': 4004,
  'wrong-origin': 4005,
  'frame-too-large': 4006,
  'too-many': 4008,
  'open-elsewhere': 4009,
  'try-later': 4010,
  'too-slow': 4011,
  'signed-out': 4012,
} as const;
