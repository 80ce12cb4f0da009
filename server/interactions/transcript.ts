import type { Author } from '../../protocol/interaction-events.ts';
import { limits } from '../../protocol/limits.ts';
import { isEmailAddress } from '../../protocol/parts.ts';
import { type Fact, fact, type Outcome } from './facts.ts';
import type { InteractionState } from './state.ts';

/** Who asks for a transcript, and where to. */
export type TranscriptRequest = {
  readonly author: Extract<Author, { kind: 'agent' | 'customer' }>;
  /** Null: the address that the customer has given. */
  readonly to: string | null;
  /** That address, or null. */
  readonly known: string | null;
  /** How many this person has asked for within the last hour. */
  readonly lately: number;
};

/**
 * END-6. A stranger can't have mail sent in the centre's name: there is nothing to send before an
 * agent has answered.
 */
export function requestTranscript(
  state: InteractionState,
  { author, to, known, lately }: TranscriptRequest,
): Outcome {
  const address = (to ?? known)?.trim() ?? '';
  if (author.kind === 'customer' && state.lastOwner === null) return 'nothing-to-send';
  if (address === '') return 'no-address';
  if (!isEmailAddress(address)) return 'bad-address';
  if (state.transcripts.length >= limits.transcriptsWaiting) return 'too-many-transcripts';
  if (lately >= perHour[author.kind]) return 'too-many-transcripts';
  const isKnown = address === known?.trim();
  return [
    fact(
      { type: 'transcript-requested', author, address: isKnown ? 'known' : 'unverified' },
      { email: address },
    ),
  ];
}

const perHour = {
  agent: limits.agentTranscriptsPerHour,
  customer: limits.customerTranscriptsPerHour,
} as const;

export const transcriptSent = (state: InteractionState, request: number): readonly Fact[] =>
  state.transcripts.includes(request) ? [fact({ type: 'transcript-sent', request })] : [];

export const transcriptFailed = (
  state: InteractionState,
  request: number,
  why: 'refused' | 'unreachable' | 'removed',
): readonly Fact[] =>
  state.transcripts.includes(request) ? [fact({ type: 'transcript-failed', request, why })] : [];
