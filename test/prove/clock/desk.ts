import type { AgentCommand } from '../../../protocol/commands.ts';
import type { AgentStreamEvent } from '../../../protocol/stream-events.ts';
import { statusCommand } from '../../channels.ts';
import { createOutbox } from '../race/outbox.ts';
import { type RaceWindow, raceWindow } from '../race/window.ts';

export type Heard = AgentStreamEvent & {
  /** By our own clock, which nobody puts forward or back. */
  readonly heardMs: number;
};
type Of<T extends AgentStreamEvent['event']['type']> = Extract<
  AgentStreamEvent['event'],
  { readonly type: T }
>;

/** One agent with one window who writes down when they hear what. */
export function clockDesk(url: string, token: () => Promise<string>, time: (at: number) => void) {
  const heard = new Map<number, Heard>();
  let live: RaceWindow | null = null;
  let welcomes = 0;
  const outbox = createOutbox<AgentCommand>((frame) => live?.send(frame));
  const window = raceWindow({
    url,
    token,
    live: (one) => {
      live = one;
      welcomes++;
      outbox.again();
    },
    event: (event) => {
      if (heard.has(event.seq)) return;
      heard.set(event.seq, { ...event, heardMs: performance.now() });
      time(event.at);
    },
    jumped: () => {},
    answered: outbox.answered,
  });
  window.open(true);
  outbox.ask(statusCommand('ready'));

  return {
    ask: outbox.ask,
    cut: window.cut,
    close: window.close,
    welcomes: () => welcomes,
    /** The last such event that fits, or null. */
    find<T extends AgentStreamEvent['event']['type']>(
      type: T,
      fits: (event: Of<T>) => boolean = () => true,
    ): (Heard & { readonly event: Of<T> }) | null {
      for (const one of [...heard.values()].reverse())
        if (one.event.type === type && fits(one.event as Of<T>))
          return one as Heard & { readonly event: Of<T> };
      return null;
    },
  };
}
export type ClockDesk = ReturnType<typeof clockDesk>;
