import type { QueueDoor } from '../../protocol/frames.ts';
import type { AgentId, InteractionId } from '../../protocol/ids.ts';
import type { Bus, Ephemeral } from '../bus/contract.ts';

/** Ephemeral frames from the bus, told only to the sessions they concern. */
export type Listeners = {
  /** Hears what is told of this interaction. Returns a function that ends it. */
  readonly onInteraction: (interaction: InteractionId, hear: HearEphemeral) => () => void;
  /** Hears what is told to this agent. Returns a function that ends it. */
  readonly onAgent: (agent: AgentId, hear: HearInstant) => () => void;
  /** Hears once this sign-in is over. Returns a function that ends it. */
  readonly onSessionOver: (session: string, hear: () => void) => () => void;
  /** Hears of queues that open or close. Returns a function that ends it. */
  readonly onQueues: (hear: HearQueues) => () => void;
  readonly size: () => number;
  readonly close: () => void;
};

export type HearEphemeral = (what: InteractionEphemeral) => void;
export type InteractionEphemeral = Extract<Ephemeral, { readonly interaction: InteractionId }>;
export type HearInstant = (what: InstantEphemeral) => void;
export type InstantEphemeral = Extract<Ephemeral, { readonly to: AgentId }>;
export type HearQueues = (queues: readonly QueueDoor[]) => void;

export function createListeners(bus: Pick<Bus, 'onTell'>): Listeners {
  const interactions = new Map<string, Set<HearEphemeral>>();
  const agents = new Map<string, Set<HearInstant>>();
  const sessions = new Map<string, Set<() => void>>();
  const queues = new Set<HearQueues>();

  const close = bus.onTell((what) => {
    // Over a copy: who hears may leave.
    if (what.type === 'session-over')
      for (const hear of [...(sessions.get(what.session) ?? [])]) hear();
    else if ('to' in what) for (const hear of [...(agents.get(what.to) ?? [])]) hear(what);
    else if (what.type === 'queues') for (const hear of [...queues]) hear(what.queues);
    else for (const hear of [...(interactions.get(what.interaction) ?? [])]) hear(what);
  });

  return {
    onInteraction: (interaction, hear) => join(interactions, interaction, hear),
    onAgent: (agent, hear) => join(agents, agent, hear),
    onSessionOver: (session, hear) => join(sessions, session, hear),
    onQueues: (hear) => {
      queues.add(hear);
      return () => void queues.delete(hear);
    },
    size: () => interactions.size + agents.size + sessions.size + queues.size,
    close,
  };
}

function join<Hear>(all: Map<string, Set<Hear>>, name: string, hear: Hear): () => void {
  const hearers = all.get(name) ?? new Set<Hear>();
  all.set(name, hearers);
  hearers.add(hear);
  return () => {
    hearers.delete(hear);
    if (hearers.size === 0 && all.get(name) === hearers) all.delete(name);
  };
}
