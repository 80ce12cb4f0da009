import type { AgentId, CommandId, InteractionId, StreamName } from '../../../protocol/ids.ts';
import type { Content } from '../../../protocol/parts.ts';
import type { Account, LoadedStream, Mark, Session, StoredEvent } from '../contract.ts';
import { upcast } from '../upcast.ts';
import type { AccountRow, EventRow, LoadedRow } from './read-job.ts';
import type { MarkRow, SessionRow } from './write-job.ts';

/** What a stored row says, in the contract's words. What was stored was checked then. */
export function decodeEvent(row: EventRow): StoredEvent {
  const [position, stream, seq, at, version, principal, commandId, body, hasContent, content] = row;
  const event = {
    position,
    stream: stream as StreamName,
    seq,
    at,
    principal,
    commandId: commandId as CommandId,
    body: upcast(JSON.parse(body), version),
  };
  if (hasContent === 0) return event;
  return { ...event, content: content === null ? null : (JSON.parse(content) as Content) };
}

export function decodeLoaded([stream, snapshotSeq, snapshot, rows]: LoadedRow): LoadedStream {
  const events = rows.map(([seq, at, version, body]) => ({
    seq,
    at,
    body: upcast(JSON.parse(body), version),
  }));
  return {
    stream: stream as StreamName,
    seq: events.at(-1)?.seq ?? snapshotSeq,
    snapshot: snapshot === null ? null : { seq: snapshotSeq, state: JSON.parse(snapshot) },
    events,
  };
}

export const decodeMark = ([interaction, reader, delivered, read]: MarkRow): Mark => ({
  interaction: interaction as InteractionId,
  reader: reader as 'customer' | AgentId,
  delivered,
  read,
});

export const decodeAccount = ([agent, email, passwordHash]: AccountRow): Account => ({
  agent: agent as AgentId,
  email,
  passwordHash,
});

export const decodeSession = ([
  id,
  agent,
  tokenHash,
  previousHash,
  rotatedAt,
  expiresAt,
  revoked,
]: SessionRow): Session => ({
  id,
  agent: agent as AgentId,
  tokenHash,
  previousHash,
  rotatedAt,
  expiresAt,
  revoked: revoked === 1,
});
