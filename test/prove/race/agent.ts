import type { AgentCommand } from '../../../protocol/commands.ts';
import type { InteractionId, OfferId, RequestId } from '../../../protocol/ids.ts';
import { agentId } from '../../bench/bench-centre.ts';
import { statusCommand } from '../../channels.ts';
import type { Random } from '../../simulation/random.ts';
import { createMind } from './mind.ts';
import { createOutbox } from './outbox.ts';
import { RACE_QUEUES } from './race-centre.ts';
import { type RaceWindow, raceWindow } from './window.ts';

/** How soon an agent says ready again after whatever made them something else. */
const STATE_MS = 300;

export type RaceDeps = {
  readonly url: string;
  readonly random: Random;
  readonly agents: number;
  readonly token: (agent: number) => Promise<string>;
  /** What rings anywhere at the moment: nobody else's business. */
  readonly ringing: () => { readonly interaction: string; readonly offer: string } | undefined;
};

/** One agent with two windows that take the desk from one another. */
export function raceAgent(deps: RaceDeps, n: number) {
  const { url, random, agents, token, ringing } = deps;
  const mind = createMind();
  const counts = { takeovers: 0, cuts: 0, jumps: 0, foreign: 0 };
  const decided = new Set<string>();
  const acted = new Map<string, number>();
  let live: RaceWindow | null = null;
  let draining = false;
  let started = false;
  let stateAt = 0;
  const outbox = createOutbox<AgentCommand>((frame) => live?.send(frame));
  const windows = [0, 1].map(() =>
    raceWindow({
      url,
      token: () => token(n),
      live: (window) => {
        live = window;
        outbox.again();
      },
      event: mind.take,
      jumped: (seq) => {
        if (started) counts.jumps++;
        mind.jump(seq);
      },
      answered: outbox.answered,
    }),
  ) as [RaceWindow, RaceWindow];
  const other = () => (live === windows[0] ? windows[1] : windows[0]);

  function takeOver(): void {
    counts.takeovers++;
    other().open(true);
  }

  function ring(offer: OfferId, interaction: InteractionId): void {
    const dice = draining ? 0.5 : random.next();
    // Its desk never says that it is shown (OFFER-4).
    if (dice < 0.01) return;
    outbox.ask({ type: 'offer-shown', interaction, offer });
    // Nobody answers (OFFER-5).
    if (dice < 0.03) return;
    const type = dice < 0.13 ? 'reject' : 'accept';
    outbox.ask({ type, interaction, offer });
    if (draining || !random.chance(0.15)) return;
    // The other window answers too, maybe otherwise.
    takeOver();
    outbox.ask({ type: random.chance(0.5) ? 'accept' : 'reject', interaction, offer });
  }

  /** What isn't theirs: it must change nothing. */
  function meddle(): void {
    const foreign = ringing();
    if (foreign === undefined) return;
    counts.foreign++;
    const interaction = foreign.interaction as InteractionId;
    const type = random.chance(0.5) ? 'accept' : 'pick';
    outbox.ask(
      type === 'pick'
        ? { type, interaction }
        : { type, interaction, offer: foreign.offer as OfferId },
    );
  }

  function asked(request: RequestId, interaction: InteractionId): void {
    const dice = draining ? 0.9 : random.next();
    if (dice < 0.7) outbox.ask({ type: 'accept-request', interaction, request });
    else if (dice < 0.95 || draining) outbox.ask({ type: 'reject-request', interaction, request });
  }

  function serve(interaction: InteractionId): void {
    const to = agentId(random.below(agents));
    const parcel = { note: '', draft: '', dispositions: [] };
    const dice = draining ? 1 : random.next();
    const queue = random.pick(RACE_QUEUES) ?? RACE_QUEUES[0];
    if (dice < 0.2)
      outbox.ask({ type: 'transfer', interaction, to: { kind: 'queue', queue }, ...parcel });
    else if (dice < 0.3)
      outbox.ask({ type: 'transfer', interaction, to: { kind: 'agent', agent: to }, ...parcel });
    else if (dice < 0.38) outbox.ask({ type: 'request', interaction, kind: 'join', to, note: '' });
    else if (dice < 0.43)
      outbox.ask({ type: 'request', interaction, kind: 'consult', to, note: '' });
    else if (dice < 0.48) outbox.ask({ type: 'hand-ownership', interaction, to });
    else if (dice < 0.5) outbox.ask({ type: 'end-conference', interaction });
    else if (dice < 0.6) outbox.ask({ type: 'post', interaction, text: 'One moment.' });
    else outbox.ask({ type: 'end', interaction });
  }

  function work(interaction: InteractionId): void {
    const now = performance.now();
    if (now < (acted.get(interaction) ?? 0) || outbox.isAsking(interaction)) return;
    acted.set(interaction, now + random.between(10, 90));
    if (mind.wrapping.has(interaction))
      outbox.ask({
        ...{ type: 'mark-done', interaction, dispositions: [], note: '', resolved: null },
        ...{ answers: {}, tags: null, data: {}, sendTranscript: false, workflow: null },
      });
    else if (mind.work.get(interaction) === 'owner') serve(interaction);
    else if (draining || random.chance(0.4)) outbox.ask({ type: 'leave', interaction });
  }

  function tick(): void {
    for (const [offer, interaction] of mind.offers)
      if (!decided.has(offer)) {
        decided.add(offer);
        ring(offer as OfferId, interaction as InteractionId);
      }
    for (const [request, interaction] of mind.requests)
      if (!decided.has(request) || (draining && !decided.has(`again ${request}`))) {
        decided.add(draining ? `again ${request}` : request);
        asked(request as RequestId, interaction as InteractionId);
      }
    for (const interaction of mind.work.keys()) work(interaction as InteractionId);
    for (const id of mind.own) {
      const interaction = id as InteractionId;
      if (performance.now() < (acted.get(id) ?? 0) || outbox.isAsking(id)) continue;
      acted.set(id, performance.now() + 250);
      outbox.ask({ type: 'finish-own-wrap-up', interaction, note: '' });
    }
    if (performance.now() >= stateAt) {
      stateAt = performance.now() + STATE_MS;
      if (mind.status() !== 'ready') outbox.ask(statusCommand('ready'));
      if (!mind.canShow()) outbox.ask({ type: 'can-show' });
    }
    if (draining) return;
    if (random.chance(0.004)) takeOver();
    if (random.chance(0.004)) {
      counts.cuts++;
      live?.cut();
    }
    if (random.chance(0.01)) meddle();
  }

  return {
    mind,
    counts,
    outbox,
    windows,
    isLive: (n: 0 | 1) => live === windows[n],
    begin(): void {
      started = true;
    },
    tick,
    drain(): void {
      draining = true;
    },
    close: () => {
      for (const window of windows) window.close();
    },
  };
}
export type RaceAgent = ReturnType<typeof raceAgent>;
