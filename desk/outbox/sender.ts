import type { AgentCommand } from '../../protocol/commands.ts';
import type { CommandId } from '../../protocol/ids.ts';
import type { DeskClock } from '../clock.ts';
import type { DeskDisk } from '../disk/contract.ts';
import { createLanes, type Errand } from './lanes.ts';

/** Commands on the way at once, one per lane: more would only wait at the server instead of here. */
const ON_THE_WAY_MAX = 20;
/** Where the server names no time. */
const RETRY_MS = 1_000;

export type Sender = {
  /** Takes up the rows that were written since the last time, and sends what may go. */
  readonly load: () => Promise<void>;
  /** There is a connection: all that isn't answered goes out (again), under the same ids. */
  readonly connected: (send: (id: CommandId, command: AgentCommand) => void) => void;
  readonly disconnected: () => void;
  /** Answered, for good or ill: the next of their lanes may go. Unknown ids are ignored. */
  readonly finished: (ids: readonly CommandId[]) => void;
  /** Not now: its lane waits, the others don't. */
  readonly later: (id: CommandId, afterMs: number | null) => void;
  /** Exactly these commands without a row, each in a lane of its own; asking twice is asking once. */
  readonly askFor: (errands: readonly Omit<Errand, 'lane'>[]) => void;
};

/**
 * Sends the outbox: rows of one lane strictly in order, one at a time; lanes side by side. What it
 * holds in memory it reads from the disk again after a restart.
 */
export function createSender(disk: Pick<DeskDisk, 'waiting'>, clock: DeskClock): Sender {
  const lanes = createLanes();
  const onTheWay = new Set<CommandId>();
  const pauses = new Map<string, () => void>();
  /** What is asked for without a row, and whether it was answered. */
  let asked = new Map<CommandId, boolean>();
  let newest = 0;
  let loading: Promise<void> = Promise.resolve();
  let send: ((id: CommandId, command: AgentCommand) => void) | null = null;

  function pump(): void {
    if (send === null) return;
    for (const { lane, id, command } of lanes.heads()) {
      if (onTheWay.size >= ON_THE_WAY_MAX) return;
      if (onTheWay.has(id) || pauses.has(lane)) continue;
      onTheWay.add(id);
      lanes.toTheBack(lane);
      send(id, command);
    }
  }

  async function takeUp(): Promise<void> {
    for (const row of await disk.waiting(newest)) {
      newest = Math.max(newest, row.order);
      lanes.add(row);
    }
    pump();
  }

  function resume(lane: string): void {
    pauses.get(lane)?.();
    pauses.delete(lane);
  }

  function drop(id: CommandId): void {
    onTheWay.delete(id);
    if (asked.has(id)) asked.set(id, true);
    const lane = lanes.remove(id);
    if (lane !== null) resume(lane);
  }

  return {
    load() {
      loading = loading.catch(() => undefined).then(takeUp);
      return loading;
    },
    connected(to) {
      send = to;
      pump();
    },
    disconnected() {
      send = null;
      onTheWay.clear();
      for (const lane of [...pauses.keys()]) resume(lane);
    },
    finished(ids) {
      for (const id of ids) drop(id);
      pump();
    },
    later(id, afterMs) {
      const lane = lanes.laneOf(id);
      onTheWay.delete(id);
      if (lane === null) return;
      resume(lane);
      const cancel = clock.at(clock.now() + (afterMs ?? RETRY_MS), () => {
        pauses.delete(lane);
        pump();
      });
      pauses.set(lane, cancel);
      pump();
    },
    askFor(errands) {
      const before = asked;
      asked = new Map(errands.map(({ id }) => [id, before.get(id) ?? false]));
      for (const id of before.keys()) if (!asked.has(id)) drop(id);
      for (const { id, command } of errands)
        if (!asked.get(id)) lanes.add({ id, command, lane: `asked:${id}` });
      pump();
    },
  };
}
