import type { AgentEvent } from '../../protocol/agent-events.ts';
import {
  type AgentId,
  agentOf,
  type CommandId,
  type CustomerId,
  type StreamName,
} from '../../protocol/ids.ts';
import type { InteractionEvent } from '../../protocol/interaction-events.ts';
import type { Role } from '../../protocol/members.ts';
import type { Content } from '../../protocol/parts.ts';
import { type InteractionSight, sightings } from './sightings.ts';

/** Who reads. An agent reads their own stream, and interactions in the role that they have there. */
export type Reader =
  | { readonly kind: 'agent'; readonly id: AgentId }
  | { readonly kind: 'customer'; readonly id: CustomerId };

/** A class of readers who see the same of a stream. */
export type Sight = 'self' | InteractionSight;

/** A stored event, as far as it matters here. */
export type Logged = {
  readonly stream: StreamName;
  readonly seq: number;
  readonly at: number;
  /** Whose command it was, and which. */
  readonly principal: string;
  readonly commandId: CommandId;
  readonly body: InteractionEvent | AgentEvent;
  /** Null once blanked, absent where the event never had any. */
  readonly content?: Content | null;
};

/** What is left of an event for a reader. */
export type Seen = {
  readonly seq: number;
  readonly at: number;
  readonly event: InteractionEvent | AgentEvent;
  readonly content?: Content | null;
  /** Only for the reader whose command it was: it settles the outbox row. */
  readonly commandId?: CommandId;
};

/**
 * What this reader may see of an event; null: nothing (TRUST-4). Whether they are in the
 * interaction at all, and as what, is asked elsewhere (`server/access.ts`).
 */
export function audience(logged: Logged, reader: Reader, role: Role | null = 'owner'): Seen | null {
  const sight = sightOf(logged.stream, reader, role);
  if (sight === null || !isFor(logged.body, sight, reader.id)) return null;
  const event = bodyFor(logged.body, sight);
  if (event === null) return null;
  const { seq, at, content, commandId } = logged;
  return {
    seq,
    at,
    event,
    ...(content !== undefined && wordsFor(logged.body, sight) ? { content } : {}),
    ...(isOwn(logged, principalOf(reader)) ? { commandId } : {}),
  };
}

/** How a reader sees a stream; null: not at all. The role is the agent's in an interaction. */
export function sightOf(stream: StreamName, { kind, id }: Reader, role: Role | null): Sight | null {
  const agent = agentOf(stream);
  if (agent === null) return kind === 'agent' ? role : 'customer';
  return kind === 'agent' && agent === id ? 'self' : null;
}

/** Under which a reader's commands are stored. */
export const principalOf = ({ kind, id }: Reader): string => `${kind}:${id}`;

/** What is said between two is for these two, whatever else they may see. */
export function isFor(body: Logged['body'], sight: Sight, reader: string): boolean {
  switch (body.type) {
    case 'side-message-posted':
      return reader === body.owner || reader === body.with;
    case 'requested':
    case 'request-ended':
      if (!('kind' in body) || body.kind !== 'consult') return true;
      return sight !== 'consultant' || reader === body.to;
    default:
      return true;
  }
}

/** The event as this sight sees it: the same object where nothing is hidden, null for nothing. */
export function bodyFor(body: Logged['body'], sight: Sight): Logged['body'] | null {
  if (sight === 'self') return body;
  const cell = cellOf(body as InteractionEvent, sight);
  if (cell === 'all') return body;
  return cell === 'nothing' ? null : cell.event(body as never);
}

/** Does this sight see the words that belong to the event? */
export function wordsFor(body: Logged['body'], sight: Sight): boolean {
  if (sight === 'self') return true;
  const cell = cellOf(body as InteractionEvent, sight);
  if (typeof cell === 'string') return cell === 'all';
  return typeof cell.words === 'boolean' ? cell.words : cell.words(body as never);
}

export const isOwn = (logged: Pick<Logged, 'principal'>, principal: string): boolean =>
  logged.principal === principal;

const cellOf = (body: InteractionEvent, sight: InteractionSight) => sightings[body.type][sight];
