import type { AgentId, InteractionId, StreamName } from '../../protocol/ids.ts';
import { agentOf } from '../../protocol/ids.ts';
import type { AgentState } from '../agents/state.ts';
import type { InteractionState } from '../interactions/state.ts';
import type { LoadedStream, Store } from '../store/contract.ts';
import type { OpenInteraction } from './customers-here.ts';

/** Who was here when the server went away. */
export type OpenAtStart = {
  readonly agents: readonly AgentId[];
  readonly interactions: readonly OpenInteraction[];
  /** Those who talk to a bot. */
  readonly withBot: readonly InteractionId[];
};

/** Each is folded in one turn of the event loop: 20 µs a stream. */
const PAGE = 100;

/** Looks through every open stream. `fold` makes a stream's state (`server/states.ts`); `seen` hears of every interaction. */
export async function openAtStart(
  store: Pick<Store, 'openStreams'>,
  fold: (stream: StreamName, loaded: LoadedStream) => { readonly state: unknown },
  seen: (interaction: InteractionState) => void = () => {},
): Promise<OpenAtStart> {
  const agents: AgentId[] = [];
  const interactions: OpenInteraction[] = [];
  const withBot: InteractionId[] = [];
  let after: StreamName | null = null;
  for (;;) {
    const page: LoadedStream[] = await store.openStreams(after, PAGE);
    for (const loaded of page) {
      const { state } = fold(loaded.stream, loaded);
      const agent = agentOf(loaded.stream);
      if (agent !== null) {
        if ((state as AgentState).reach.reachable) agents.push(agent);
      } else {
        const { id, customer, presence, status, placedAt, legs } = state as InteractionState;
        // One in wrap-up waits for its customer no more, nor does work or a message that was left
        // (ROUTE-6): they may have begun another.
        const isTheirs =
          status.name !== 'wrapping' && placedAt === null && legs.at(-1)?.channel !== 'email';
        seen(state as InteractionState);
        if (status.name === 'with-bot') withBot.push(id);
        if (presence.name === 'here' && isTheirs)
          interactions.push({ interaction: id as InteractionId, customer });
      }
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return { agents, interactions, withBot };
    after = last.stream;
  }
}
