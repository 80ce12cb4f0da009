import type { InteractionId, StreamName } from '../../protocol/ids.ts';
import type { limits as all } from '../../protocol/limits.ts';
import type { closeCodes as codes } from '../../protocol/refusals.ts';

/**
 * Figures and names of the protocol, written once more so that its schemas and sentences stay out
 * of the customer's page. The types are the protocol's literals: a figure that isn't the same
 * there does not compile.
 */
export const limits: Pick<
  typeof all,
  | 'customerHeartbeatMs'
  | 'customerSilenceMs'
  | 'fieldCharacters'
  | 'marksEveryMs'
  | 'textBytes'
  | 'typingEveryMs'
  | 'typingHeldMs'
> = {
  customerHeartbeatMs: 20_000,
  customerSilenceMs: 50_000,
  fieldCharacters: 256,
  marksEveryMs: 400,
  textBytes: 16_384,
  typingEveryMs: 3_000,
  typingHeldMs: 10_000,
};

export const closeCodes: Pick<typeof codes, 'not-signed-in' | 'protocol-too-old' | 'wrong-origin'> =
  { 'not-signed-in': 4001, 'protocol-too-old': 4002, 'wrong-origin': 4005 };

export const interactionStream = (id: InteractionId): StreamName => `interaction:${id}`;

export const interactionOf = (stream: StreamName): InteractionId =>
  stream.slice('interaction:'.length) as InteractionId;
