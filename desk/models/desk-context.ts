import type { ReadonlySignal } from '@preact/signals';
import type { AgentCommand } from '../../protocol/commands.ts';
import type { CommandId } from '../../protocol/ids.ts';
import type { AccessStore } from '../access.ts';
import type { DeskClock } from '../clock.ts';
import type { DeskDisk, Overview } from '../disk/contract.ts';
import type { TypingHeard } from '../ephemeral.ts';
import type { Live } from '../live.ts';
import type { Nudge } from '../nudge.ts';

/** What a panel's model is made of; everything that touches a browser comes in here. */
export type DeskContext = {
  readonly disk: DeskDisk;
  readonly live: Live;
  readonly clock: DeskClock;
  /** At least 16 characters, unique everywhere. */
  readonly newId: () => string;
  readonly fetch: typeof fetch;
  /**
   * Asks the person for the right to reach this origin. Called before anything is awaited, because
   * browsers ask only in answer to a click.
   */
  readonly permit: (origin: string) => Promise<boolean>;
  readonly access: AccessStore;
  /** Tells the background what was written to the disk; it starts the background where it sleeps. */
  readonly nudge: (nudge: Nudge) => void;
  /** Returns the function that stops listening. */
  readonly onTyping: (heard: (typing: TypingHeard) => void) => () => void;
  readonly locks: Pick<LockManager, 'request'>;
};

/** What the parts of the model share. */
export type Desk = DeskContext & {
  readonly overview: ReadonlySignal<Overview | null>;
  /** Server time to the millisecond, as well as this machine knows it. */
  readonly serverNow: () => number;
  /** Resolves when the command is on the disk. */
  readonly ask: (command: AgentCommand) => Promise<'queued' | 'full'>;
  readonly retry: (id: CommandId) => Promise<void>;
  readonly discard: (id: CommandId) => Promise<void>;
};

export function deskOf(
  context: DeskContext,
  overview: Desk['overview'],
  serverNow: Desk['serverNow'],
): Desk {
  const { disk, nudge } = context;
  const newCommandId = () => context.newId() as CommandId;
  return {
    ...context,
    overview,
    serverNow,
    async ask(command) {
      const result = await disk.enqueue({ id: newCommandId(), command, createdAt: serverNow() });
      nudge({ type: 'disk' });
      return result;
    },
    async retry(id) {
      await disk.retry(id, newCommandId(), serverNow());
      nudge({ type: 'disk' });
    },
    discard: (id) => disk.discard(id),
  };
}
