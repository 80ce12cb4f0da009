import { strictPolicy } from '../../guard/policy.ts';
import type { AgentId, CommandId, InteractionId, OfferId, QueueId } from '../../protocol/ids.ts';
import type { Ephemeral } from '../../server/bus/contract.ts';
import { type Answer, createHandle, type Handle, type HandleDeps } from '../../server/handle.ts';
import type { Actor, Command } from '../../server/interactions/command.ts';
import type { RoutingSetup } from '../../server/router/agents-index.ts';
import type { Liveness } from '../../server/router/due.ts';
import { createRouter, type Router } from '../../server/router/router.ts';
import type { Store, StoredEvent } from '../../server/store/contract.ts';
import { type HeldClock, holdClock } from '../simulation/held-clock.ts';
import type { StoreHooks } from '../simulation/memory-commits.ts';
import { createMemoryDisk, type MemoryDisk } from '../simulation/memory-disk.ts';
import { createMemoryStore } from '../simulation/memory-store.ts';
import { by, byCustomer, bySystem, policiesOf, type Settings, START } from './given.ts';
import { setStatus, start } from './stories.ts';

export type SpineSettings = Settings & {
  readonly hooks?: StoreHooks;
  /** Who a site says that its customer is. */
  readonly identify?: (clock: Pick<HeldClock, 'now'>) => NonNullable<HandleDeps['identify']>;
  /** Everything masked when not said. */
  readonly sensitiveData?: HandleDeps['sensitiveData'];
  /** Something between handle and store, such as a slow line. */
  readonly line?: (store: Store) => Store;
  readonly needs?: Partial<NonNullable<ReturnType<RoutingSetup['queue']>>>;
  /** Who is in the set-up: the skilled ones when not said. */
  readonly agents?: readonly string[];
  readonly opening?: RoutingSetup['opening'];
  readonly skills?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly liveness?: Partial<Liveness>;
  /** Offers of every queue; `orders` alone when not said. */
  readonly queueNames?: readonly string[];
};

/**
 * A server without doors: the shipped handle (and router) over a memory store, with a clock that
 * is held. `crash` leaves the disk alone; `restart` begins anew over it.
 */
export class Spine {
  readonly clock: HeldClock = holdClock(START);
  readonly disk: MemoryDisk = createMemoryDisk();
  readonly settings: SpineSettings;
  /** Everything stored since the process began, and everything ephemeral. */
  committed: StoredEvent[] = [];
  told: Ephemeral[] = [];
  store!: Store;
  #handle!: Handle;
  #router: Router | null = null;
  #listeners = new Set<(events: readonly StoredEvent[]) => void>();
  #process: ReturnType<HeldClock['process']> | null = null;
  /** The event loop stands still by so much more than the timers know. */
  skew = 0;
  /** Set to hold back what readers hear; call it to let them hear. */
  delivering: ((deliver: () => void) => void) | null = null;
  #commands = 0;
  #offers = 0;

  constructor(settings: SpineSettings = {}) {
    this.settings = settings;
    this.restart();
  }

  restart(): this {
    this.#process?.kill();
    this.#router?.close();
    this.#router = null;
    this.#listeners = new Set();
    const listeners = this.#listeners;
    this.committed = [];
    this.told = [];
    this.#process = this.clock.process();
    this.store = createMemoryStore(this.disk, this.settings.hooks);
    const { line = (store: Store) => store } = this.settings;
    this.#handle = createHandle({
      store: line(this.store),
      clock: this.time(),
      policies: policiesOf(this.settings),
      ...(this.settings.identify && { identify: this.settings.identify(this.clock) }),
      sensitiveData: this.settings.sensitiveData ?? (() => strictPolicy),
      newInteraction: () => `c${this.#newId()}` as InteractionId,
      hash: (command) => JSON.stringify(command),
      committed: (events) => {
        this.committed.push(...events);
        const deliver = () => {
          for (const hear of listeners) hear(events);
        };
        if (this.delivering === null) deliver();
        else this.delivering(deliver);
      },
    });
    return this;
  }

  async route(): Promise<this> {
    const { liveness } = this.settings;
    this.#router = createRouter({
      store: this.store,
      handle: this.#handle,
      clock: this.time(),
      bus: { tell: (one) => void this.told.push(one) },
      onEvents: (hear) => {
        this.#listeners.add(hear);
        return () => void this.#listeners.delete(hear);
      },
      setup: this.setup(),
      policy: (id) => policiesOf(this.settings).queue({ queue: id }),
      liveness: () => ({
        ownerAwayMs: 60_000,
        ownerLostMs: 120_000,
        unreachableMs: 600_000,
        ...liveness,
        ...this.settings.centre?.liveness,
      }),
      newCommand: () => this.newCommand(),
      newOffer: () => `offer-${++this.#offers}` as OfferId,
    });
    await this.#router.start();
    await this.clock.advance(0);
    return this;
  }

  /** As a reader of the log hears it; until the next restart. */
  onEvents(hear: (events: readonly StoredEvent[]) => void): () => void {
    this.#listeners.add(hear);
    return () => void this.#listeners.delete(hear);
  }

  setup(): RoutingSetup {
    const { centre, needs, skills = {}, queueNames = ['orders'] } = this.settings;
    if (centre !== undefined) return centre.routing;
    const { agents = Object.keys(skills) } = this.settings;
    return {
      queue: (id) =>
        queueNames.includes(id)
          ? { bestProficiency: false, steps: [{ afterMs: 0, skills: [] }], ...needs }
          : null,
      agents: () => agents as AgentId[],
      name: (agent) => agent,
      queues: () => queueNames as QueueId[],
      skills: (agent) => skills[agent] ?? {},
      limits: (agent) => policiesOf(this.settings).agent(agent),
      teams: (agent) => policiesOf(this.settings).agent(agent).teams,
      opening: this.settings.opening ?? (() => ({ open: true, until: null })),
    };
  }

  get router(): Router {
    if (this.#router === null) throw new Error('nobody routes');
    return this.#router;
  }

  /** The process's clock; `skew` is time that passed without any timer having run. */
  time() {
    const process = this.#process!;
    return {
      ...process,
      now: () => process.now() + this.skew,
      at: (time: number, what: () => void) => process.at(time - this.skew, what),
    };
  }

  newCommand(): CommandId {
    return `command-${String(this.#newId()).padStart(12, '0')}` as CommandId;
  }
  #newId(): number {
    return ++this.#commands;
  }

  handle(actor: Actor, command: Command, id = this.newCommand()): Promise<Answer> {
    return this.#handle.handle(actor, id, command);
  }

  /** Asks and lets everything come to rest. */
  async ask(actor: Actor, command: Command, id = this.newCommand()): Promise<Answer> {
    const answer = this.handle(actor, command, id);
    await this.clock.settle();
    return answer;
  }

  async advance(ms: number): Promise<void> {
    await this.clock.advance(ms);
  }

  interaction = async (id: string) => this.#handle.interaction(id as InteractionId);
  agent = async (id: string) => (await this.#handle.agent(id as AgentId)).state;

  async status(id: string): Promise<string> {
    const status = (await this.interaction(id))?.status;
    if (status === undefined) return 'nothing';
    if (status.name === 'offered') return `offered to ${status.agent}`;
    return status.name === 'active' ? `active with ${status.owner}` : status.name;
  }

  /** Signs the agent in and makes them ready. */
  async ready(...names: readonly string[]): Promise<void> {
    for (const name of names) {
      await this.connect(name);
      await this.ask(by(name), setStatus('ready'));
    }
  }
  async connect(name: string): Promise<Answer> {
    const agent = name as AgentId;
    const desk = `desk-of-${name}` as never;
    return this.ask(bySystem, { type: 'desk-connected', agent, desk, claim: true });
  }
  silence(name: string): Promise<Answer> {
    return this.ask(bySystem, { type: 'agent-silent', agent: name as AgentId });
  }

  /** A customer comes, later than the one before; says the interaction's id. */
  async comes(customer: string, queue = 'orders'): Promise<string> {
    await this.advance(1);
    const answer = await this.ask(byCustomer(customer), { ...start(), queue: queue as QueueId });
    if (answer.type === 'refused') throw new Error(answer.refusal);
    return answer.stream.slice('interaction:'.length);
  }

  async answer(
    type: 'accept' | 'reject' | 'offer-shown',
    name: string,
    id: string,
  ): Promise<Answer> {
    const status = (await this.interaction(id))?.status;
    const offer = status?.name === 'offered' ? status.offer : ('none' as OfferId);
    return this.ask(by(name), { type, interaction: id as InteractionId, offer });
  }

  /** Names of what stands in a stream. */
  async eventsOf(stream: string): Promise<string[]> {
    const events = await this.store.read(stream as never, 0, 1_000, 1_000_000);
    return events.map(({ body }) => (body.type === 'offer-ended' ? body.outcome : body.type));
  }
}
