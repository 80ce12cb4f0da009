import type { AgentId, CustomerId, InteractionId, QueueId } from '../../protocol/ids.ts';
import type { Channel } from '../../protocol/parts.ts';

/** What is looked for. Everything that is given must hold; null, or an empty list: it doesn't matter. */
export type Query = {
  /** Words of people. All of them must stand in one text; the last may be the beginning of a word. */
  readonly text: string | null;
  /** As it is written in its country, or with `+`. */
  readonly phone: string | null;
  readonly email: string | null;
  /**
   * The customer's principal, or the id under which a site verified them, with or without `SITE/`;
   * of two either.
   */
  readonly customer: string | readonly [string, string] | null;
  readonly queue: QueueId | null;
  readonly agent: AgentId | null;
  readonly disposition: string | null;
  readonly tag: string | null;
  readonly channel: Channel | null;
  /** Started at or after, and before: server times. */
  readonly from: number | null;
  readonly to: number | null;
  /** Held by one of these queues; null: by any. */
  readonly heldBy: readonly QueueId[] | null;
  /** `next` of the page before; null: from the newest. */
  readonly after: number | null;
  readonly limit: number;
};

/** Interactions, the newest first. */
export type FoundPage = {
  readonly rows: readonly Found[];
  /**
   * Where the next page begins; null: this is the last. A page may be shorter than asked and still
   * have a next one: a search looks at so many interactions and no more.
   */
  readonly next: number | null;
};

export type Found = {
  readonly interaction: InteractionId;
  readonly customer: CustomerId;
  /** `SITE/ID`, where a site has vouched for it (KNOW-5). */
  readonly verifiedId: string | null;
  /** Of the newest leg. */
  readonly channel: Channel;
  /** All that held it. */
  readonly queues: readonly QueueId[];
  /** All who answered for it or were guests. */
  readonly agents: readonly AgentId[];
  readonly dispositions: readonly string[];
  readonly tags: readonly string[];
  readonly startedAt: number;
  /** Null: it isn't done. */
  readonly doneAt: number | null;
  /** As given by the customer; null: nothing was, or it was removed. */
  readonly name: string | null;
  readonly subject: string | null;
  /** The newest text that was found, its beginning; null where no text was looked for. */
  readonly match: { readonly seq: number; readonly text: string } | null;
};

/** Rows of one page: what one screen shows. */
export const PAGE_MAX = 50;
