import type { AgentFrameDown, AgentFrameUp } from '../../protocol/frames.ts';
import type { AgentId, CommandId } from '../../protocol/ids.ts';
import { can } from '../access.ts';
import type { Bus } from '../bus/contract.ts';
import { isWeather } from '../feed/weather.ts';
import type { Handle } from '../handle.ts';
import type { Actor } from '../interactions/command.ts';
import type { InstantEphemeral, Listeners } from './listeners.ts';
import type { SessionDeps, Shell } from './session.ts';
import { newTokenBucket, takeToken, tokenWaitMs } from './token-bucket.ts';

/**
 * CHAT-17: instant messages of one desk, both ways. Live only: nothing is stored, and what no
 * screen has shown in time is refused as not delivered, by name.
 *
 *  sender ── instant ──► here ── bus ──► each desk of the colleague ── instant ──► shown
 *         ◄─ instant-shown ─      ◄──────────────────────── instant-shown ──
 */
export type Instants = {
  readonly send: (frame: Extract<AgentFrameUp, { readonly type: 'instant' }>) => void;
  readonly shown: (id: CommandId) => void;
  readonly close: () => void;
};

export type InstantsDeps = Pick<SessionDeps, 'clock' | 'limits'> & {
  readonly handle: Pick<Handle, 'agent' | 'guard'>;
  readonly bus: Pick<Bus, 'tell'>;
  readonly listeners: Pick<Listeners, 'onAgent'>;
  readonly person: (agent: AgentId) => unknown;
};

type Agent = Extract<Actor, { readonly kind: 'agent' }>;
type Down = Extract<AgentFrameDown, { readonly type: 'instant' | 'instant-shown' }>;

/** Words that came and that this desk has not shown yet; older ones are given up by their senders. */
const UNSHOWN_MAX = 100;
const RETRY_MS = 1_000;

/** `self`: as the set-up has them now. */
export function createInstants(deps: InstantsDeps, shell: Shell, self: () => Agent): Instants {
  const { clock, limits, handle, bus, listeners, person } = deps;
  const bucket = newTokenBucket(limits.instantsPerSecond, limits.instantsBurst, clock.now());
  /** Sent and not shown yet: what takes back the time that it has. */
  const sent = new Map<CommandId, () => void>();
  const unshown = new Map<CommandId, AgentId>();
  const stop = listeners.onAgent(self().id, hear);
  /** One after the other, so that the store can't turn them round. */
  let last: Promise<void> = Promise.resolve();

  function send({ id, to, text }: Parameters<Instants['send']>[0]): void {
    const no = can(self(), 'instant', null) ?? (person(to) === null ? 'unknown-agent' : null);
    const words = handle.guard(text);
    if (no !== null) shell.refuse(no, id);
    else if (sent.has(id)) shell.refuse('id-reused', id);
    else if (!takeToken(bucket, clock.now()))
      shell.refuse('too-many', id, Math.max(tokenWaitMs(bucket), RETRY_MS));
    else if (words.drop) shell.refuse('sensitive-data', id);
    else {
      const before = last;
      sent.set(id, () => {});
      last = before.then(() => tell(id, to, words.text));
      shell.later(() => last);
    }
  }

  async function tell(id: CommandId, to: AgentId, text: string): Promise<void> {
    const isThere = await isReachable(to);
    if (shell.isOver()) return;
    if (isThere !== true) {
      sent.delete(id);
      if (isThere === false) shell.refuse('not-delivered', id);
      else shell.refuse('try-later', id, RETRY_MS);
      return;
    }
    const { id: from, name } = self();
    const at = clock.now();
    const cancel = clock.at(at + limits.instantShownMs, () => {
      if (sent.delete(id)) shell.refuse('not-delivered', id);
    });
    sent.set(id, cancel);
    bus.tell({ type: 'instant', id, from, name, to, text, at });
  }

  async function isReachable(to: AgentId): Promise<boolean | 'unknown'> {
    try {
      const { state } = await handle.agent(to);
      return state.desk !== null && state.reach.reachable;
    } catch (error) {
      if (isWeather(error)) return 'unknown';
      throw error;
    }
  }

  function hear(what: InstantEphemeral): void {
    switch (what.type) {
      case 'instant': {
        const { id, from, name, text, at } = what;
        unshown.set(id, from);
        const [oldest] = unshown.keys();
        if (unshown.size > UNSHOWN_MAX && oldest !== undefined) unshown.delete(oldest);
        down({ type: 'instant', id, from, name, text, at });
        return;
      }
      case 'instant-shown': {
        const cancel = sent.get(what.id);
        if (cancel === undefined) return;
        cancel();
        sent.delete(what.id);
        down({ type: 'instant-shown', id: what.id });
        return;
      }
      default:
        what satisfies never;
    }
  }

  const down = (frame: Down): void => shell.send(JSON.stringify(frame));

  return {
    send,
    shown(id) {
      const from = unshown.get(id);
      if (from === undefined) return;
      unshown.delete(id);
      bus.tell({ type: 'instant-shown', id, to: from });
    },
    close() {
      stop();
      for (const cancel of sent.values()) cancel();
      sent.clear();
    },
  };
}
