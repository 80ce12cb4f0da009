import type { AgentId, CommandId, CustomerId, QueueId } from '../../../protocol/ids.ts';
import { type InteractionId, interactionStream } from '../../../protocol/ids.ts';
import type { InteractionEvent } from '../../../protocol/interaction-events.ts';
import type { Content } from '../../../protocol/parts.ts';
import type { Logged } from '../../../server/feed/audience.ts';

export const bo = 'bo' as AgentId;
export const carla = 'a-hash-of-a-secret' as CustomerId;
export const chat = 'i-1' as InteractionId;
/** 21 November 2026, 21:30 UTC: half past ten in the evening in Berlin. */
export const EVENING = Date.UTC(2026, 10, 21, 21, 30);

export type Told = { readonly body: InteractionEvent; readonly content?: Content | null };

/** A stream from its first event on, a minute between one and the next. */
export const stream = (...told: readonly Told[]): Logged[] =>
  told.map(({ body, content }, index) => ({
    stream: interactionStream(chat),
    seq: index + 1,
    at: EVENING + index * 60_000,
    principal: 'system',
    commandId: 'command-000000001' as CommandId,
    body,
    ...(content === undefined ? {} : { content }),
  }));

export const started = (
  content: Content = { name: 'Carla', email: 'carla@example.org' },
): Told => ({
  body: {
    type: 'started',
    channel: 'chat',
    customer: carla,
    queue: 'orders' as QueueId,
    language: 'en',
  },
  content,
});

export const accepted: Told = {
  body: { type: 'accepted', offer: null, agent: bo, name: 'Bo', epoch: 1 },
};
const author = { kind: 'agent', agent: bo, name: 'Bo' } as const;

export const asks = (text: string | null): Told => ({
  body: { type: 'message-posted', author: { kind: 'customer' } },
  content: text === null ? null : { text },
});
export const answers = (text: string): Told => ({
  body: { type: 'message-posted', author },
  content: { text },
});
export const notes = (text: string): Told => ({
  body: { type: 'note-added', author },
  content: { text },
});
