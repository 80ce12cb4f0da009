import type { DeskId, InteractionId } from '../../protocol/ids.ts';
import type { DeskClock } from '../clock.ts';
import type { DeskDisk } from '../disk/contract.ts';
import type { ConnectionFact, OfferRow } from '../disk/rows.ts';
import type { TypingHeard } from '../ephemeral.ts';

/** One attempt at a connection. After `closed` it never calls again, and `send` does nothing. */
export type Transport = {
  readonly send: (text: string) => void;
  readonly close: (code?: number) => void;
};

export type TransportEvents = {
  readonly opened: () => void;
  readonly received: (text: string) => void;
  /** The close code; 1006 when there was none. Also when it never opened. Called once. */
  readonly closed: (code: number) => void;
};

export type TokenAnswer =
  | { readonly type: 'token'; readonly token: string }
  | { readonly type: 'signed-out' }
  | { readonly type: 'unreachable' };

/** What the link is made of; `connect` calls back only after it has returned. It reads no clock, throws no dice and opens no socket by itself. */
export type LinkDeps = {
  readonly disk: DeskDisk;
  readonly connect: (server: string, on: TransportEvents) => Transport;
  readonly clock: DeskClock;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
  readonly newDesk: () => DeskId;
  /** `fresh`: the one before was refused. */
  readonly token: (fresh: boolean) => Promise<TokenAnswer>;
  /**
   * Makes these offers ring, and no others: badge, notification, sound. Resolves to true when a
   * person can notice it now (OFFER-4).
   */
  readonly show: (offers: readonly OfferRow[]) => Promise<boolean>;
  readonly onTyping?: (typing: TypingHeard) => void;
  readonly onState?: (state: LinkState) => void;
  /** The server's words were written to the disk. */
  readonly onStored?: () => void;
  /** Bugs and bad frames, for the console; never what people wrote. */
  readonly onTrouble?: (what: string, cause?: unknown) => void;
};

export type LinkState = ConnectionFact['state'];

export type Link = {
  /** Something was written to the disk: commands, read marks, who is signed in. Also starts it. */
  readonly wake: () => void;
  /** The network may be back: doesn't wait for the next attempt. */
  readonly hurry: () => void;
  /** The agent is writing; told to the customer when there is a connection. */
  readonly typing: (interaction: InteractionId) => void;
  /** Closes the connection and does nothing more, ever. */
  readonly stop: () => void;
  readonly state: () => LinkState;
};
