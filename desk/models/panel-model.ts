import type { ReadonlySignal, Signal } from '@preact/signals';

import type { ChannelStatus } from '../../protocol/agent-events.ts';
import type { AgentId, CommandId, InteractionId, OfferId } from '../../protocol/ids.ts';
import type { Channel, ChosenStatus, Next, StatusName, Why } from '../../protocol/parts.ts';
import type { RefusalName } from '../../protocol/refusals.ts';

/**
 * What the panel shows and what an agent can do, as signals and actions. Components take a model
 * and nothing else. Signals are filled from the disk (live queries), so every open context shows
 * the same, also while the server is away. Actions write outbox rows and resolve when the row is
 * on the disk; they never wait for the network.
 *
 * All times are server time in milliseconds; compare them with `now` only.
 */
export type PanelModel = {
  /** Server time, ticking once a second; between ticks it does not change. */
  readonly now: ReadonlySignal<number>;
  /** False until the first read from the disk (within 200 ms): show nothing yet rather than "empty". */
  readonly loaded: ReadonlySignal<boolean>;
  readonly session: SessionModel;
  readonly connection: ReadonlySignal<Connection>;
  readonly status: StatusModel;
  readonly offers: OffersModel;
  readonly interactions: InteractionsModel;
  /** Commands that came back refused and were not settled by the agent yet. */
  readonly refused: ReadonlySignal<readonly RefusedCommand[]>;
  /** CHAT-3: messages that came back refused; each stands in its conversation, also in one that is done. */
  readonly failed: ReadonlySignal<readonly FailedMessage[]>;
  readonly retry: (id: CommandId) => Promise<void>;
  readonly discard: (id: CommandId) => Promise<void>;
  /** The panel speaks this language: from now on what the browser shows for the desk does, too. */
  readonly speak: (language: string) => Promise<void>;
  /** Ends subscriptions; for tests and closing windows. */
  readonly close: () => void;
};

export type SessionModel = {
  readonly current: ReadonlySignal<{
    readonly server: string;
    readonly agent: AgentId;
    readonly name: string;
    readonly role: 'agent' | 'supervisor' | 'admin';
    readonly centre: string;
  } | null>;
  /** The server's address typed last, for the form. */
  readonly lastServer: ReadonlySignal<string>;
  readonly signIn: (server: string, email: string, password: string) => Promise<SignInResult>;
  /**
   * STATE-9: refused while interactions are owned or an offer rings, and while something isn't sent
   * or was refused (`failed`): it would be lost.
   */
  readonly signOut: () => Promise<
    'signed-out' | 'still-owning' | 'offer-ringing' | 'unsent' | 'failed'
  >;
  /** STATE-11. */
  readonly takeBack: () => Promise<void>;
};

export type SignInResult =
  | { readonly type: 'signed-in' }
  | {
      readonly type: 'failed';
      readonly reason:
        | 'wrong-credentials'
        | 'unreachable'
        | 'not-deskside'
        | 'bad-address'
        | 'too-many'
        | 'permission'
        | 'too-old';
    };

export type Connection = {
  readonly state: 'live' | 'connecting' | 'open-elsewhere' | 'update-needed' | 'signed-out';
  /** What the agent did here and the server hasn't answered: messages, and everything else. */
  readonly waiting: { readonly messages: number; readonly changes: number };
  /** Since when it is not live, on this machine's clock; null while live. For "Reconnecting…" only. */
  readonly downSince: number | null;
};

export type StatusModel = {
  /** One status for all channels: the one switch. */
  readonly shown: ReadonlySignal<{
    /** `unknown`: signed in, and the server hasn't said yet. */
    readonly status: StatusName | 'unknown';
    readonly reason: string | null;
    readonly since: number;
    /** STATE-5: a countdown runs until then; null: as long as it takes. */
    readonly until: number | null;
    readonly next: Next;
    /** STATE-4: "Not ready after this (2 left)". */
    readonly pending: { readonly reason: string | null; readonly left: number } | null;
    /** A status command that the server hasn't answered yet: shown as "…", never as done. */
    readonly asked: ChosenStatus | null;
  }>;
  /** STATE-1, STATE-12: each channel that is given, with its load. */
  readonly channels: ReadonlySignal<readonly ChannelView[]>;
  /** STATE-3. */
  readonly doNotDisturb: ReadonlySignal<boolean>;
  /** CAP-1: of the first channel that is given, and of each other that is in use. */
  readonly load: ReadonlySignal<readonly ChannelLoad[]>;
  readonly reasons: ReadonlySignal<readonly { readonly id: string; readonly label: string }[]>;
  /** All channels when none is named; for so long, or as long as it takes (STATE-5). */
  readonly set: (
    to: ChosenStatus,
    reason: string | null,
    channel?: Channel | 'all',
    durationMs?: number | null,
    next?: Next,
  ) => Promise<void>;
  readonly setDoNotDisturb: (on: boolean) => Promise<void>;
};

export type ChannelLoad = {
  readonly channel: Channel;
  readonly used: number;
  readonly limit: number;
};

export type ChannelView = Readonly<ChannelStatus> & {
  readonly channel: Channel;
  readonly load: { readonly used: number; readonly limit: number };
};

export type OfferView = {
  readonly offer: OfferId;
  readonly interaction: InteractionId;
  readonly channel: Channel;
  readonly queue: string;
  /** The customer's name, or null: show "Visitor " and `shortId`. */
  readonly name: string | null;
  readonly shortId: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly subject: string | null;
  readonly entryPage: string | null;
  readonly enqueuedAt: number;
  /** Null until the desk has told the server that it is shown; then the ring runs. */
  readonly answerBy: number | null;
  readonly answerMs: number;
  /** Its skills are names, as a person reads them. */
  readonly why: Why;
  /** The agent has answered here; the server hasn't said yet. */
  readonly answering: 'accept' | 'reject' | null;
};

export type OffersModel = {
  readonly open: ReadonlySignal<readonly OfferView[]>;
  readonly accept: (offer: OfferView) => Promise<void>;
  readonly reject: (offer: OfferView) => Promise<void>;
};

export type InteractionTab = {
  readonly interaction: InteractionId;
  readonly name: string | null;
  readonly shortId: string;
  readonly queue: string;
  readonly channel: Channel;
  /** Grey timer: since the owner accepted. */
  readonly acceptedAt: number;
  /** Blue timer (CHAT-9): the customer wrote last, and since then waits. */
  readonly waitingSince: number | null;
  /** Purple timer. */
  readonly wrapUp: { readonly since: number; readonly until: number | null } | null;
  readonly unread: number;
  readonly customer: 'here' | 'away' | 'left';
  /** END-7: it keeps nobody from signing out. */
  readonly isParked: boolean;
  /** 0..7, stable for an interaction: the colour bar. */
  readonly colour: number;
};

export type InteractionsModel = {
  /** In arrival order (CHAT-10). */
  readonly tabs: ReadonlySignal<readonly InteractionTab[]>;
  /** Recently done ones on this machine, newest first, at most 20. */
  readonly done: ReadonlySignal<readonly InteractionTab[]>;
  /** The conversation on screen; kept on disk so that a reopened panel comes back to it. */
  readonly selected: ReadonlySignal<InteractionId | null>;
  readonly select: (interaction: InteractionId | null) => void;
  /** The model of one conversation; it lives while it is on screen, `close` it then. */
  readonly conversation: (interaction: InteractionId) => ConversationModel;
};

export type ConversationModel = {
  readonly head: ReadonlySignal<InteractionTab | null>;
  readonly facts: ReadonlySignal<{
    readonly email: string | null;
    readonly phone: string | null;
    readonly subject: string | null;
    readonly entryPage: string | null;
    readonly startedAt: number;
    readonly dispositions: readonly { readonly id: string; readonly label: string }[];
    readonly dispositionRequired: boolean;
    /** END-4: Mark done may place it in another queue. */
    readonly hasWorkflow: boolean;
    readonly phase: 'active' | 'wrap-up' | 'done';
    readonly endedBy: 'customer' | 'customer-left' | 'agent' | null;
  } | null>;
  /** The newest window of rows (≤ 100), grown by `earlier`; own unsent messages stand last. */
  readonly rows: ReadonlySignal<readonly TranscriptRow[]>;
  readonly hasEarlier: ReadonlySignal<boolean>;
  readonly earlier: () => void;
  readonly customerTyping: ReadonlySignal<boolean>;
  /** Everything up to the newest row was seen by a person: the panel is visible and scrolled down. */
  readonly seen: () => void;

  /** CHAT-15: on the disk after every pause in typing; edited in one window at a time. */
  readonly draft: Signal<string>;
  /** False while another window edits this draft; `editHere` takes it over. */
  readonly draftHere: ReadonlySignal<boolean>;
  readonly editHere: () => void;
  /** Empties the draft and enqueues the message in one transaction. `full`: 2,000 commands wait already; the draft stays. */
  readonly send: () => Promise<'queued' | 'empty' | 'too-long' | 'full'>;
  /** Call on input: tells the customer, at most every 3 s. */
  readonly typing: () => void;
  readonly retry: (id: CommandId) => Promise<void>;
  readonly discard: (id: CommandId) => Promise<void>;
  readonly end: () => Promise<void>;

  /** The half-filled wrap-up, kept on disk. */
  readonly wrapUp: Signal<{ readonly dispositions: readonly string[]; readonly note: string }>;
  readonly markDone: () => Promise<'queued' | 'disposition-missing'>;
  readonly close: () => void;
};

export type TranscriptRow =
  | {
      readonly kind: 'message';
      /** Stable key: `s<seq>`, or the command id while unsent. */
      readonly key: string;
      readonly seq: number | null;
      readonly from: 'customer' | 'agent' | 'system';
      /** Written by this agent. */
      readonly mine: boolean;
      readonly name: string | null;
      readonly at: number;
      /** Null: the words were removed. */
      readonly text: string | null;
      /** CHAT-3; null for messages that aren't from our side. */
      readonly state: 'sending' | 'sent' | 'delivered' | 'read' | 'failed' | null;
      readonly refusal: RefusalName | null;
      readonly commandId: CommandId | null;
    }
  | {
      readonly kind: 'line';
      readonly key: string;
      readonly seq: number;
      readonly at: number;
      readonly line:
        | { readonly type: 'started'; readonly queue: string }
        | {
            readonly type: 'joined';
            readonly name: string;
            readonly mine: boolean;
            readonly waitedMs: number;
          }
        | { readonly type: 'customer-away' | 'customer-returned' }
        | { readonly type: 'ended'; readonly by: 'customer' | 'customer-left' | 'agent' }
        | { readonly type: 'marked-done'; readonly by: 'agent' | 'system' }
        | { readonly type: 'owner-away' | 'owner-returned' | 'owner-lost' }
        | {
            readonly type: 'bot-ended';
            readonly outcome: 'handed-over' | 'failed' | 'time-out';
            /** What the bot has noted for the agent; empty: nothing. */
            readonly note: string;
          };
    };

/** Commands that have a sentence of their own for a no. */
export type NamedCommand =
  | 'set-status'
  | 'accept'
  | 'reject'
  | 'post'
  | 'end'
  | 'mark-done'
  | 'sign-out';

export type FailedMessage = {
  readonly id: CommandId;
  readonly interaction: InteractionId;
  readonly refusal: RefusalName;
};

export type RefusedCommand = {
  readonly id: CommandId;
  readonly refusal: RefusalName;
  /** `post` only where its conversation is not on this desk any more; else the transcript shows it. */
  readonly command: NamedCommand | 'other';
  readonly interaction: InteractionId | null;
};
