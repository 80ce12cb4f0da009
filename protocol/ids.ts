import * as v from 'valibot';

/** Every id on the wire: 1–64 characters that need no escaping anywhere (URL, file name, log line). */
const idText = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_.-]{1,64}$/));

export const InteractionId = v.pipe(idText, v.brand('InteractionId'));
export type InteractionId = v.InferOutput<typeof InteractionId>;

export const AgentId = v.pipe(idText, v.brand('AgentId'));
export type AgentId = v.InferOutput<typeof AgentId>;

/** A customer's principal: the hash of the secret that their widget made. It names nobody. */
export const CustomerId = v.pipe(idText, v.brand('CustomerId'));
export type CustomerId = v.InferOutput<typeof CustomerId>;

export const QueueId = v.pipe(idText, v.brand('QueueId'));
export type QueueId = v.InferOutput<typeof QueueId>;

export const TeamId = v.pipe(idText, v.brand('TeamId'));
export type TeamId = v.InferOutput<typeof TeamId>;

export const SkillId = v.pipe(idText, v.brand('SkillId'));
export type SkillId = v.InferOutput<typeof SkillId>;

export const RequestId = v.pipe(idText, v.brand('RequestId'));
export type RequestId = v.InferOutput<typeof RequestId>;

export const OfferId = v.pipe(idText, v.brand('OfferId'));
export type OfferId = v.InferOutput<typeof OfferId>;

export const CommitmentId = v.pipe(idText, v.brand('CommitmentId'));
export type CommitmentId = v.InferOutput<typeof CommitmentId>;

/** A file on the server: made by it, at random, so that knowing one is no guess. */
export const FileId = v.pipe(idText, v.brand('FileId'));
export type FileId = v.InferOutput<typeof FileId>;

/** One browser profile with the extension: made once, kept in its database. */
export const DeskId = v.pipe(idText, v.brand('DeskId'));
export type DeskId = v.InferOutput<typeof DeskId>;

/** Made by the sender, at least 16 characters so that two senders never meet by chance (TRUST-2). */
export const CommandId = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_-]{16,64}$/),
  v.brand('CommandId'),
);
export type CommandId = v.InferOutput<typeof CommandId>;

/** The two kinds of streams; seq is 1..n in each. */
export const StreamName = v.pipe(
  v.string(),
  v.regex(/^(interaction|agent):[A-Za-z0-9_.-]{1,64}$/),
  v.transform((text) => text as StreamName),
);
export type StreamName = `interaction:${InteractionId}` | `agent:${AgentId}`;

export const interactionStream = (id: InteractionId): StreamName => `interaction:${id}`;
export const agentStream = (id: AgentId): StreamName => `agent:${id}`;

/** The interaction a stream belongs to, or null for an agent's stream. */
export const interactionOf = (stream: StreamName): InteractionId | null =>
  stream.startsWith('interaction:') ? (stream.slice('interaction:'.length) as InteractionId) : null;

/** The agent a stream belongs to, or null for an interaction's stream. */
export const agentOf = (stream: StreamName): AgentId | null =>
  stream.startsWith('agent:') ? (stream.slice('agent:'.length) as AgentId) : null;
