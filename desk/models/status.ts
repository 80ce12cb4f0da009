import type { Overview } from '../disk/contract.ts';
import type { Desk } from './desk-context.ts';
import type { StatusModel } from './panel-model.ts';
import { steady } from './steady.ts';

export function statusModel({ overview, ask }: Desk): StatusModel {
  return {
    chat: steady(() => {
      const seen = overview.value;
      const { chat, pending } = seen?.agent ?? { chat: unheard, pending: null };
      return {
        ...chat,
        pending: pending === null ? null : { reason: pending.reason, left: held(seen) },
        asked: askedOf(seen),
      };
    }),
    load: steady(() => {
      const seen = overview.value;
      // CAP-1: what rings and what is in wrap-up counts.
      const used = held(seen) + (seen?.offers.length ?? 0);
      return { used, limit: seen?.agent?.chatLimit ?? 0 };
    }),
    reasons: steady(() => overview.value?.agent?.centre.notReadyReasons ?? []),
    async set(to, reason) {
      await ask({ type: 'set-status', channel: 'chat', to, reason });
    },
  };
}

/** Before the first welcome; nothing is shown that may be false. */
const unheard = { status: 'unknown', reason: null, since: 0 } as const;

const held = (seen: Overview | null): number => seen?.open.length ?? 0;

/** The newest wish that the server hasn't answered, or whose effect isn't here yet. */
function askedOf(seen: Overview | null): 'ready' | 'not-ready' | null {
  const asked = (seen?.outbox ?? []).findLast(
    ({ state, command }) => state !== 'refused' && command.type === 'set-status',
  );
  return asked?.command.type === 'set-status' ? asked.command.to : null;
}
