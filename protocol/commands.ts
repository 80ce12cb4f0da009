import * as v from 'valibot';
import { MessageFiles } from './files.ts';
import { AgentId, CommitmentId, InteractionId, OfferId, QueueId, RequestId } from './ids.ts';
import { TransferTarget } from './interaction-events.ts';
import { limits } from './limits.ts';
import {
  AttachedData,
  Channel,
  ChosenStatus,
  channels,
  Field,
  Language,
  MessageText,
  Next,
  PageUrl,
  recordBy,
  Tags,
  Time,
  textUpTo,
} from './parts.ts';

const noteText = textUpTo(limits.noteBytes);

/** All that a person wrote in one command together: it must fit a frame, however it is escaped. */
const fits = (words: readonly string[]): boolean => v.is(noteText, words.join(''));
const both = (record: Readonly<Record<string, string>>): string[] => Object.entries(record).flat();

const onInteraction = { interaction: InteractionId };

/** A message: words, files (CHAT-6), or both. */
const message = {
  type: v.literal('post'),
  ...onInteraction,
  text: textUpTo(limits.textBytes),
  /** Left out: none. */
  files: v.optional(MessageFiles),
};
const saysSomething = ({ text, files }: { text: string; files?: unknown }): boolean =>
  text.trim() !== '' || files !== undefined;

const Dispositions = v.pipe(
  v.array(v.pipe(v.string(), v.maxLength(64))),
  v.maxLength(limits.dispositions),
);

/** HAND-3: what the sender hands over besides the interaction itself. */
const parcel = {
  note: noteText,
  draft: textUpTo(limits.textBytes),
  dispositions: Dispositions,
};
/** STATE-1: one channel, or the one switch for all that are given and logged on (none is: all that are given). */
const SwitchedChannel = v.picklist([...channels, 'all']);
const Reason = v.pipe(v.string(), v.maxLength(64));

/** What an agent may ask for. */
export const AgentCommand = v.variant('type', [
  /** Away from `ready` with open work it is pending (STATE-4); to `ready` it also takes a pending one back. */
  v.object({
    type: v.literal('set-status'),
    channel: SwitchedChannel,
    to: ChosenStatus,
    /** With `not-ready` only. */
    reason: v.nullable(Reason),
    /** STATE-5, with `not-ready` only; null: as long as it takes. */
    durationMs: v.nullable(
      v.pipe(
        v.number(),
        v.integer(),
        v.minValue(limits.statusMsMin),
        v.maxValue(limits.statusMsMax),
      ),
    ),
    /** `ready`: back to ready by itself when the time is over. */
    next: Next,
  }),
  /** STATE-3: no offers on any channel; what was set stays. */
  v.object({ type: v.literal('set-do-not-disturb'), on: v.boolean() }),
  /** STATE-7, said by the desk: the screen is locked or nobody has touched anything for so long. */
  v.object({ type: v.literal('idle-set'), idle: v.boolean() }),
  /** A supervisor's; it also clears RONA and refused. */
  v.object({
    type: v.literal('set-agent-status'),
    agent: AgentId,
    channel: SwitchedChannel,
    to: ChosenStatus,
    reason: v.nullable(Reason),
  }),
  v.object({ type: v.literal('sign-out') }),
  /** The desk can show offers again after one was not shown (OFFER-4). */
  v.object({ type: v.literal('can-show') }),
  v.object({ type: v.literal('offer-shown'), interaction: InteractionId, offer: OfferId }),
  v.object({ type: v.literal('accept'), interaction: InteractionId, offer: OfferId }),
  v.object({ type: v.literal('reject'), interaction: InteractionId, offer: OfferId }),
  /** CHAT-7: `page` opens at the customer's side. */
  v.pipe(
    v.object({ ...message, page: v.optional(PageUrl) }),
    v.check((post) => saysSomething(post), 'empty'),
  ),
  /**
   * END-6: what the customer could see goes to them by e-mail. `to` null: to the address that they
   * gave; another one counts as unverified.
   */
  v.object({ type: v.literal('send-transcript'), ...onInteraction, to: v.nullable(Field) }),
  /** ROUTE-9: takes one that waits, without an offer. */
  v.object({ type: v.literal('pick'), interaction: InteractionId }),
  v.object({ type: v.literal('end'), interaction: InteractionId }),
  v.pipe(
    v.object({
      type: v.literal('mark-done'),
      interaction: InteractionId,
      dispositions: Dispositions,
      note: noteText,
      resolved: v.optional(v.nullable(v.boolean()), null),
      /** By question of the queue's script. */
      answers: v.optional(
        v.pipe(
          recordBy(v.pipe(v.string(), v.maxLength(64)), noteText),
          v.check((answers) => Object.keys(answers).length <= limits.answers, 'too many answers'),
        ),
        {},
      ),
      /** Null: as they are. */
      tags: v.optional(v.nullable(Tags), null),
      data: v.optional(AttachedData, {}),
      sendTranscript: v.optional(v.boolean(), false),
      /** Where to, as `to` of `send-transcript`; left out: to the address that they gave. */
      transcriptTo: v.optional(Field),
      /** END-4: placed in this queue, or ended; null where the queue has no workflow. */
      workflow: v.optional(
        v.nullable(v.union([v.literal('stop'), v.object({ queue: QueueId })])),
        null,
      ),
    }),
    v.check(
      ({ note, answers, data }) => fits([note, ...both(answers), ...both(data)]),
      'text-too-long',
    ),
  ),
  /** END-3: 60 s more, or no limit. */
  v.object({
    type: v.literal('extend-wrap-up'),
    interaction: InteractionId,
    to: v.picklist(['more', 'open']),
  }),
  /** Internal; never for the customer (CHAT-16). */
  v.object({
    type: v.literal('add-note'),
    interaction: InteractionId,
    text: v.pipe(
      noteText,
      v.check((text) => text.trim() !== '', 'empty'),
    ),
  }),
  v.object({ type: v.literal('set-tags'), interaction: InteractionId, tags: Tags }),
  v.object({ type: v.literal('set-data'), interaction: InteractionId, data: AttachedData }),
  /** END-7: for so long, null: as long as the queue allows; longer than that is that. */
  v.object({
    type: v.literal('park'),
    interaction: InteractionId,
    forMs: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
  }),
  v.object({ type: v.literal('unpark'), interaction: InteractionId }),
  /** END-8: a promise to be in touch at `due`. */
  v.object({
    type: v.literal('make-commitment'),
    commitment: CommitmentId,
    /** What it came from, if anything. */
    about: v.nullable(InteractionId),
    due: Time,
    channel: Channel,
    note: noteText,
    /** Number or address. */
    contact: Field,
  }),
  v.object({
    type: v.literal('end-commitment'),
    commitment: CommitmentId,
    outcome: v.picklist(['kept', 'dropped']),
  }),
  /** HAND-2: to an agent it is a request, unless the queue says `transfer: immediate`. */
  v.pipe(
    v.object({ type: v.literal('transfer'), ...onInteraction, to: TransferTarget, ...parcel }),
    v.check(({ note, draft }) => fits([note, draft]), 'text-too-long'),
  ),
  /** HAND-5, HAND-6: asks a colleague for advice, or to join. */
  v.object({
    type: v.literal('request'),
    ...onInteraction,
    kind: v.picklist(['consult', 'join']),
    to: AgentId,
    note: textUpTo(limits.noteBytes),
  }),
  v.object({ type: v.literal('cancel-request'), ...onInteraction, request: RequestId }),
  v.object({ type: v.literal('accept-request'), ...onInteraction, request: RequestId }),
  v.object({ type: v.literal('reject-request'), ...onInteraction, request: RequestId }),
  /** HAND-7. */
  v.object({ type: v.literal('remove-guest'), ...onInteraction, agent: AgentId }),
  v.object({ type: v.literal('end-conference'), ...onInteraction }),
  /** To a guest; the owner becomes one. */
  v.object({ type: v.literal('hand-ownership'), ...onInteraction, to: AgentId }),
  /** A guest, consultant or monitor goes; the talk goes on. */
  v.object({ type: v.literal('leave'), ...onInteraction }),
  /** HAND-5, HAND-7: between the owner and one colleague, whom `with` names, whoever writes. */
  v.object({
    type: v.literal('post-side'),
    ...onInteraction,
    with: AgentId,
    text: MessageText,
  }),
  /** HAND-7, a supervisor's: to read, to join, to answer for it from now on. */
  v.object({ type: v.literal('monitor'), ...onInteraction }),
  v.object({ type: v.literal('barge-in'), ...onInteraction }),
  v.object({ type: v.literal('take-over'), ...onInteraction }),
  v.object({
    type: v.literal('finish-own-wrap-up'),
    ...onInteraction,
    note: textUpTo(limits.noteBytes),
  }),
]);
export type AgentCommand = v.InferOutput<typeof AgentCommand>;

const customerFields = {
  queue: QueueId,
  language: Language,
  name: v.optional(Field),
  email: v.optional(Field),
  phone: v.optional(Field),
  subject: v.optional(Field),
  entryPage: v.optional(PageUrl),
  /** A JWT by which the site says who its customer is; refused when it isn't good. */
  identity: v.optional(v.pipe(v.string(), v.maxLength(limits.tokenCharacters, 'text-too-long'))),
};

/** What a customer may ask for. */
export const CustomerCommand = v.variant('type', [
  /** Started twice, in two tabs or by a retry, it is one interaction (ROUTE-10). */
  v.object({ type: v.literal('start'), ...customerFields }),
  /** ROUTE-6: begins an e-mail interaction, or turns this waiting one into one. */
  v.object({
    type: v.literal('leave-message'),
    interaction: v.nullable(InteractionId),
    ...customerFields,
    text: MessageText,
  }),
  v.pipe(
    v.object(message),
    v.check((post) => saysSomething(post), 'empty'),
  ),
  v.object({ type: v.literal('leave'), interaction: InteractionId }),
  /** END-6: theirs, by e-mail; `to` as in the agent's. */
  v.object({
    type: v.literal('send-transcript'),
    interaction: InteractionId,
    to: v.nullable(Field),
  }),
]);
export type CustomerCommand = v.InferOutput<typeof CustomerCommand>;
