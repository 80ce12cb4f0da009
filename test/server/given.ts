import { expect } from 'vitest';
import type { AgentEvent } from '../../protocol/agent-events.ts';
import type { AgentId, CustomerId, InteractionId, StreamName } from '../../protocol/ids.ts';
import type { InteractionEvent } from '../../protocol/interaction-events.ts';
import type { Content } from '../../protocol/parts.ts';
import type { RefusalName } from '../../protocol/refusals.ts';
import { can, subjectOf } from '../../server/access.ts';
import type { AgentPolicy } from '../../server/agents/policy.ts';
import { type AgentState, newAgent } from '../../server/agents/state.ts';
import type { Centre } from '../../server/centre/centre.ts';
import { pushPages } from '../../server/centre/push-page.ts';
import { decide, streamsOf } from '../../server/decide.ts';
import type { Context, Decision } from '../../server/decision.ts';
import type { HandleDeps } from '../../server/handle.ts';
import type { Actor, Command } from '../../server/interactions/command.ts';
import { closedQueue, type QueuePolicy } from '../../server/interactions/policy.ts';
import type { InteractionState } from '../../server/interactions/state.ts';
import { ABSENT, type Folded, fold, step } from '../../server/states.ts';
import type { EventBody } from '../../server/store/contract.ts';
import { plainAgent } from '../channels.ts';

/** What stands in one stream, or comes to stand there. */
export type Told = { readonly stream: StreamName; readonly events: readonly Spoken[] };
/** An event, with the words that belong to it when there are any. */
type Spoken = EventBody | { readonly body: EventBody; readonly words: Content };
/** That much time passes, in milliseconds. */
type Pause = { readonly later: number };

export const agent = (id: string, ...events: (AgentEvent | Spoken)[]): Told => ({
  stream: `agent:${id as AgentId}`,
  events,
});
export const chat = (id: string, ...events: (InteractionEvent | Spoken)[]): Told => ({
  stream: `interaction:${id as InteractionId}`,
  events,
});
export const later = (ms: number): Pause => ({ later: ms });
export const saying = (body: EventBody, words: Content): Spoken => ({ body, words });

/** When every story begins. */
export const START = 1_800_000_000_000;

const queuePolicy: QueuePolicy = {
  ...closedQueue,
  dispositions: ['answered', 'refunded'],
};

export type Settings = {
  readonly queue?: Partial<QueuePolicy>;
  readonly agent?: Partial<AgentPolicy>;
  /** What one agent has otherwise than all. */
  readonly agentOf?: (id: string) => Partial<AgentPolicy>;
  readonly isTarget?: Context['isTarget'];
  readonly isOpen?: Context['isOpen'];
  readonly lastOwner?: Context['lastOwner'];
  /** A whole set-up in place of the small one; what else is said of queues and agents counts for nothing. */
  readonly centre?: Centre;
  /** What may wait in which queue, where it isn't as in the others. */
  readonly channelsOf?: Readonly<Record<string, QueuePolicy['channels']>>;
  /** Queues of the centre; `orders` alone when not said. */
  readonly queues?: readonly string[];
};

/**
 * Folds what has happened, asks the deciders as `handle` does, compares what follows:
 * `given(ready('bo'), waiting('c1')).when(accept('c1'), by('bo')).thenRefused('offer-over')`.
 * Each `when` goes on from the world that the one before left behind.
 */
export function given(...history: readonly (Told | Pause | readonly (Told | Pause)[])[]): World {
  return givenIn({}, ...history);
}

export function givenIn(
  settings: Settings,
  ...history: readonly (Told | Pause | readonly (Told | Pause)[])[]
): World {
  const world = new World(settings);
  for (const one of history.flat())
    if ('later' in one) world.pass(one.later);
    else world.tell(one);
  return world;
}

/** A small centre as the deciders see it. */
export function policiesOf(settings: Settings): HandleDeps['policies'] {
  const { centre, queue, agent, queues = ['orders'], channelsOf = {} } = settings;
  if (centre !== undefined) return policiesOfCentre(centre);
  const known = new Set<string>(queues);
  return {
    queue: ({ queue: id }) => {
      const channels = channelsOf[id];
      const policy = { ...queuePolicy, ...queue, ...(channels && { channels }) };
      return known.has(id) ? policy : null;
    },
    agent: (id) => ({ ...plainAgent, ...agent, ...settings.agentOf?.(id) }),
    isOpen: settings.isOpen ?? (() => true),
    isReason: (reason) => reason === 'lunch' || reason === 'training',
    isTag: (tag) => tag === 'parcel' || tag === 'vip',
    person: (id) =>
      id.startsWith('nobody') ? null : { name: id, role: id === 'sue' ? 'supervisor' : 'agent' },
    isTarget: settings.isTarget ?? (({ kind }) => kind === 'team'),
    pushPage: (url, site) =>
      url.startsWith('https://') ? { url, opens: site === 'shop' ? 'tab' : 'card' } : null,
  };
}

const policiesOfCentre = (centre: Centre): HandleDeps['policies'] => ({
  queue: ({ queue }) => centre.queuePolicy(queue),
  agent: centre.agentPolicy,
  isOpen: (queue, at) => centre.routing.opening(queue, at).open,
  isReason: centre.isReason,
  isTag: centre.isTag,
  person: centre.agent,
  isTarget: centre.isTarget,
  pushPage: pushPages(centre, 'https://desk.example'),
});

export class World {
  now = START;
  readonly streams = new Map<StreamName, Folded>();
  readonly settings: Settings;
  #decision: Decision | null = null;
  #made = 0;

  constructor(settings: Settings) {
    this.settings = settings;
  }

  pass(ms: number): this {
    this.now += ms;
    return this;
  }

  tell({ stream, events }: Told): this {
    for (const spoken of events) {
      const body = 'words' in spoken ? spoken.body : spoken;
      const before = this.streams.get(stream) ?? fold(stream, null);
      const seq = before.seq + 1;
      const state = step(stream, before.state, body, seq, this.now);
      this.streams.set(stream, { seq, snapshotSeq: 0, state });
    }
    return this;
  }

  interaction(id: string): InteractionState | null {
    const folded = this.streams.get(`interaction:${id as InteractionId}`) ?? ABSENT;
    return folded.state as InteractionState | null;
  }

  agent(id: string): AgentState {
    const folded = this.streams.get(`agent:${id as AgentId}`);
    return (folded?.state ?? newAgent(id as AgentId)) as AgentState;
  }

  seq(stream: StreamName): number {
    return this.streams.get(stream)?.seq ?? 0;
  }

  /** What `handle` would answer, without storing it. Reading a stream that wasn't announced fails. */
  ask(command: Command, actor: Actor): Decision {
    const newInteraction = `new-${++this.#made}` as InteractionId;
    const announced = new Set(streamsOf(command, actor, this.#reading(null), newInteraction));
    const subject = subjectOf(command);
    const no = can(actor, command.type, subject === null ? null : this.interaction(subject));
    if (no !== null) return { type: 'refused', refusal: no };
    return decide(command, actor, this.#reading(announced), {
      ...this.context,
      newInteraction,
      words: { name: 'Ana' },
    });
  }

  when(command: Command, actor: Actor): this {
    this.#decision = this.ask(command, actor);
    this.keep(this.#decision);
    return this;
  }

  /** Exactly this follows, stream by stream. */
  thenTells(...expected: readonly Told[]): this {
    expect(toldBy(this.#last())).toEqual(expected);
    return this;
  }
  thenRefused(refusal: RefusalName): this {
    expect(this.#last()).toEqual({ type: 'refused', refusal });
    return this;
  }
  /** It isn't refused; what it says exactly is shown elsewhere. */
  thenTellsSomething(): this {
    expect(this.#last()).toMatchObject({ type: 'events' });
    expect(toldBy(this.#last())).not.toEqual([]);
    return this;
  }
  /** It is already so: an acknowledgement, and nothing new. */
  thenNothing(): this {
    return this.thenTells();
  }
  /** The words of these events leave the disk together with the news. */
  thenBlanks(id: string, ...seqs: readonly number[]): this {
    const decision = this.#last();
    const blanks = decision.type === 'events' ? decision.agents : [];
    expect(blanks.flatMap(([of, { blank }]) => (of === id ? blank : []))).toEqual(seqs);
    return this;
  }

  /** What a decision says becomes so. */
  keep(decision: Decision): void {
    for (const one of toldBy(decision)) this.tell(one);
  }

  get context(): Omit<Context, 'newInteraction' | 'words'> {
    const { lastOwner = null } = this.settings;
    const none = { files: [], transcriptsLately: 0 };
    return { now: this.now, lastOwner, ...none, ...policiesOf(this.settings) };
  }

  #last(): Decision {
    if (this.#decision === null) throw new Error('nothing was asked yet');
    return this.#decision;
  }

  #reading(announced: ReadonlySet<StreamName> | null) {
    const check = (stream: StreamName) => {
      if (announced !== null && !announced.has(stream))
        throw new Error(`decide reads ${stream}, which streamsOf did not announce`);
    };
    return {
      interaction: (id: InteractionId) => {
        check(`interaction:${id}`);
        return this.interaction(id);
      },
      agent: (id: AgentId) => {
        check(`agent:${id}`);
        return this.agent(id);
      },
    };
  }
}

export const by = (id: string): Actor => ({
  kind: 'agent',
  id: id as AgentId,
  name: id,
  role: 'agent',
});
export const byCustomer = (id = 'ana'): Actor => ({ kind: 'customer', id: id as CustomerId });
export const bySystem: Actor = { kind: 'system' };

/** The events of a decision, the interactions' first. */
export function toldBy(decision: Decision): Told[] {
  if (decision.type === 'refused') return [];
  const spoken = ({ body, content }: { body: EventBody; content?: Content }): Spoken =>
    content === undefined ? body : { body, words: content };
  return [
    ...decision.interactions.map(([id, facts]) => chat(id, ...facts.map(spoken))),
    ...decision.agents.map(([id, { facts }]) => agent(id, ...facts.map(spoken))),
  ].filter(({ events }) => events.length > 0);
}
