import * as v from 'valibot';
import { AgentEvent } from './agent-events.ts';
import { CommandId } from './ids.ts';
import { InteractionEvent } from './interaction-events.ts';
import { Content, Seq, Time } from './parts.ts';

const eventEnvelope = {
  seq: Seq,
  at: Time,
  /** Null once blanked, absent where the event never had any. */
  content: v.optional(v.nullable(Content)),
  /** Only for the reader whose command this was: it settles the outbox row. */
  commandId: v.optional(CommandId),
};
export const AgentStreamEvent = v.object({ ...eventEnvelope, event: AgentEvent });
export type AgentStreamEvent = v.InferOutput<typeof AgentStreamEvent>;
export const InteractionStreamEvent = v.object({ ...eventEnvelope, event: InteractionEvent });
export type InteractionStreamEvent = v.InferOutput<typeof InteractionStreamEvent>;
