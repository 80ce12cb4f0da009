import type { CommandId } from '../../protocol/ids.ts';
import type { Answer } from '../handle.ts';
import { ackText, refusedText } from './down.ts';
import type { SessionDeps, Shell } from './session.ts';
import { newTokenBucket, takeToken, tokenWaitMs } from './token-bucket.ts';

/** Commands of one socket: at their rate, and about one interaction one after the other. */
export type CommandDoor<Command> = {
  readonly take: (id: CommandId, command: Command) => void;
};

export type CommandDoorDeps<Command> = {
  readonly perSecond: number;
  readonly burst: number;
  readonly ask: (id: CommandId, command: Command) => Promise<Answer>;
  /** Hears of an answer just after its sender. */
  readonly answered: (command: Command, answer: Answer) => void;
};

type Waiting<Command> = { readonly id: CommandId; readonly command: Command };

/**
 * What must be tried again takes all that came behind it along: a sender who doesn't wait for
 * answers still gets their messages in their order (TRUST-1). It costs nothing: the second
 * command about an interaction would wait in its lane for the first anyway.
 */
export function createCommandDoor<Command extends { readonly type: string }>(
  { clock, limits }: Pick<SessionDeps, 'clock' | 'limits'>,
  shell: Shell,
  { perSecond, burst, ask, answered }: CommandDoorDeps<Command>,
): CommandDoor<Command> {
  const bucket = newTokenBucket(perSecond, burst, clock.now());
  let closedUntil = 0;
  /** By interaction: a command is under way, and these wait behind it (null: none). */
  const lines = new Map<string, Waiting<Command>[] | null>();

  function take(id: CommandId, command: Command): void {
    const now = clock.now();
    if (now < closedUntil) {
      shell.refuse('too-many', id, closedUntil - now);
      return;
    }
    if (!takeToken(bucket, now)) {
      // Long enough for a few: the next of them must not overtake this one.
      closedUntil = now + Math.max(tokenWaitMs(bucket), RETRY_MS);
      shell.refuse('too-many', id, closedUntil - now);
      return;
    }
    const subject = subjectOf(command);
    const line = lines.get(subject);
    if (line === undefined) {
      lines.set(subject, null);
      shell.later(() => run(subject, id, command));
    } else if (line === null) lines.set(subject, [{ id, command }]);
    else if (line.length < limits.framesBurst) line.push({ id, command });
    else shell.refuse('too-many', id, RETRY_MS);
  }

  async function run(subject: string, id: CommandId, command: Command): Promise<void> {
    const answer = await ask(id, command);
    if (answer.type === 'ack') shell.send(ackText(id, answer.stream, answer.seq));
    else shell.send(refusedText(id, answer.refusal, answer.retryMs));
    answered(command, answer);
    next(subject, answer);
  }

  function next(subject: string, answer: Answer): void {
    const line = lines.get(subject) ?? null;
    if (answer.type === 'refused' && answer.retryMs !== null) {
      for (const { id } of line ?? []) shell.refuse(answer.refusal, id, answer.retryMs);
      lines.delete(subject);
      return;
    }
    const following = line?.shift();
    if (following === undefined) lines.delete(subject);
    else shell.later(() => run(subject, following.id, following.command));
  }

  return { take };
}

const RETRY_MS = 200;

/** Commands about no interaction are about their sender. */
const subjectOf = (command: object): string =>
  'interaction' in command ? (command.interaction as string) : '';
