import type { ChannelStatus, OpenOffer } from '../../protocol/agent-events.ts';
import type { Ability, CentreCard, Limits } from '../../protocol/cards.ts';
import type { AgentCommand } from '../../protocol/commands.ts';
import type { AgentWelcome } from '../../protocol/frames.ts';
import type {
  AgentId,
  CommandId,
  DeskId,
  InteractionId,
  QueueId,
  StreamName,
} from '../../protocol/ids.ts';
import type { InteractionEvent } from '../../protocol/interaction-events.ts';
import type { Role } from '../../protocol/members.ts';
import type { Channel, Content } from '../../protocol/parts.ts';
import type { RefusalName } from '../../protocol/refusals.ts';

/** What is kept once, by name. */
export type Facts = {
  /** This browser profile; made once, it stays when agents come and go. */
  readonly desk: DeskId;
  readonly account: Account;
  readonly agent: AgentCopy;
  readonly time: ServerTime;
  readonly connection: ConnectionFact;
  readonly selected: InteractionId;
  readonly lastServer: string;
  /** The panel's, for what the browser itself shows; localStorage is out of a worker's reach. */
  readonly language: string;
};
export type FactName = keyof Facts;

export type Account = {
  /** Origin, without a slash at the end. */
  readonly server: string;
  readonly agent: AgentId;
  readonly name: string;
  readonly role: AgentWelcome['agent']['role'];
  readonly centre: string;
  readonly refreshToken: string;
  /** False once the server takes the refresh token no longer. Everything stays until somebody signs in: the same agent goes on, another one finds nothing. */
  readonly signedIn: boolean;
  /** The next hello makes this desk the live one (STATE-11). */
  readonly claim: boolean;
};

/** The agent's stream, folded up to `seq`. */
export type AgentCopy = {
  readonly seq: number;
  readonly channels: Readonly<Record<Channel, ChannelStatus>>;
  /** STATE-3. */
  readonly doNotDisturb: boolean;
  /** STATE-7, as the server knows it. */
  readonly idle: boolean;
  /** CAP-2; 0: the channel isn't given, nothing shows it (STATE-12). */
  readonly limits: Limits;
  /** STATE-12. */
  readonly abilities: readonly Ability[];
  readonly centre: CentreCard;
  /** OFFER-4: the server waits to hear that offers can be shown again; what for (an offer's id). */
  readonly notShown: string | null;
};

/** Server time was `serverNow` when this machine's clock said `at`. */
export type ServerTime = { readonly serverNow: number; readonly at: number };

export type ConnectionFact = {
  readonly state: 'live' | 'connecting' | 'open-elsewhere' | 'update-needed' | 'signed-out';
  /** On this machine's clock; null while live. */
  readonly downSince: number | null;
};

/** The copy of one interaction, as a member of `epoch`: what `events` folds to up to `seq`. */
export type InteractionRow = {
  readonly interaction: InteractionId;
  readonly epoch: number;
  /** The cursor. */
  readonly seq: number;
  readonly state: 'open' | 'done';
  /** 0 while it is open. */
  readonly doneAt: number;
  readonly head: Head;
  /** Absent in rows of older programs: they knew owners only. */
  readonly role?: Role;
  /** Seqs of the customer's messages that no person has seen here; the newest 100. */
  readonly unread: readonly number[];
  /** Everything up to here was seen by this agent. */
  readonly readTo: number;
  /** How far the customer's side has got (CHAT-3). */
  readonly customerMarks: { readonly delivered: number; readonly read: number };
};

export type Head = {
  readonly channel: Channel;
  readonly queue: QueueId | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly subject: string | null;
  readonly entryPage: string | null;
  readonly startedAt: number;
  readonly enqueuedAt: number;
  readonly acceptedAt: number;
  /** The customer wrote last: since when (CHAT-9). */
  readonly waitingSince: number | null;
  readonly wrapUp: { readonly since: number; readonly until: number | null } | null;
  readonly endedBy: 'customer' | 'customer-left' | 'agent' | null;
  readonly customer: 'here' | 'away' | 'left';
  /** END-7. Absent in rows of older programs: it isn't. */
  readonly isParked?: boolean;
  /** The seq whose words name the customer; blanked together with them. */
  readonly namedBy: number;
};

export type EventRow = {
  readonly interaction: InteractionId;
  readonly seq: number;
  readonly at: number;
  readonly event: InteractionEvent;
  /** Null: it has no words, or they were removed. */
  readonly content: Content | null;
  /** Equal to `seq` where the transcript shows the event, else absent: the index holds only these. */
  readonly shown?: number;
  /** Of an `accepted`: how long the customer had waited. */
  readonly waitedMs?: number;
};

export type OfferRow = OpenOffer;

export type OutboxRow = {
  /** Given by the disk: the order in which rows were written. */
  readonly order: number;
  readonly id: CommandId;
  /** Rows of one lane go out strictly in order, lanes side by side. */
  readonly lane: string;
  readonly command: AgentCommand;
  /** Server time, as well as the panel knew it. */
  readonly createdAt: number;
} & OutboxState;

export type OutboxState =
  | { readonly state: 'waiting' }
  /** Stored by the server; shown as sent until the stored event is here. */
  | { readonly state: 'acknowledged'; readonly stream: StreamName; readonly seq: number }
  /** A final no; the agent retries or discards it. */
  | { readonly state: 'refused'; readonly refusal: RefusalName };

/** What the agent has begun to write: a reply, and the wrap-up. */
export type DraftRow = {
  readonly interaction: InteractionId;
  readonly text: string;
  readonly dispositions: readonly string[];
  readonly note: string;
  readonly savedAt: number;
};
