import { requestsTo } from './agents/state.ts';
import { type Decision, events, type World } from './decision.ts';
import { requestOf } from './interactions/state.ts';
import { requestEnds } from './parting.ts';

/** HAND-2: whoever is lost or signs out can't answer; the owner hears so in the same step. */
export function withoutRequests(decision: Decision, world: World): Decision {
  if (decision.type === 'refused') return decision;
  const gone = decision.agents.flatMap(([agent, { facts }]) =>
    facts.some(({ body }) => body.type === 'unreachable' || body.type === 'signed-out')
      ? requestsTo(world.agent(agent))
      : [],
  );
  if (gone.length === 0) return decision;
  const ends = gone.flatMap(({ request, interaction }) => {
    const state = world.interaction(interaction);
    const open = state === null ? null : requestOf(state, request);
    return open === null ? [] : [{ interaction, change: requestEnds(open, 'unreachable', world) }];
  });
  return events(
    merged([
      ...decision.interactions,
      ...ends.map(({ interaction, change }) => [interaction, change.facts] as const),
    ]),
    decision.agents.map(([agent, { facts, blank }]) => {
      const own = ends.flatMap(({ change }) => change.agents.filter(([of]) => of === agent));
      return [
        agent,
        {
          facts: [...own.flatMap(([, outcome]) => outcome.facts), ...facts],
          blank: [...own.flatMap(([, outcome]) => outcome.blank), ...blank],
        },
      ] as const;
    }),
  );
}

/** What happens to one interaction stands together: an offer and requests may end in it at once. */
function merged<Id, Fact>(
  list: readonly (readonly [Id, readonly Fact[]])[],
): (readonly [Id, readonly Fact[]])[] {
  const byId = new Map<Id, readonly Fact[]>();
  for (const [id, facts] of list) byId.set(id, [...(byId.get(id) ?? []), ...facts]);
  return [...byId];
}
