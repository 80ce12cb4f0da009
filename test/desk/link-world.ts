import * as v from 'valibot';
import type { DeskDisk } from '../../desk/disk/contract.ts';
import { type Commits, memoryDisk } from '../../desk/disk/memory.ts';
import type { OfferRow } from '../../desk/disk/rows.ts';
import type { TypingHeard } from '../../desk/ephemeral.ts';
import type { Link, LinkState, TokenAnswer, TransportEvents } from '../../desk/link/contract.ts';
import { createLink } from '../../desk/link.ts';
import {
  type AgentFrameDown,
  AgentFrameUp,
  type AgentWelcome,
  type BatchPart,
} from '../../protocol/frames.ts';
import type { DeskId, InteractionId } from '../../protocol/ids.ts';
import { heldClock } from './held-clock.ts';
import { account, commandId, T, welcome } from './parts.ts';

/** One socket of the desk, seen from the server. */
export type Socket = {
  readonly sent: AgentFrameUp[];
  readonly open: () => void;
  readonly say: (frame: AgentFrameDown) => Promise<void>;
  readonly sayText: (text: string) => Promise<void>;
  readonly close: (code: number) => Promise<void>;
  /** The code with which the desk has closed it; undefined while it is open. */
  readonly closedWith: () => number | null | undefined;
};

export type WorldOptions = {
  readonly commits?: Commits;
  readonly show?: (offers: readonly OfferRow[]) => Promise<boolean>;
  readonly token?: (fresh: boolean) => Promise<TokenAnswer>;
  readonly random?: () => number;
  readonly wrap?: (disk: DeskDisk) => DeskDisk;
  readonly signedIn?: boolean;
};

/** Everything that was asked for in promises has happened; nothing waits for a clock. */
export const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A link on a memory disk, a clock that stands still, and sockets in the hands of the test. */
export async function linkWorld(options: WorldOptions = {}) {
  const memory = memoryDisk(options.commits);
  const clock = heldClock(T);
  const sockets: Socket[] = [];
  const states: LinkState[] = [];
  const tokens: boolean[] = [];
  const typed: TypingHeard[] = [];
  const shown: (readonly OfferRow[])[] = [];
  const disk = memory.open();
  if (options.signedIn !== false) await disk.signIn(account);

  function boot(): Link {
    const own = memory.open();
    const link = createLink({
      disk: options.wrap?.(own) ?? own,
      clock,
      random: options.random ?? (() => 1),
      newDesk: () => 'desk-1' as DeskId,
      connect: (_server, on) => socketOf(on, sockets),
      token: async (fresh) => {
        tokens.push(fresh);
        return (await options.token?.(fresh)) ?? { type: 'token', token: `token-${tokens.length}` };
      },
      show: async (offers) => {
        shown.push(offers);
        return (await options.show?.(offers)) ?? true;
      },
      onTyping: (typing) => typed.push(typing),
      onState: (state) => states.push(state),
    });
    link.wake();
    return link;
  }

  let link = boot();
  await settled();

  const world = {
    memory,
    disk,
    clock,
    sockets,
    states,
    tokens,
    typed,
    shown,
    link: () => link,
    socket: () => {
      const last = sockets.at(-1);
      if (last === undefined) throw new Error('the desk has not connected');
      return last;
    },
    /** Opens the newest socket and welcomes its hello. */
    async welcomed(fields: Partial<AgentWelcome> = {}): Promise<Socket> {
      const socket = world.socket();
      socket.open();
      await settled();
      await socket.say(welcome(fields));
      return socket;
    },
    async batch(batch: number, ...parts: readonly BatchPart[]): Promise<void> {
      await world.socket().say({ type: 'batch', batch, parts: [...parts] });
    },
    async post(n: number, interaction: InteractionId, text = `text ${n}`): Promise<void> {
      await disk.enqueue({
        id: commandId(n),
        command: { type: 'post', interaction, text },
        createdAt: T,
      });
      link.wake();
      await settled();
    },
    async advance(ms: number): Promise<void> {
      clock.advance(ms);
      await settled();
    },
    /** The worker is stopped and started again; only the disk stays. */
    async restart(): Promise<void> {
      link.stop();
      link = boot();
      await settled();
    },
  };
  return world;
}

export type LinkWorld = Awaited<ReturnType<typeof linkWorld>>;

function socketOf(on: TransportEvents, sockets: Socket[]) {
  let open = true;
  let closedWith: number | null | undefined;
  const socket: Socket = {
    sent: [],
    open: on.opened,
    say: (frame) => socket.sayText(JSON.stringify(frame)),
    sayText: async (text) => {
      if (open) on.received(text);
      await settled();
    },
    close: async (code) => {
      if (open) {
        open = false;
        on.closed(code);
      }
      await settled();
    },
    closedWith: () => closedWith,
  };
  sockets.push(socket);
  return {
    // Whatever the desk says must be in the words of the protocol.
    send: (text: string) => void socket.sent.push(v.parse(AgentFrameUp, JSON.parse(text))),
    close: (code?: number) => {
      open = false;
      closedWith = code ?? null;
    },
  };
}

export const commandsIn = (socket: Socket) =>
  socket.sent.flatMap((frame) => (frame.type === 'command' ? [frame.id] : []));
