import type { Policy } from '../../guard/policy.ts';
import type { CentreCard, SiteCard } from '../../protocol/cards.ts';
import type { AgentId, QueueId } from '../../protocol/ids.ts';
import type { WaitingTarget } from '../../protocol/interaction-events.ts';
import type { AgentPolicy } from '../agents/policy.ts';
import type { QueuePolicy } from '../interactions/policy.ts';
import type { QueueNeeds } from '../routing/candidate.ts';
import { centreCard, siteCard } from './cards.ts';
import { guardPolicies } from './guard-policies.ts';
import { type Opening, openingOf } from './opening-hours.ts';
import { agentPolicyOf, policyOf } from './policies.ts';
import type { CentreFile } from './schema.ts';

/** The contact centre's set-up, ready to be asked. */
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
  /** A team, or a skill that somebody has. */
  readonly isTarget: (target: WaitingTarget) => boolean;
  readonly sites: readonly Site[];
  readonly site: (id: string) => Site | null;
  /** What the router asks. */
  readonly routing: {
    readonly queue: (id: QueueId) => QueueSteps | null;
    readonly queues: () => readonly QueueId[];
    readonly agents: () => readonly AgentId[];
    readonly name: (agent: AgentId) => string;
    /** Proficiency (1–5) by skill. */
    readonly skills: (agent: AgentId) => Readonly<Record<string, number>>;
    readonly teams: (agent: AgentId) => readonly string[];
    readonly limits: (agent: AgentId) => AgentPolicy;
    /** ROUTE-6: is the queue open at this server time, and until when does that hold? */
    readonly opening: (queue: QueueId, at: number) => Opening;
  };
  /** Of the queue's opening hours, an IANA name; null: it has none. */
  readonly timeZone: (queue: QueueId) => string | null;
  /** STATE-8, in milliseconds. */
  readonly liveness: {
    readonly ownerAwayMs: number;
    readonly ownerLostMs: number;
    readonly unreachableMs: number;
  };
  /** CHAT-11: who talks before an agent does, by queue. */
  readonly bot: (queue: QueueId) => BotEntry | null;
  /** CHAT-6: types of files that are taken. */
  readonly fileTypes: readonly string[];
  /** GUARD-1: what may be written in this queue; null: in none. */
  readonly sensitiveData: (queue: QueueId | null) => Policy;
  /** CHAT-5. */
  readonly cannedReplies: CentreFile['cannedReplies'];
};

export type AgentEntry = {
  readonly id: AgentId;
  readonly name: string;
  readonly email: string;
  readonly role: 'agent' | 'supervisor' | 'admin';
  readonly teams: readonly string[];
  readonly languages: readonly string[];
  readonly skills: Readonly<Record<string, number>>;
};

/** ROUTE-2: what is enough from which age on; the first is `skills`, from 0. */
export type QueueSteps = QueueNeeds & {
  readonly steps: readonly {
    readonly afterMs: number;
    readonly skills: QueueNeeds['skills'];
  }[];
};

export type BotEntry = CentreFile['bots'][number];

export type Site = {
  readonly id: string;
  /** What its widget is told. */
  readonly card: SiteCard;
  /** Origins whose pages may show the chat; `self` is the server's own. */
  readonly origins: readonly string[];
  /** CHAT-7: origins that the customer's own tab may be sent to. */
  readonly pushPages: readonly string[];
  /** By which the site says who its customers are (PEM); null: it doesn't. */
  readonly identityKey: string | null;
  /** GUARD-1. */
  readonly sensitiveData: SensitiveData;
};

export function createCentre(file: CentreFile): Centre {
  const { name, agents, queues, notReadyReasons, tags, settings } = file;
  const agentsById = byKey(agents, (agent) => agent.id);
  const agentsByEmail = byKey(agents, (agent) => agent.email);
  const agentPolicies = new Map(agents.map((one) => [one.id, agentPolicyOf(one, settings)]));
  const nobody = agentPolicyOf(null, settings);
  const needs = new Map(queues.map((queue) => [queue.id, needsOf(queue)]));
  const hours = new Map(file.openingHours.map((one) => [one.id, openingOf(one)]));
  const hoursOf = new Map(queues.map((queue) => [queue.id, hours.get(queue.openingHours ?? '')]));
  const zones = new Map(file.openingHours.map((one) => [one.id, one.timeZone]));
  const zoneOf = new Map(queues.map((queue) => [queue.id, zones.get(queue.openingHours ?? '')]));
  const bots = byKey(file.bots, (bot) => bot.id);
  const botOf = (queue: QueueEntry) => bots.get(queue.bot ?? '') ?? null;
  const botsOf = new Map(queues.map((queue) => [queue.id, botOf(queue)]));
  const policies = new Map(
    queues.map((queue) => [queue.id, policyOf(queue, settings, botOf(queue))]),
  );
  const reasons = new Set(notReadyReasons.map((reason) => reason.id));
  const tagIds = new Set(tags.map((tag) => tag.id));
  const targets = {
    team: new Set<string>(file.teams.map((team) => team.id)),
    skill: new Set<string>(agents.flatMap((agent) => Object.keys(agent.skills))),
  };
  const sites = file.sites.map((site): Site => siteOf(site, file));
  const sitesById = byKey(sites, (site) => site.id);
  const ids = queues.map((queue) => queue.id);
  const agentIds = agents.map((agent) => agent.id);
  const agentPolicy = (id: AgentId): AgentPolicy => agentPolicies.get(id) ?? nobody;

  return {
    name,
    card: centreCard(file),
    agents,
    agent: (id) => agentsById.get(id) ?? null,
    agentByEmail: (email) => agentsByEmail.get(email.trim().toLowerCase()) ?? null,
    agentPolicy,
    queuePolicy: (id) => policies.get(id) ?? null,
    isTarget: (target) =>
      target.kind === 'team' ? targets.team.has(target.team) : targets.skill.has(target.skill),
    isReason: (reason) => reasons.has(reason),
    isTag: (tag) => tagIds.has(tag),
    sites,
    site: (id) => sitesById.get(id) ?? null,
    routing: {
      queue: (id) => needs.get(id) ?? null,
      queues: () => ids,
      agents: () => agentIds,
      name: (agent) => agentsById.get(agent)?.name ?? agent,
      skills: (agent) => agentsById.get(agent)?.skills ?? {},
      teams: (agent) => agentPolicy(agent).teams,
      limits: agentPolicy,
      opening: (queue, at) => hoursOf.get(queue)?.(at) ?? always,
    },
    timeZone: (queue) => zoneOf.get(queue) ?? null,
    liveness: {
      ownerAwayMs: settings.ownerAwaySeconds * 1000,
      ownerLostMs: settings.ownerLostSeconds * 1000,
      unreachableMs: settings.unreachableSeconds * 1000,
    },
    bot: (queue) => botsOf.get(queue) ?? null,
    fileTypes: settings.fileTypes,
    sensitiveData: guardPolicies(
      file.sensitiveData,
      sites.map(({ card, sensitiveData }) => ({
        queues: card.queues.map((queue) => queue.id),
        sensitiveData,
      })),
    ),
    cannedReplies: file.cannedReplies,
  };
}

const always: Opening = { open: true, until: null };

type SensitiveData = CentreFile['sensitiveData'];
type QueueEntry = CentreFile['queues'][number];

const needsOf = ({ skills, bestProficiency, steps }: QueueEntry): QueueSteps => ({
  skills,
  bestProficiency,
  steps: [
    { afterMs: 0, skills },
    ...steps.map((step) => ({ afterMs: step.afterSeconds * 1000, skills: step.skills })),
  ],
});

const siteOf = (site: CentreFile['sites'][number], file: CentreFile): Site => ({
  id: site.id,
  card: siteCard(site, file.queues),
  origins: site.origins,
  pushPages: site.pushPages ?? site.origins,
  identityKey: site.identityKey ?? null,
  // What isn't given isn't there, so it doesn't hide the centre's.
  sensitiveData: { ...file.sensitiveData, ...(site.sensitiveData as Partial<SensitiveData>) },
});

const byKey = <T>(list: readonly T[], key: (one: T) => string): ReadonlyMap<string, T> =>
  new Map(list.map((one) => [key(one), one]));
