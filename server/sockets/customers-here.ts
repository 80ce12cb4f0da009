import type { CustomerId, InteractionId } from '../../protocol/ids.ts';
import type { Clock } from '../clock.ts';
import type { Handle } from '../handle.ts';
import type { InteractionState } from '../interactions/state.ts';
import { type AskSystem, untilStored } from './ask-system.ts';

/**
 * Which customers have a tab open here. The last one closed, the customer is away; with the next
 * hello they are back (CHAT-12).
 */
export type CustomersHere = {
  /** One more socket of this customer, which hears what begins in any of their tabs; null: they have too many. */
  readonly connect: (customer: CustomerId, hear: HearBegun) => CustomerSocket | null;
  /** The interaction that they had open when it was last heard of: it may be over by now. */
  readonly interactionOf: (customer: CustomerId) => InteractionId | null;
  /** One has begun, maybe after its last tab was gone: then nobody else would tell. Tells every tab that is here. */
  readonly started: (customer: CustomerId, interaction: InteractionId) => void;
  /** After a start: these were here before, and have this long to come back. */
  readonly expect: (open: readonly OpenInteraction[], withinMs: number) => void;
  readonly size: () => number;
  readonly close: () => void;
};

export type CustomerSocket = {
  /** The interaction that this customer has open. */
  readonly opened: (interaction: InteractionId) => void;
  readonly close: () => void;
};

export type OpenInteraction = {
  readonly interaction: InteractionId;
  readonly customer: CustomerId;
};

export type CustomersHereDeps = {
  readonly clock: Clock;
  readonly interaction: Handle['interaction'];
  readonly ask: AskSystem;
  readonly socketsMax: number;
  readonly bug: (error: unknown) => void;
};

type Customer = {
  readonly id: CustomerId;
  /** One of each socket's own. */
  readonly sockets: Set<HearBegun>;
  interaction: InteractionId | null;
  /** Being told; what changes meanwhile is looked at after it. */
  telling: boolean;
  /** Not away yet: after a start they have time to come back. */
  expected: boolean;
};

type HearBegun = (interaction: InteractionId) => void;

/** After a start, so many are told away in one turn of the event loop. */
const PER_TURN = 100;

export function createCustomersHere(deps: CustomersHereDeps): CustomersHere {
  const { clock, interaction, ask, socketsMax, bug } = deps;
  const customers = new Map<CustomerId, Customer>();
  let closed = false;
  const isOver = () => closed;

  const wanted = ({ sockets }: Customer) => (sockets.size > 0 ? 'here' : 'away');

  function settle(customer: Customer): void {
    if (closed || customer.telling || customer.expected) return;
    if (customer.interaction === null) forget(customer);
    else {
      customer.telling = true;
      tell(customer, customer.interaction).catch(bug);
    }
  }

  /** Brings what the interaction says of its customer to what is so. */
  async function tell(customer: Customer, id: InteractionId): Promise<void> {
    try {
      for (;;) {
        const state = await untilStored(clock, () => interaction(id), isOver);
        if (closed) return;
        const want = wanted(customer);
        if (isSettled(state, want)) break;
        await ask(
          { type: want === 'here' ? 'customer-back' : 'customer-gone', interaction: id },
          isOver,
        );
        if (want === wanted(customer)) break;
      }
    } finally {
      customer.telling = false;
    }
    if (customer.interaction === id) forget(customer);
    else settle(customer);
  }

  function forget(customer: Customer): void {
    if (customer.sockets.size === 0 && !customer.telling) customers.delete(customer.id);
  }

  function entry(id: CustomerId): Customer {
    const known = customers.get(id);
    if (known !== undefined) return known;
    const customer: Customer = {
      id,
      sockets: new Set(),
      interaction: null,
      telling: false,
      expected: false,
    };
    customers.set(id, customer);
    return customer;
  }

  function connect(id: CustomerId, hear: HearBegun): CustomerSocket | null {
    const customer = entry(id);
    const { sockets } = customer;
    if (sockets.size >= socketsMax) return null;
    sockets.add(hear);
    customer.expected = false;
    return {
      opened: (interaction) => {
        if (!sockets.has(hear)) return;
        customer.interaction = interaction;
        settle(customer);
      },
      close: () => {
        if (sockets.delete(hear) && sockets.size === 0) settle(customer);
      },
    };
  }

  function expect(open: readonly OpenInteraction[], withinMs: number): void {
    const expected = open.map(({ interaction, customer: id }) => {
      const customer = entry(id);
      customer.interaction ??= interaction;
      customer.expected = customer.sockets.size === 0;
      return customer;
    });
    clock.at(clock.now() + withinMs, () => giveUp(expected));
  }

  function giveUp(expected: readonly Customer[]): void {
    for (const customer of expected.slice(0, PER_TURN)) {
      if (!customer.expected) continue;
      customer.expected = false;
      settle(customer);
    }
    if (expected.length > PER_TURN) clock.soon(() => giveUp(expected.slice(PER_TURN)));
  }

  function started(id: CustomerId, interaction: InteractionId): void {
    const customer = entry(id);
    customer.interaction = interaction;
    settle(customer);
    for (const hear of customer.sockets) hear(interaction);
  }

  return {
    connect,
    interactionOf: (id) => customers.get(id)?.interaction ?? null,
    started,
    expect,
    size: () => customers.size,
    close: () => {
      closed = true;
    },
  };
}

/** Nothing is to be told: it is so, or it doesn't matter any more. */
function isSettled(state: InteractionState | null, want: 'here' | 'away'): boolean {
  if (state === null || state.presence.name === want) return true;
  return state.status.name === 'wrapping' || state.status.name === 'done';
}
