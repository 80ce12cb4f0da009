import type { CentreCard, SiteCard } from '../../protocol/frames.ts';
import type { AgentId, QueueId } from '../../protocol/ids.ts';
import type { AgentPolicy, QueuePolicy } from '../interactions/policy.ts';
import type { QueueNeeds } from '../routing/candidate.ts';
import type { CentreFile } from './schema.ts';

/** The contact centre's set-up, ready to be asked. Never changes while the server runs. */
export type Centre = {
  readonly name: string;
  /** What a desk is told in its welcome. */
  readonly card: CentreCard;
  readonly agents: readonly AgentEntry[];
  readonly agent: (id: string) => AgentEntry | null;
  /** By e-mail address, whatever its case. */
  readonly agentByEmail: (email: string) => AgentEntry | null;
  /** For an agent who is no longer in the file: no room for anything. */
  readonly agentPolicy: (id: AgentId) => AgentPolicy;
  readonly queuePolicy: (id: QueueId) => QueuePolicy | null;
  /** A not-ready reason that an agent may choose. */
  readonly isReason: (reason: string) => boolean;
  readonly isTag: (tag: string) => boolean;
  readonly sites: readonly Site[];
  readonly site: (id: string) => Site | null;
  /** What the router asks. */
  readonly routing: {
    readonly queue: (id: QueueId) => QueueNeeds | null;
    readonly queues: () => readonly QueueId[];
    /** Proficiency (1–5) by skill. */
    readonly skills: (agent: AgentId) => Readonly<Record<string, number>>;
    readonly limits: (agent: AgentId) => AgentPolicy;
  };
  /** STATE-8, in milliseconds. */
  readonly liveness: {
    readonly ownerAwayMs: number;
    readonly ownerLostMs: number;
    readonly unreachableMs: number;
  };
};

export type AgentEntry = {
  readonly id: AgentId;
  readonly name: string;
  readonly email: string;
  readonly role: 'agent' | 'supervisor' | 'admin';
};

export type Site = {
  readonly id: string;
  /** What its widget is told. */
  readonly card: SiteCard;
  /** Origins whose pages may show the chat; `self` is the server's own. */
  readonly origins: readonly string[];
};

export function createCentre(file: CentreFile): Centre {
  const { name, agents, queues, notReadyReasons, sites, settings } = file;
  const agentsById = byKey(agents, (agent) => agent.id);
  const agentsByEmail = byKey(agents, (agent) => agent.email);
  const queuesById = byKey(queues, (queue) => queue.id);
  const policies = new Map(queues.map((queue) => [queue.id, policyOf(queue)]));
  const needs = new Map(queues.map((queue) => [queue.id, needsOf(queue)]));
  const reasons = new Set(notReadyReasons.map((reason) => reason.id));
  const known = sites.map((site) => ({ id: site.id, card: siteCard(site), origins: site.origins }));
  const sitesById = byKey(known, (site) => site.id);
  const { pendingNotReady, ringsAtOnce } = settings;
  const ids = queues.map((queue) => queue.id);
  const agentPolicy = (id: AgentId): AgentPolicy => ({
    chatLimit: agentsById.get(id)?.limits.chat ?? 0,
    ringsAtOnce,
    pendingNotReady,
  });

  return {
    name,
    card: {
      name,
      queues: queues.map(({ id, name, dispositions, dispositionRequired }) => ({
        id,
        name,
        dispositions,
        dispositionRequired,
        resolvedRequired: false,
        script: [],
        workflow: [],
      })),
      notReadyReasons,
      tags: [],
    },
    agents,
    agent: (id) => agentsById.get(id) ?? null,
    agentByEmail: (email) => agentsByEmail.get(email.trim().toLowerCase()) ?? null,
    agentPolicy,
    queuePolicy: (id) => policies.get(id) ?? null,
    isReason: (reason) => reasons.has(reason),
    isTag: () => false,
    sites: known,
    site: (id) => sitesById.get(id) ?? null,
    routing: {
      queue: (id) => needs.get(id) ?? null,
      queues: () => ids,
      skills: (agent) => agentsById.get(agent)?.skills ?? {},
      limits: agentPolicy,
    },
    liveness: {
      ownerAwayMs: settings.ownerAwaySeconds * 1000,
      ownerLostMs: settings.ownerLostSeconds * 1000,
      unreachableMs: settings.unreachableSeconds * 1000,
    },
  };

  function siteCard({ name, accent, form, queues: chosen }: CentreFile['sites'][number]): SiteCard {
    const offered =
      chosen === undefined ? queues : chosen.flatMap((id) => queuesById.get(id) ?? []);
    return { name, accent, form, queues: offered.map(({ id, name }) => ({ id, name })) };
  }
}

type QueueEntry = CentreFile['queues'][number];

const policyOf = (queue: QueueEntry): QueuePolicy => ({
  priority: queue.priority,
  answerMs: queue.answerSeconds * 1000,
  showMs: queue.showSeconds * 1000,
  onReject: queue.onReject,
  skipMs: queue.skipSeconds * 1000,
  rejectsInRow: queue.rejectsInRow,
  customerLeftMs: queue.customerLeftSeconds * 1000,
  wrapUpMs: queue.wrapUpSeconds * 1000,
  dispositions: queue.dispositions.map(({ id }) => id),
  dispositionRequired: queue.dispositionRequired,
  resolvedRequired: false,
  script: [],
  workflow: [],
  parkMs: 7 * 86_400_000,
  botMs: null,
});

const needsOf = ({ skills, bestProficiency }: QueueEntry): QueueNeeds => ({
  skills,
  bestProficiency,
});

const byKey = <T>(list: readonly T[], key: (one: T) => string): ReadonlyMap<string, T> =>
  new Map(list.map((one) => [key(one), one]));
