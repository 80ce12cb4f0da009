import { type Channel, type ChosenStatus, channels } from '../../protocol/parts.ts';
import type { Overview } from '../disk/contract.ts';
import type { Desk } from './desk-context.ts';
import type { ChannelLoad, ChannelView, StatusModel } from './panel-model.ts';
import { givenChannels, shownStatus } from './shown-status.ts';
import { steady } from './steady.ts';

export function statusModel({ overview, ask }: Desk): StatusModel {
  return {
    shown: steady(() => {
      const seen = overview.value;
      const agent = seen?.agent ?? null;
      const { pending, ...now } = agent === null ? unheard : shownStatus(agent);
      const left = channels
        .filter((channel) => agent?.channels[channel].pending)
        .reduce((sum, channel) => sum + held(seen, channel), 0);
      return {
        ...now,
        pending:
          pending === null || pending.to === 'ready' ? null : { reason: pending.reason, left },
        asked: askedOf(seen),
      };
    }),
    channels: steady(() => {
      const seen = overview.value;
      const agent = seen?.agent ?? null;
      if (agent === null) return [];
      return givenChannels(agent).map(
        (channel): ChannelView => ({
          channel,
          ...agent.channels[channel],
          load: loadOf(seen, channel),
        }),
      );
    }),
    doNotDisturb: steady(() => overview.value?.agent?.doNotDisturb ?? false),
    load: steady(() => shownLoad(overview.value)),
    reasons: steady(() => overview.value?.agent?.centre.notReadyReasons ?? []),
    async set(to, reason, channel = 'all', durationMs = null, next = 'stay') {
      await ask({ type: 'set-status', channel, to, reason, durationMs, next });
    },
    async setDoNotDisturb(on) {
      await ask({ type: 'set-do-not-disturb', on });
    },
  };
}

/** Before the first welcome; nothing is shown that may be false. */
const unheard = {
  status: 'unknown',
  reason: null,
  since: 0,
  until: null,
  next: 'stay',
  pending: null,
} as const;

/** CAP-1: what is parked doesn't count, nor does listening. */
const held = (seen: Overview | null, channel: Channel): number =>
  seen?.open.filter(
    ({ head, role }) => head.channel === channel && !head.isParked && role !== 'monitor',
  ).length ?? 0;

/** CAP-2: limits are per channel, so a sum would say nothing. */
function shownLoad(seen: Overview | null): readonly ChannelLoad[] {
  const agent = seen?.agent ?? null;
  return (agent === null ? [] : givenChannels(agent))
    .map((channel) => ({ channel, ...loadOf(seen, channel) }))
    .filter(({ used }, n) => n === 0 || used > 0);
}

/** CAP-1: what rings and what is in wrap-up counts. */
const loadOf = (seen: Overview | null, channel: Channel) => ({
  used: held(seen, channel) + (seen?.offers.filter((one) => one.channel === channel).length ?? 0),
  limit: seen?.agent?.limits[channel] ?? 0,
});

/** The newest wish that the server hasn't answered, or whose effect isn't here yet. */
function askedOf(seen: Overview | null): ChosenStatus | null {
  const asked = (seen?.outbox ?? []).findLast(
    ({ state, command }) => state !== 'refused' && command.type === 'set-status',
  );
  return asked?.command.type === 'set-status' ? asked.command.to : null;
}
