import type { Centre } from './centre.ts';

/** The set-up that is in force: everybody asks this one, so that a new one reaches them all. */
export type LiveCentre = {
  readonly centre: Centre;
  /** From the next question on the answers are this one's. */
  readonly replace: (next: Centre) => void;
  /** Hears that the answers have changed. Returns a function that ends it. */
  readonly onChange: (hear: () => void) => () => void;
};

export function createLiveCentre(first: Centre): LiveCentre {
  let now = first;
  const hearers = new Set<() => void>();
  const centre: Centre = {
    get name() {
      return now.name;
    },
    get card() {
      return now.card;
    },
    get agents() {
      return now.agents;
    },
    agent: (id) => now.agent(id),
    agentByEmail: (email) => now.agentByEmail(email),
    agentPolicy: (id) => now.agentPolicy(id),
    queuePolicy: (id) => now.queuePolicy(id),
    isReason: (reason) => now.isReason(reason),
    isTag: (tag) => now.isTag(tag),
    isTarget: (to) => now.isTarget(to),
    get sites() {
      return now.sites;
    },
    site: (id) => now.site(id),
    timeZone: (queue) => now.timeZone(queue),
    routing: {
      queue: (id) => now.routing.queue(id),
      queues: () => now.routing.queues(),
      agents: () => now.routing.agents(),
      name: (agent) => now.routing.name(agent),
      skills: (agent) => now.routing.skills(agent),
      teams: (agent) => now.routing.teams(agent),
      limits: (agent) => now.routing.limits(agent),
      opening: (queue, at) => now.routing.opening(queue, at),
    },
    get liveness() {
      return now.liveness;
    },
    bot: (queue) => now.bot(queue),
    get fileTypes() {
      return now.fileTypes;
    },
    sensitiveData: (queue) => now.sensitiveData(queue),
    get cannedReplies() {
      return now.cannedReplies;
    },
  };
  return {
    centre,
    replace(next) {
      now = next;
      for (const hear of [...hearers]) hear();
    },
    onChange(hear) {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
  };
}
