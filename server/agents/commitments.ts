import type { AgentCommand } from '../../protocol/commands.ts';
import type { CommitmentId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { RefusalName } from '../../protocol/refusals.ts';
import { type AgentOutcome, nothing, only } from './facts.ts';
import type { AgentState } from './state.ts';

type Make = Extract<AgentCommand, { type: 'make-commitment' }>;

/** END-8: a promise outlives the interaction that it came from. Made twice it is made once. */
export function makeCommitment(state: AgentState, command: Make): AgentOutcome | RefusalName {
  const { type: _, note, contact, ...facts } = command;
  if (Object.hasOwn(state.commitments, facts.commitment)) return nothing;
  if (Object.keys(state.commitments).length >= limits.commitments) return 'too-many-commitments';
  const content = {
    ...(note.trim() === '' ? {} : { note }),
    ...(contact.trim() === '' ? {} : { contact }),
  };
  return { facts: [{ body: { type: 'commitment-made', ...facts }, content }], blank: [] };
}

/** Its time has come. */
export const commitmentDue = (state: AgentState, commitment: CommitmentId): AgentOutcome =>
  state.commitments[commitment]?.isDue === false
    ? only({ type: 'commitment-due', commitment })
    : nothing;

/** Kept or dropped, its words go. */
export function endCommitment(
  state: AgentState,
  commitment: CommitmentId,
  outcome: 'kept' | 'dropped',
): AgentOutcome | RefusalName {
  const made = Object.hasOwn(state.commitments, commitment)
    ? state.commitments[commitment]
    : undefined;
  if (made === undefined) return 'unknown-commitment';
  return {
    facts: [{ body: { type: 'commitment-ended', commitment, outcome } }],
    blank: [made.seq],
  };
}
