import type { AgentId, InteractionId, OfferId } from '../../../protocol/ids.ts';
import { agentId } from '../../bench/bench-centre.ts';
import { pause, within } from '../pause.ts';
import type { ClockDesk } from './desk.ts';
import type { clockTab } from './tab.ts';

/** What came of one timer. */
export type Timed = { readonly name: string; readonly inTime: boolean; readonly seen: string };
type Name = 'offer' | 'wrap-up' | 'park' | 'request' | 'customer left';
type Timer = {
  readonly name: Name;
  readonly ms: number;
  /** When we asked for it, and when we heard that it runs. */
  readonly askedAt: number;
  readonly heardAt: number;
  /** When it was heard to have rung. */
  readonly rung: () => number | null;
};

const BEGUN_MS = 10_000;
const PARK_MS = 8_000;
const parcel = { note: '', draft: '', dispositions: [] };

/** Begins one timer of each kind, each at an agent and a customer of its own. */
export async function timersOf(
  desks: readonly ClockDesk[],
  tabs: readonly ReturnType<typeof clockTab>[],
  lateMs: number,
) {
  const [rings, wraps, parks, asks, leaves] = desks as [
    ClockDesk,
    ClockDesk,
    ClockDesk,
    ClockDesk,
    ClockDesk,
  ];
  const timers = await Promise.all([offer(), wrapUp(), park(), request(), left()]);

  /** The interaction of the n-th tab once its agent has it. */
  async function served(n: number, accepts: boolean): Promise<InteractionId> {
    const desk = desks[n] as ClockDesk;
    const made = await hears('an offer', () => {
      const interaction = tabs[n]?.interaction() ?? '';
      return desk.find('offer-made', (one) => one.interaction === interaction);
    });
    const { interaction, offer } = made.event;
    desk.ask({ type: 'offer-shown', interaction, offer });
    if (!accepts) return interaction;
    desk.ask({ type: 'accept', interaction, offer });
    await hears('a grant', () => desk.find('granted', (one) => one.interaction === interaction));
    return interaction;
  }

  async function offer(): Promise<Timer> {
    const askedAt = performance.now();
    const interaction = await served(0, false);
    const made = rings.find('offer-made', (one) => one.interaction === interaction);
    const id = made?.event.offer as OfferId;
    const { heardMs } = await hears('offer', () =>
      rings.find('offer-shown', (one) => one.offer === id),
    );
    const rung = () =>
      rings.find('offer-ended', (one) => one.offer === id && one.outcome === 'expired');
    return { name: 'offer', ms: 15_000, askedAt, heardAt: heardMs, rung: () => at(rung()) };
  }

  async function wrapUp(): Promise<Timer> {
    const interaction = await served(1, true);
    const askedAt = performance.now();
    wraps.ask({ type: 'end', interaction });
    const mine = (one: { readonly interaction: string }) => one.interaction === interaction;
    const { heardMs } = await hears('wrap-up', () => wraps.find('wrap-up-started', mine));
    const rung = () => at(wraps.find('revoked', mine));
    return { name: 'wrap-up', ms: 10_000, askedAt, heardAt: heardMs, rung };
  }

  async function park(): Promise<Timer> {
    const interaction = await served(2, true);
    const askedAt = performance.now();
    parks.ask({ type: 'park', interaction, forMs: PARK_MS });
    const mine = (one: { readonly interaction: string }) => one.interaction === interaction;
    const { heardMs } = await hears('park', () => parks.find('parked', mine));
    return {
      name: 'park',
      ms: PARK_MS,
      askedAt,
      heardAt: heardMs,
      rung: () => at(parks.find('revoked', mine)),
    };
  }

  async function request(): Promise<Timer> {
    const interaction = await served(3, true);
    const askedAt = performance.now();
    const to = agentId(1) as AgentId;
    asks.ask({ type: 'transfer', interaction, to: { kind: 'agent', agent: to }, ...parcel });
    const mine = (one: { readonly interaction: string }) => one.interaction === interaction;
    const { heardMs } = await hears('request', () => wraps.find('request-made', mine));
    const rung = () =>
      at(wraps.find('request-ended', (one) => mine(one) && one.outcome === 'expired'));
    return { name: 'request', ms: 15_000, askedAt, heardAt: heardMs, rung };
  }

  async function left(): Promise<Timer> {
    const interaction = await served(4, true);
    const askedAt = performance.now();
    tabs[4]?.cut();
    const mine = (one: { readonly interaction: string }) => one.interaction === interaction;
    const rung = () => at(leaves.find('wrap-up-started', mine));
    return { name: 'customer left', ms: 30_000, askedAt, heardAt: askedAt, rung };
  }

  return {
    /** Waits until each has rung, or is `lateMs` late; `awayMs`: nobody could ring for so long. */
    async settle(
      awayMs: number,
      mostMs: number,
      which: readonly Name[] = ['offer', 'wrap-up', 'park', 'request', 'customer left'],
    ): Promise<Timed[]> {
      const until = performance.now() + mostMs;
      return Promise.all(
        timers
          .filter(({ name }) => which.includes(name))
          .map(async ({ name, ms, askedAt, heardAt, rung }): Promise<Timed> => {
            const latest = heardAt + ms + awayMs + lateMs;
            const left = Math.min(latest, until) - performance.now();
            await within(Math.max(0, left), () => rung() !== null);
            const rang = rung();
            if (rang === null)
              return { name, inTime: performance.now() < latest, seen: 'has not rung' };
            const early = rang - askedAt < ms;
            return {
              name,
              inTime: !early && rang <= latest,
              seen: `${((rang - heardAt) / 1000).toFixed(1)} of ${ms / 1000} s`,
            };
          }),
      );
    },
  };
}

const at = (heard: { readonly heardMs: number } | null): number | null => heard?.heardMs ?? null;

async function hears<T>(what: string, look: () => T | null): Promise<T> {
  for (const until = performance.now() + BEGUN_MS; performance.now() < until; await pause(20)) {
    const found = look();
    if (found !== null) return found;
  }
  throw new Error(`a timer of the proof did not begin to run: ${what}`);
}
