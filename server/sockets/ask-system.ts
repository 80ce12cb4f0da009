import type { CommandId } from '../../protocol/ids.ts';
import type { Clock } from '../clock.ts';
import { isWeather } from '../feed/weather.ts';
import type { Handle } from '../handle.ts';
import type { Actor, SystemCommand } from '../interactions/command.ts';

export const SYSTEM: Actor = { kind: 'system' };

/** Asks for something in the system's name until it is answered for good; false once `isOver`. */
export type AskSystem = (command: SystemCommand, isOver: () => boolean) => Promise<boolean>;

export type AskSystemDeps = {
  readonly handle: Handle['handle'];
  readonly clock: Clock;
  readonly newCommandId: () => CommandId;
};

export function createAskSystem({ handle, clock, newCommandId }: AskSystemDeps): AskSystem {
  return async (command, isOver) => {
    // Asked again under the same id: what was stored without an answer isn't done twice.
    const id = newCommandId();
    while (!isOver()) {
      const answer = await handle(SYSTEM, id, command);
      if (answer.type === 'ack' || answer.retryMs === null) return true;
      await wait(clock, answer.retryMs);
    }
    return false;
  };
}

const RETRY_MS = 1_000;

/** Looks until the store is there; null once `isOver`. */
export async function untilStored<T>(
  clock: Clock,
  look: () => Promise<T>,
  isOver: () => boolean,
): Promise<T | null> {
  while (!isOver()) {
    try {
      return await look();
    } catch (error) {
      if (!isWeather(error)) throw error;
    }
    await wait(clock, RETRY_MS);
  }
  return null;
}

const wait = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => void clock.at(clock.now() + ms, resolve));
