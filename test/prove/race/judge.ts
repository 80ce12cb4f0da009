import type { AgentEvent } from '../../../protocol/agent-events.ts';
import type { Role } from '../../../protocol/members.ts';
import { CHATS, RINGS } from './race-centre.ts';

/** One event of an agent's stream; what has the same `step` happened at once. */
export type Told = { readonly agent: string; readonly step: string; readonly event: AgentEvent };

type Holding = { readonly agent: string; readonly interaction: string; readonly role: Role };

/** CAP-3: what anybody can do. */
const CHATS_MAX = 12;

/**
 * Reads what agents were told, all of them in one order, and says what must not be: an interaction
 * at two agents, or an offer to somebody who has no room. It knows nothing of the server's own
 * states. What happens at once is settled leaving before coming, so that a hand-over is none.
 */
export function judge(told: readonly Told[]) {
  const offers = new Map<string, { readonly agent: string; readonly interaction: string }>();
  const ringing = new Map<string, Set<string>>();
  const held = new Map<string, Holding>();
  const owners = new Map<string, Set<string>>();
  const own = new Set<string>();
  const found = { doubleOffers: 0, doubleOwners: 0, overCapacity: 0, offers: 0 };
  const first: string[] = [];

  const note = (what: 'doubleOffers' | 'doubleOwners' | 'overCapacity', words: string) => {
    found[what]++;
    if (first.length < 5) first.push(words);
  };
  const rings = (agent: string) => [...offers.values()].filter((one) => one.agent === agent).length;
  const load = (agent: string): number =>
    rings(agent) +
    [...held.values()].filter((one) => one.agent === agent && one.role !== 'monitor').length +
    [...own].filter((key) => key.startsWith(`${agent} `)).length;

  function free(agent: string, interaction: string): void {
    const before = held.get(`${agent} ${interaction}`);
    if (before?.role === 'owner') owners.get(interaction)?.delete(agent);
    held.delete(`${agent} ${interaction}`);
  }

  function leaves({ agent, event }: Told): void {
    switch (event.type) {
      case 'offer-ended':
        offers.delete(event.offer);
        ringing.get(event.interaction)?.delete(event.offer);
        return;
      case 'revoked':
        free(agent, event.interaction);
        return;
      // Another role of the same agent takes the place of the one before.
      case 'granted':
        free(agent, event.interaction);
        return;
      case 'own-wrap-up-ended':
        own.delete(`${agent} ${event.interaction}`);
        return;
      default:
    }
  }

  function comes({ agent, event }: Told): void {
    switch (event.type) {
      case 'offer-made': {
        const { offer, interaction } = event;
        found.offers++;
        const others = ringing.get(interaction) ?? new Set();
        if (others.size > 0 || (owners.get(interaction)?.size ?? 0) > 0)
          note('doubleOffers', `${interaction} is offered to ${agent} and is elsewhere already`);
        if (load(agent) >= CHATS || rings(agent) >= RINGS)
          note('overCapacity', `${agent} holds ${load(agent)} and is offered one more`);
        offers.set(offer, { agent, interaction });
        ringing.set(interaction, others.add(offer));
        return;
      }
      case 'granted': {
        const { interaction, role } = event;
        held.set(`${agent} ${interaction}`, { agent, interaction, role });
        if (load(agent) > CHATS_MAX) note('overCapacity', `${agent} holds ${load(agent)}`);
        if (role !== 'owner') return;
        const all = (owners.get(interaction) ?? new Set()).add(agent);
        owners.set(interaction, all);
        if (all.size > 1) note('doubleOwners', `${interaction} belongs to ${[...all].join(', ')}`);
        if ((ringing.get(interaction)?.size ?? 0) > 0)
          note('doubleOffers', `${interaction} belongs to ${agent} and rings elsewhere`);
        return;
      }
      case 'own-wrap-up-started':
        own.add(`${agent} ${event.interaction}`);
        return;
      default:
    }
  }

  for (let at = 0; at < told.length; ) {
    const step = told[at]?.step;
    let end = at;
    while (end < told.length && told[end]?.step === step) end++;
    const once = told.slice(at, end);
    const fresh = within(once);
    for (const one of once) if (!fresh.has(one)) leaves(one);
    for (const one of once) if (!fresh.has(one)) comes(one);
    at = end;
  }
  return { ...found, first, stillHeld: held.size + offers.size + own.size };
}

/** What came and left again in one step was never anywhere: of it there is only its count. */
function within(once: readonly Told[]): Set<Told> {
  const gone = new Set<Told>();
  const came = new Map<string, Told>();
  for (const one of once) {
    const { agent, event } = one;
    if (event.type === 'offer-made') came.set(`offer ${event.offer}`, one);
    else if (event.type === 'granted') came.set(`work ${agent} ${event.interaction}`, one);
    else if (event.type === 'own-wrap-up-started')
      came.set(`own ${agent} ${event.interaction}`, one);
    const key =
      event.type === 'offer-ended'
        ? `offer ${event.offer}`
        : event.type === 'revoked'
          ? `work ${agent} ${event.interaction}`
          : event.type === 'own-wrap-up-ended'
            ? `own ${agent} ${event.interaction}`
            : null;
    const start = key === null ? undefined : came.get(key);
    if (start === undefined || key === null) continue;
    gone.add(start).add(one);
    came.delete(key);
  }
  return gone;
}
