import type { AgentCommand } from '../../protocol/commands.ts';
import type { CommandId } from '../../protocol/ids.ts';

/** A command that waits for its answer, and the lane that it waits in. */
export type Errand = {
  readonly id: CommandId;
  readonly lane: string;
  readonly command: AgentCommand;
};

export type Lanes = {
  /** Last in its lane; a known id changes nothing. */
  readonly add: (errand: Errand) => void;
  /** Returns the lane it stood in, null for an unknown id. */
  readonly remove: (id: CommandId) => string | null;
  readonly laneOf: (id: CommandId) => string | null;
  /** The first of each lane, lanes that were served longest ago first. */
  readonly heads: () => readonly Errand[];
  readonly toTheBack: (lane: string) => void;
};

export function createLanes(): Lanes {
  const lanes = new Map<string, Errand[]>();
  const known = new Map<CommandId, string>();
  return {
    add({ id, lane, command }) {
      if (known.has(id)) return;
      known.set(id, lane);
      const errands = lanes.get(lane);
      if (errands === undefined) lanes.set(lane, [{ id, lane, command }]);
      else errands.push({ id, lane, command });
    },
    remove(id) {
      const lane = known.get(id);
      if (lane === undefined) return null;
      known.delete(id);
      const left = (lanes.get(lane) ?? []).filter((errand) => errand.id !== id);
      if (left.length === 0) lanes.delete(lane);
      else lanes.set(lane, left);
      return lane;
    },
    laneOf: (id) => known.get(id) ?? null,
    heads: () => [...lanes.values()].flatMap(([first]) => first ?? []),
    toTheBack(lane) {
      const errands = lanes.get(lane);
      if (errands === undefined) return;
      lanes.delete(lane);
      lanes.set(lane, errands);
    },
  };
}
