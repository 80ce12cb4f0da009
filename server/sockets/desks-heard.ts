import type { AgentId } from '../../protocol/ids.ts';
import type { Clock } from '../clock.ts';
import type { AskSystem } from './ask-system.ts';

/** When each agent's desk was last heard from; too long ago makes the agent unreachable (STATE-8). */
export type DesksHeard = {
  /** One more live socket of this agent; null: too many. */
  readonly connect: (agent: AgentId) => DeskSocket | null;
  /**
   * After a start: these were reachable, and nothing is offered to them before their desk says
   * hello (OFFER-1). Resolves when that is so.
   */
  readonly expect: (agents: readonly AgentId[]) => Promise<void>;
  readonly size: () => number;
  readonly close: () => void;
};

export type DeskSocket = {
  readonly heard: () => void;
  /** It was not let in: nothing is known of this agent that was not known before. */
  readonly forget: () => void;
  readonly close: () => void;
};

export type DesksHeardDeps = {
  readonly clock: Clock;
  readonly ask: AskSystem;
  readonly silenceMs: number;
  readonly bug: (error: unknown) => void;
};

type Desk = { readonly agent: AgentId; heardAt: number; sockets: number; cancel: () => void };

/** A desk has one; what the network has cut lives on until its silence is noticed. */
const SOCKETS_MAX = 10;
/** After a start, so many at once are told silent. */
const AT_ONCE = 500;
/** A timer that is later than this was held up, and so was whatever the desk has sent. */
const STALL_MS = 1_000;

export function createDesksHeard({ clock, ask, silenceMs, bug }: DesksHeardDeps): DesksHeard {
  const desks = new Map<AgentId, Desk>();
  let closed = false;

  function watch(desk: Desk): void {
    const due = desk.heardAt + silenceMs;
    desk.cancel = clock.at(due, () => {
      // Nobody could be heard while we stood still: the time starts anew.
      if (clock.now() - due > STALL_MS) desk.heardAt = clock.now();
      if (isSilent(desk)) clock.soon(() => look(desk));
      else look(desk);
    });
  }

  const isSilent = ({ heardAt }: Desk) => clock.now() - heardAt >= silenceMs;

  /** What had come by then is read: it may have been due in the last moment of our standing still. */
  function look(desk: Desk): void {
    if (closed || desks.get(desk.agent) !== desk) return;
    if (isSilent(desk)) silent(desk);
    else watch(desk);
  }

  /** A desk that is heard again says hello first: its session sees that it is unreachable. */
  function silent(desk: Desk): void {
    desks.delete(desk.agent);
    ask({ type: 'agent-silent', agent: desk.agent }, () => closed).catch(bug);
  }

  function add(agent: AgentId): Desk {
    const desk: Desk = { agent, heardAt: clock.now(), sockets: 0, cancel: () => {} };
    desks.set(agent, desk);
    watch(desk);
    return desk;
  }

  async function expect(agents: readonly AgentId[]): Promise<void> {
    for (let from = 0; from < agents.length; from += AT_ONCE)
      await Promise.all(
        agents
          .slice(from, from + AT_ONCE)
          .map((agent) => ask({ type: 'agent-silent', agent }, () => closed || desks.has(agent))),
      );
  }

  function connect(agent: AgentId): DeskSocket | null {
    const known = desks.get(agent);
    if (known !== undefined && known.sockets >= SOCKETS_MAX) return null;
    const desk = known ?? add(agent);
    const heardBefore = desk.heardAt;
    let open = true;
    desk.sockets++;
    desk.heardAt = clock.now();
    return {
      heard: () => {
        desk.heardAt = clock.now();
      },
      forget: () => {
        desk.heardAt = heardBefore;
        if (known !== undefined || desk.sockets > 1) return;
        desk.cancel();
        desks.delete(agent);
      },
      // Its silence counts from what was heard last, however the socket ended.
      close: () => {
        if (open) desk.sockets--;
        open = false;
      },
    };
  }

  return {
    connect,
    expect,
    size: () => desks.size,
    close: () => {
      closed = true;
      for (const { cancel } of desks.values()) cancel();
    },
  };
}
