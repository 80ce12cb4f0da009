import type { AgentCommand } from '../../protocol/commands.ts';
import type { AgentId, InteractionId, RequestId } from '../../protocol/ids.ts';
import type { InteractionState } from '../../server/interactions/state.ts';
import type { Desk } from './desk-process.ts';
import { AGENTS, QUEUES, SUPERVISOR, type World } from './world.ts';

/**
 * What agents ask of each other, answer, and do in a conference (HAND). A person sees what the
 * server has stored; now and then they do what makes no sense there. False: nothing to do.
 */
export function colleagueActs(world: World, desk: Desk): boolean {
  const { random, checker } = world;
  const asked = random.pick(Object.values(checker.agent(desk.agent).requests));
  if (asked !== undefined && random.chance(0.9)) {
    const type = random.chance(0.75) ? 'accept-request' : 'reject-request';
    const { interaction, request } = asked.facts;
    // Answered twice: two windows, or the notification and the panel.
    if (random.chance(0.1)) desk.ask({ type: 'accept-request', interaction, request });
    desk.ask({ type, interaction, request });
    return true;
  }
  const [wrappingUp] = Object.keys(checker.agent(desk.agent).ownWrapUps);
  if (wrappingUp !== undefined && random.chance(0.5)) {
    const interaction = wrappingUp as InteractionId;
    desk.ask({ type: 'finish-own-wrap-up', interaction, note: 'fine' });
    return true;
  }
  if (desk.agent === world.agentId(SUPERVISOR) && random.chance(0.5)) {
    const talk = random.pick(checker.openInteractions());
    if (talk !== undefined) {
      const type = random.pick(['monitor', 'monitor', 'barge-in', 'take-over'] as const);
      desk.ask({ type: type ?? 'monitor', interaction: talk.id });
      return true;
    }
  }
  const interaction = random.pick(desk.open());
  const state = interaction === undefined ? null : checker.interaction(interaction);
  if (state === null || !random.chance(0.6)) return false;
  desk.ask(wish(world, state));
  return true;
}

function wish({ random, agentId }: World, state: InteractionState): AgentCommand {
  const { id: interaction } = state;
  const dice = random.next();
  const colleague = agentId(random.pick(AGENTS) as string);
  const guest: AgentId = random.pick(state.members)?.agent ?? colleague;
  const request: RequestId = random.pick(state.requests)?.request ?? ('none' as RequestId);
  const parcel = { note: 'mind the gap', draft: 'Dear', dispositions: [] };
  const beside = state.members.find((one) => one.role !== 'guest');
  if (random.chance(beside === undefined ? 0.05 : 0.6))
    return { type: 'post-side', interaction, with: beside?.agent ?? guest, text: 'between us' };
  if (dice < 0.4) return { type: 'request', interaction, kind: 'join', to: colleague, note: '' };
  if (dice < 0.47)
    return { type: 'request', interaction, kind: 'consult', to: colleague, note: '' };
  if (dice < 0.62)
    return {
      ...{ type: 'transfer', interaction, to: { kind: 'agent', agent: colleague } },
      ...parcel,
    };
  if (dice < 0.68) {
    const queue = random.pick(QUEUES) as (typeof QUEUES)[number];
    return { type: 'transfer', interaction, to: { kind: 'queue', queue }, ...parcel };
  }
  if (dice < 0.75) return { type: 'cancel-request', interaction, request };
  if (dice < 0.85) return { type: 'hand-ownership', interaction, to: guest };
  if (dice < 0.91) return { type: 'leave', interaction };
  if (dice < 0.96) return { type: 'remove-guest', interaction, agent: guest };
  return { type: 'end-conference', interaction };
}
