import type { AgentId, QueueId } from '../../protocol/ids.ts';
import type { Channel } from '../../protocol/parts.ts';
import { type Centre, createCentre } from '../../server/centre/centre.ts';
import { createLiveCentre } from '../../server/centre/live-centre.ts';
import { parseCentre } from '../../server/centre/parse-centre.ts';
import type { Random } from './random.ts';
import { randomHours } from './random-hours.ts';

/** ROUTE-6: so long somebody waits for Billing before Delivery takes over. */
export const OVERFLOW_MS = 90_000;
/** What was decided under the set-up before may still be on its way to the disk. */
const ON_ITS_WAY_MS = 10_000;

/**
 * The centre of the simulation, as shipped: read from a file that changes while everybody is at
 * work. Skills and limits come and go, hours and bots change; somebody always has the skill that
 * Delivery asks for.
 */
export function createSetUp(
  random: Random,
  /** Server time. */
  now: () => number,
  names: readonly string[],
  limitMax: number,
) {
  let version = 0;
  const first = centreOf(fileOf(() => limitMax));
  const live = createLiveCentre(first);
  /** Newest last, each with when it came. */
  const history: { readonly at: number; readonly centre: Centre }[] = [
    { at: now(), centre: first },
  ];

  function fileOf(limit: () => number) {
    const expert = random.pick(names);
    return {
      name: `Simulated ${version}`,
      agents: names.map((name) => ({
        id: name,
        name,
        email: `${name}@sim.example`,
        role: 'agent',
        skills: name === expert || random.chance(0.6) ? { delivery: random.between(2, 5) } : {},
        limits: { chat: limit(), 'work-item': limit(), email: limit() },
      })),
      queues: [
        {
          id: 'billing',
          name: 'Billing',
          channels: ['chat', 'email', 'work-item'],
          dispositions: [{ id: 'paid', label: 'Paid' }],
          overflow: { queue: 'delivery', afterSeconds: OVERFLOW_MS / 1000 },
        },
        {
          id: 'delivery',
          name: 'Delivery',
          channels: ['chat', 'email', 'work-item'],
          skills: [{ skill: 'delivery', minimum: 2 }],
          steps: [{ afterSeconds: 40, skills: [] }],
          onReject: 'refused',
          dispositions: [{ id: 'paid', label: 'Paid' }],
          dispositionRequired: true,
          /** END-4: what is done here may go on there. */
          workflow: ['billing'],
          ...(random.chance(0.6) ? { openingHours: 'day' } : {}),
        },
        {
          id: 'advice',
          name: 'Advice',
          dispositions: [{ id: 'paid', label: 'Paid' }],
          ...(random.chance(0.8) ? { bot: random.chance(0.5) ? 'pip' : 'pop' } : {}),
        },
      ],
      openingHours: [randomHours('day', random, now())],
      bots: [
        {
          ...{ kind: 'questions', id: 'pip', name: 'Pip', limitSeconds: random.between(30, 200) },
          routes: [{ data: 'about', is: 'money', queue: 'billing' }],
          questions: [
            { data: 'order', ask: { en: 'Which order?' } },
            { data: 'about', ask: { en: 'What about?' }, choices: ['Money', 'Parcels'] },
          ],
        },
        {
          ...{ kind: 'http', id: 'pop', name: 'Pop', limitSeconds: random.between(30, 200) },
          ...{ url: 'https://bot.example/', timeoutSeconds: 5 },
        },
      ],
      notReadyReasons: [{ id: 'lunch', label: 'Lunch' }],
      tags: [{ id: 'vip', label: 'VIP' }],
      sites: [{ id: 'sim', name: 'Simulated', origins: ['self'], accent: '#4b4ee0' }],
    };
  }

  /**
   * Those in force a moment around this server time, newest last: what changed while no server ran
   * was dated by the clock on the wall, and the next server's time may begin behind it.
   */
  function inForce(at: number): Centre[] {
    const before = history.findLast((one) => one.at < at - ON_ITS_WAY_MS);
    const since = history.filter((one) => Math.abs(one.at - at) <= ON_ITS_WAY_MS);
    return [...(before === undefined ? [] : [before]), ...since].map((one) => one.centre);
  }

  return {
    live,
    /** The file has changed and is read anew. */
    change(): void {
      version++;
      const next = centreOf(fileOf(() => random.between(1, limitMax)));
      history.push({ at: now(), centre: next });
      live.replace(next);
    },
    /** ROUTE-6: might this queue be taken for open? */
    mayBeOpen: (queue: QueueId, at: number): boolean =>
      inForce(at).some(({ routing }) => routing.opening(queue, at).open),
    /** CHAT-11: might a bot come first here? */
    mayHaveBot: (queue: QueueId, at: number): boolean =>
      inForce(at).some((centre) => centre.bot(queue) !== null),
    /** OFFER-1, CAP-1 by any set-up in force a moment ago: why nobody should have made this offer. */
    objection(
      agent: AgentId,
      channel: Channel,
      queue: QueueId,
      load: number,
      ageMs: number,
      at: number,
    ): string | null {
      const fits = (centre: Centre) =>
        load < centre.agentPolicy(agent).limits[channel] &&
        (centre.routing.queue(queue)?.steps ?? []).some(
          ({ afterMs, skills }) =>
            afterMs <= ageMs &&
            skills.every(
              ({ skill, minimum }) => (centre.routing.skills(agent)[skill] ?? 0) >= minimum,
            ),
        );
      return inForce(at).some(fits)
        ? null
        : `OFFER-1: ${agent} is offered one of ${queue}, lacks the skill or holds ${load} already`;
    },
  };
}

const centreOf = (file: object): Centre => createCentre(parseCentre(JSON.stringify(file), 'sim'));
