import type { AgentCommand } from '../../protocol/commands.ts';
import type { CommitmentId, InteractionId, QueueId } from '../../protocol/ids.ts';
import { statusCommand } from '../channels.ts';
import { colleagueActs } from './colleagues.ts';
import type { Desk } from './desk-process.ts';
import type { World } from './world.ts';

/** What a person at this desk does next, given what the desk shows. */
export function agentActs(world: World, desk: Desk): void {
  const { random } = world;
  if (!desk.hasSignedIn() || desk.state() === 'signed-out') {
    if (!random.chance(0.15)) return;
    desk.signIn();
    desk.boot();
    return;
  }
  if (!desk.isUp()) {
    if (!desk.isAway() && random.chance(0.5)) desk.boot();
    return;
  }
  if (desk.state() === 'open-elsewhere') {
    if (random.chance(0.1)) desk.takeBack();
    return;
  }
  const offer = random.pick(desk.offers());
  if (offer !== undefined && random.chance(0.6)) {
    desk.ask({
      type: random.chance(0.8) ? 'accept' : 'reject',
      ...{ interaction: offer.interaction, offer: offer.offer },
    });
    return;
  }
  if (random.chance(0.6) && colleagueActs(world, desk)) return;
  const waiting = random.chance(0.03) ? random.pick(waitingOnes(world)) : undefined;
  if (waiting !== undefined) {
    desk.ask({ type: 'pick', interaction: waiting });
    return;
  }
  const interaction = random.pick(desk.open());
  const dice = random.next();
  const closed = random.pick(desk.closed());
  if (closed !== undefined && dice > 0.98) {
    desk.ask(markDone(world, closed));
    return;
  }
  if (interaction !== undefined && dice < 0.7) {
    onInteraction(world, desk, interaction);
    return;
  }
  if (dice < 0.9) desk.ask(statusCommand('ready'));
  else if (dice < 0.94) desk.ask(statusCommand('not-ready', 'lunch'));
  else if (dice < 0.96) desk.ask({ type: 'set-do-not-disturb', on: random.chance(0.3) });
  else if (dice < 0.98) desk.ask({ type: 'idle-set', idle: random.chance(0.4) });
  else desk.setShowing(random.chance(0.5));
}

/** As an agent sees them who asks who waits; by the time they pick, it may be otherwise. */
const waitingOnes = ({ checker }: World) =>
  checker.openInteractions().flatMap(({ id, status }) => (status.name === 'queued' ? [id] : []));

/** What an agent does with something that they hold, as the server knows it. */
function onInteraction({ random, checker, time }: World, desk: Desk, interaction: InteractionId) {
  const dice = random.next();
  const state = checker.interaction(interaction);
  if (state?.status.name === 'parked')
    return desk.ask(
      dice < 0.3 ? { type: 'unpark', interaction } : { type: 'add-note', interaction, text: 'hm' },
    );
  if (desk.wrappingUp(interaction)) {
    if (dice < 0.15)
      return desk.ask({ type: 'extend-wrap-up', interaction, to: dice < 0.1 ? 'more' : 'open' });
    return desk.ask(markDone({ random, checker }, interaction));
  }
  if (dice < 0.15) return desk.ask({ type: 'end', interaction });
  if (dice < 0.25) return desk.ask({ type: 'park', interaction, forMs: 300_000 });
  if (dice < 0.3) return desk.ask({ type: 'add-note', interaction, text: 'between us' });
  if (dice < 0.35)
    return desk.ask({
      ...{ type: 'make-commitment', commitment: random.id('k-') as CommitmentId },
      ...{ about: interaction, due: time() + random.below(100_000), channel: 'chat' },
      ...{ note: 'call', contact: '' },
    });
  return desk.ask({ type: 'post', interaction, text: `${desk.name} says ${desk.next()}` });
}

/** As complete as the queue asks; half of what delivery has done goes on as work. */
function markDone(
  { random, checker }: Pick<World, 'random' | 'checker'>,
  interaction: InteractionId,
): AgentCommand {
  const hasWorkflow = checker.interaction(interaction)?.queue === 'delivery';
  const next = random.chance(0.5) ? ('stop' as const) : { queue: 'billing' as QueueId };
  return {
    ...{ type: 'mark-done', interaction, dispositions: ['paid'], note: 'fine' },
    ...{ resolved: null, answers: {}, tags: null, data: {}, sendTranscript: false },
    workflow: hasWorkflow ? next : null,
  };
}
