import type { AgentState } from '../../server/agents/state.ts';
import type { InteractionState } from '../../server/interactions/state.ts';

/** What a stream's events fold to, by the checker's own reading of the disk. */
export type Folded = { readonly seq: number; readonly state: InteractionState | AgentState | null };
