import { type FileId, interactionOf, type StreamName } from '../../../protocol/ids.ts';
import type { Append, AppendResult, AuditEntry, StreamAppend } from '../contract.ts';
import type { MailChange } from '../mails.ts';
import type {
  AppendAnswer,
  AppendJob,
  AuditJob,
  MailRow,
  StreamJob,
  TakenFileRow,
} from './write-job.ts';

/** The job for the writer's thread, and its weight in characters. */
export function encodeAppend(append: Append): { job: AppendJob; weight: number } {
  const { principal, commandId, hash, answer, at } = append;
  const streams = append.streams.map(encodeStream);
  const weight = streams.reduce((sum, stream) => sum + streamWeight(stream), answer.length);
  const served = append.served?.map(({ customer, agent }) => [customer, agent] as const) ?? [];
  const taken = append.streams.flatMap(takenFiles);
  const audited = append.audited?.map(encodeAudit) ?? [];
  const mails = append.mails?.map(encodeMail) ?? [];
  return {
    job: ['append', principal, commandId, hash, answer, at, streams, served, taken, audited, mails],
    weight,
  };
}

/** The files that these events take into their messages. */
function takenFiles({ stream, expected, events }: StreamAppend): TakenFileRow[] {
  const interaction = interactionOf(stream);
  if (interaction === null) return [];
  return events.flatMap(({ body }, index) =>
    body.type === 'message-posted' && body.files !== undefined
      ? body.files.map(({ id }) => [id, interaction, expected + index + 1] as const)
      : [],
  );
}

export const encodeAudit = ({ actor, action, object }: AuditEntry): AuditJob => [
  actor,
  action,
  object,
];

const encodeMail = ({ type, mail }: MailChange): MailRow => [
  type === 'waits' ? 1 : 0,
  mail.stream,
  mail.seq,
];

function encodeStream({ stream, expected, events, blank, snapshot }: StreamAppend): StreamJob {
  return [
    stream,
    expected,
    events.map(({ body }) => JSON.stringify(body)),
    events.map(({ content }) => (content === undefined ? null : JSON.stringify(content))),
    blank ?? [],
    snapshot && [JSON.stringify(snapshot.state), snapshot.open, snapshot.key],
  ];
}

function streamWeight([, , bodies, contents, , snapshot]: StreamJob): number {
  let weight = snapshot?.[0].length ?? 0;
  for (const body of bodies) weight += body.length;
  for (const content of contents) weight += content?.length ?? 0;
  return weight;
}

export function decodeAppended(answer: AppendAnswer): AppendResult {
  switch (answer[0]) {
    case 'appended':
      return { type: 'appended', position: answer[1] };
    case 'duplicate':
      return { type: 'duplicate', stored: { hash: answer[1], answer: answer[2] } };
    case 'conflict':
      return { type: 'conflict', stream: answer[1] as StreamName, seq: answer[2] };
    case 'key-taken':
      return { type: 'key-taken', stream: answer[1] as StreamName };
    case 'file-taken':
      return { type: 'file-taken', file: answer[1] as FileId };
    default:
      return answer satisfies never;
  }
}
