import type { CommandId, InteractionId, StreamName } from '../../protocol/ids.ts';
import type { RefusalName } from '../../protocol/refusals.ts';

/**
 * The small frames down, as text. Ids and names of refusals need no escaping (see
 * `protocol/ids.ts`), so the frequent ones are joined, not stringified.
 */
export const ackText = (id: CommandId, stream: StreamName, seq: number): string =>
  `{"type":"ack","id":"${id}","stream":"${stream}","seq":${seq}}`;

export const refusedText = (
  id: CommandId | null,
  refusal: RefusalName,
  retryMs: number | null,
): string =>
  `{"type":"refused","id":${id === null ? 'null' : `"${id}"`},"refusal":"${refusal}","retryMs":${retryMs}}`;

export const heartbeatText = (now: number): string => `{"type":"heartbeat","now":${now}}`;

export const marksText = (
  interaction: InteractionId,
  reader: 'customer' | 'agent',
  delivered: number,
  read: number,
): string =>
  `{"type":"marks","interaction":"${interaction}","reader":"${reader}","delivered":${delivered},"read":${read}}`;

export const typingText = (
  interaction: InteractionId,
  by: 'customer' | 'agent',
  name: string | null,
): string =>
  `{"type":"typing","interaction":"${interaction}","by":"${by}","name":${JSON.stringify(name)}}`;

export const positionText = (
  interaction: InteractionId,
  position: number | null,
  estimateMs: number | null,
): string =>
  `{"type":"position","interaction":"${interaction}","position":${position},"estimateMs":${estimateMs}}`;
