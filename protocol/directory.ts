import * as v from 'valibot';
import { AgentId, QueueId, SkillId, TeamId } from './ids.ts';
import { limits } from './limits.ts';
import { Channel, StatusName, Time } from './parts.ts';

/** HAND-1: what the one directory lists. Every person once: as a supervisor who is one. */
export const DirectoryKind = v.picklist(['agent', 'supervisor', 'queue', 'team', 'skill']);
export type DirectoryKind = v.InferOutput<typeof DirectoryKind>;

/** What a desk shows of the directory: the kinds one after the other, each by name. */
export const DirectoryView = v.object({
  kinds: v.pipe(v.array(DirectoryKind), v.minLength(1), v.maxLength(5)),
  /** Beginnings of words, all of which must be found; empty: everything. */
  search: v.pipe(v.string(), v.maxLength(limits.searchCharacters)),
  /** The rows that can be seen: so many after the first `from`. */
  from: v.pipe(v.number(), v.integer(), v.minValue(0)),
  rows: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(limits.directoryRows)),
});
export type DirectoryView = v.InferOutput<typeof DirectoryView>;

const person = {
  agent: AgentId,
  name: v.string(),
  /** Signed in, and the desk is heard: can be asked. */
  available: v.boolean(),
  /** The channels that are given to this agent. */
  channels: v.array(
    v.object({ channel: Channel, status: StatusName, load: v.number(), limit: v.number() }),
  ),
};
const crowd = {
  name: v.string(),
  /** Somebody of them is signed in. */
  available: v.boolean(),
  signedIn: v.number(),
  /** Those who are ready on some channel. */
  ready: v.number(),
};

export const DirectoryRow = v.variant('kind', [
  v.object({ kind: v.literal('agent'), ...person }),
  v.object({ kind: v.literal('supervisor'), ...person }),
  v.object({
    kind: v.literal('queue'),
    queue: QueueId,
    name: v.string(),
    /** Open by its hours. */
    available: v.boolean(),
    waiting: v.number(),
    /** Since when the one who waits longest does; null: nobody waits. */
    oldestAt: v.nullable(Time),
    /** For one who came now; null: below five samples (ROUTE-7). */
    estimateMs: v.nullable(v.number()),
  }),
  v.object({ kind: v.literal('team'), team: TeamId, ...crowd }),
  v.object({ kind: v.literal('skill'), skill: SkillId, ...crowd }),
]);
export type DirectoryRow = v.InferOutput<typeof DirectoryRow>;
