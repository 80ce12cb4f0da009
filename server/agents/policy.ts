import type { Ability, Limits } from '../../protocol/cards.ts';

/** What the deciders must know of an agent; defaults in `server/centre/`. */
export type AgentPolicy = {
  /** CAP-2; 0: not given (STATE-12). */
  readonly limits: Readonly<Limits>;
  /** CAP-2: while on a call, nothing on the other channels. */
  readonly voiceBlocks: boolean;
  /** OFFER-1. */
  readonly ringsAtOnce: number;
  /** STATE-4. */
  readonly pendingNotReady: boolean;
  /** STATE-12. */
  readonly abilities: readonly Ability[];
  readonly teams: readonly string[];
};
