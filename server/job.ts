import type { CommandId, StreamName } from '../protocol/ids.ts';
import type { Actor, Command } from './interactions/command.ts';

/** One command under way. */
export type Job = {
  readonly actor: Actor;
  readonly id: CommandId;
  readonly command: Command;
  readonly principal: string;
  readonly hash: string;
};

export const keyOf = (job: Job): string => `${job.principal} ${job.id}`;

/** Starts of one customer wait for each other too. */
export const lanesOf = (job: Job, streams: readonly StreamName[]): readonly string[] =>
  job.command.type === 'start' || job.command.type === 'leave-message'
    ? [job.principal, ...streams]
    : streams;

export const union = (
  one: readonly StreamName[],
  two: readonly StreamName[],
): readonly StreamName[] => (two.length === 0 ? one : [...new Set([...one, ...two])]);
