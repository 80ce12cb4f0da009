import type { AgentId } from '../../protocol/ids.ts';
import type { Transcript } from '../disk/contract.ts';
import type { AgentCopy, EventRow, InteractionRow, OutboxRow } from '../disk/rows.ts';
import { queueName } from './names.ts';
import type { TranscriptRow } from './panel-model.ts';

type Me = { readonly agent: AgentId; readonly name: string };

/** The stored events in the server's order (CHAT-2), then own messages that are on their way. */
export function transcriptRows(
  { row, events, unsent }: Transcript,
  me: Me | null,
  agent: AgentCopy | null,
): readonly TranscriptRow[] {
  if (row === null) return [];
  return [
    ...events.flatMap((event) => storedRow(event, row, me, agent) ?? []),
    ...unsent.flatMap((one) => unsentRow(one, me) ?? []),
  ];
}

function storedRow(
  { seq, at, event, content, waitedMs }: EventRow,
  row: InteractionRow,
  me: Me | null,
  agent: AgentCopy | null,
): TranscriptRow | null {
  const base = { key: `s${seq}`, seq, at } as const;
  const line = (line: Line): TranscriptRow => ({ ...base, kind: 'line', line });
  switch (event.type) {
    case 'message-posted': {
      const { author } = event;
      return {
        ...base,
        kind: 'message',
        from: author.kind === 'bot' ? 'system' : author.kind,
        mine: author.kind === 'agent' && author.agent === me?.agent,
        name: author.kind === 'agent' ? author.name : null,
        text: content?.text ?? null,
        state: author.kind === 'agent' ? sentState(seq, row) : null,
        refusal: null,
        commandId: null,
      };
    }
    case 'started':
      return line({ type: 'started', queue: queueName(agent, event.queue) });
    case 'accepted':
      return line({
        type: 'joined',
        name: event.name,
        mine: event.agent === me?.agent,
        waitedMs: waitedMs ?? 0,
      });
    case 'customer-away':
    case 'customer-returned':
    case 'owner-away':
    case 'owner-returned':
    case 'owner-lost':
      return line({ type: event.type });
    case 'bot-ended':
      return line({ type: event.type, outcome: event.outcome, note: content?.note ?? '' });
    case 'ended':
      return line({ type: 'ended', by: event.by });
    case 'marked-done':
      return line({ type: 'marked-done', by: event.by });
    default:
      return null;
  }
}

type Line = Extract<TranscriptRow, { kind: 'line' }>['line'];

function sentState(seq: number, { customerMarks }: InteractionRow): 'sent' | 'delivered' | 'read' {
  if (seq <= customerMarks.read) return 'read';
  return seq <= customerMarks.delivered ? 'delivered' : 'sent';
}

/** CHAT-3: acknowledged is sent, also while the stored event is still on its way down. */
const unsentStates = { waiting: 'sending', acknowledged: 'sent', refused: 'failed' } as const;

function unsentRow(row: OutboxRow, me: Me | null): TranscriptRow | null {
  if (row.command.type !== 'post') return null;
  return {
    kind: 'message',
    key: row.id,
    seq: null,
    from: 'agent',
    mine: true,
    name: me?.name ?? null,
    at: row.createdAt,
    text: row.command.text,
    state: unsentStates[row.state],
    refusal: row.state === 'refused' ? row.refusal : null,
    commandId: row.id,
  };
}
