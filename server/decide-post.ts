import { revoked } from './agents/work.ts';
import { both, type Context, type Decision, refused, type World } from './decision.ts';
import { type Actor, type Command, principalOf } from './interactions/command.ts';
import type { QueuePolicy } from './interactions/policy.ts';
import type { InteractionState } from './interactions/state.ts';
import { post } from './interactions/talk.ts';

/** A message, its files (CHAT-6), and the page that it opens at the customer's side (CHAT-7). */
export function decidePost(
  command: Extract<Command, { type: 'post' }>,
  actor: Actor,
  state: InteractionState,
  policy: QueuePolicy,
  world: World,
  { pushPage, files, now }: Context,
): Decision {
  if (actor.kind === 'system') return refused('not-allowed');
  const author =
    actor.kind === 'agent'
      ? ({ kind: 'agent', agent: actor.id, name: actor.name } as const)
      : ({ kind: 'customer' } as const);
  const url = 'page' in command ? command.page : undefined;
  const page = url === undefined ? null : pushPage(url, state.site);
  if (url !== undefined && page === null) return refused('bad-page');
  const said = { ...command, owner: principalOf(actor), stored: files, page };
  return both(
    state.id,
    post(state, author, said, policy, now),
    state.status.name === 'parked' ? state.status.owner : null,
    (owner) => revoked(world.agent(owner), state.id, 'replied'),
  );
}
