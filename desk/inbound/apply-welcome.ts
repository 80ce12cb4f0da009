import type { AgentSnapshot } from '../../protocol/agent-events.ts';
import type { AgentWelcome, CentreFrame } from '../../protocol/frames.ts';
import type { AgentCopy } from '../disk/rows.ts';
import { grant } from './agent-part.ts';
import { dropCopy, dropOffer, putOffer, type Work } from './work.ts';

/** What the agent's copy is before anything of the stream has come. */
export function emptyAgentCopy({ agent, centre, limits, now }: AgentWelcome): AgentCopy {
  const unknown = {
    status: 'logged-off',
    reason: null,
    since: now,
    until: null,
    next: 'stay',
    pending: null,
  } as const;
  return {
    seq: 0,
    channels: {
      chat: unknown,
      voice: unknown,
      email: unknown,
      messaging: unknown,
      'work-item': unknown,
    },
    doNotDisturb: false,
    idle: false,
    limits,
    abilities: agent.abilities,
    centre,
    notShown: null,
  };
}

/** What the set-up says, in a welcome or once it has changed. */
export const withSetUp = (
  agent: AgentCopy,
  { agent: { abilities }, centre, limits }: Omit<CentreFrame, 'type'>,
): AgentCopy => ({ ...agent, centre, limits, abilities });

/** `work` holds every open interaction. Pure but for it. */
export function applyWelcome(work: Work, welcome: AgentWelcome): void {
  const { snapshot } = welcome;
  work.agent = withSetUp(work.agent, welcome);
  if (snapshot !== null) applySnapshot(work, snapshot);
}

/** The snapshot replaces status, offers and memberships; done interactions stay as history. */
function applySnapshot(work: Work, snapshot: AgentSnapshot): void {
  work.agent = {
    ...work.agent,
    seq: snapshot.seq,
    channels: snapshot.channels,
    doNotDisturb: snapshot.doNotDisturb,
    idle: snapshot.idle,
    // A snapshot doesn't tell whether the server waits for it; told once too often is harmless.
    notShown: `snapshot-${snapshot.seq}`,
  };
  for (const offer of [...work.offers.keys()]) dropOffer(work, offer);
  for (const offer of snapshot.offers) putOffer(work, offer);

  const members = new Map(snapshot.memberships.map((one) => [one.interaction, one]));
  for (const row of [...work.interactions.values()])
    if (row.state === 'open' && members.get(row.interaction)?.epoch !== row.epoch)
      dropCopy(work, row.interaction);
  for (const member of members.values()) {
    const row = work.interactions.get(member.interaction);
    if (row === undefined || row.state === 'done' || row.epoch !== member.epoch)
      grant(work, member);
  }
}
