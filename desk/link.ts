import type { Account } from './disk/rows.ts';
import { afterClose } from './link/after-close.ts';
import { type Connection, type Ending, openConnection } from './link/connection.ts';
import type { Link, LinkDeps, LinkState } from './link/contract.ts';
import { delayMs } from './link/delay.ts';
import { createServerClock } from './link/server-clock.ts';
import { createShowing } from './link/showing.ts';
import { createSender } from './outbox/sender.ts';

/** A connection that held so long was a good one: the next attempt after it comes soon. */
const STEADY_MS = 5_000;
/** So many unreadable connections in a row mean that the two programs don't fit. */
const UNREADABLE_MAX = 3;

/**
 * Keeps one connection to the server for whoever is signed in on this disk, as long as it can.
 *
 *   signed-out ── somebody signs in ──► connecting ── welcome ──► live
 *        ▲                                │   ▲                    │
 *        └── the session is over ─────────┤   └─── weather ────────┤
 *                                         ▼                        ▼
 *                            update-needed (looks again)   open-elsewhere (until taken back)
 */
export function createLink(deps: LinkDeps): Link {
  const { disk, clock, random } = deps;
  const onTrouble = deps.onTrouble ?? (() => {});
  let sender = createSender(disk, clock);
  let showing = createShowing(disk, deps.show, sender, onTrouble);
  const heardNow = createServerClock(disk, clock, onTrouble);

  let state: LinkState | null = null;
  let downSince: number | null = null;
  let connection: Connection | null = null;
  let account: Account | null = null;
  /** Counts attempts; what an older one still does is ignored. */
  let current = 0;
  let failures = 0;
  let unreadable = 0;
  /** The last token was refused: the next attempt asks for a fresh one. */
  let wantsFresh = false;
  let isFresh = false;
  let liveAt: number | null = null;
  let waiting: (() => void) | null = null;
  let looking = false;
  let lookAgain = false;
  let stopped = false;

  function become(next: LinkState): void {
    if (next === state || stopped) return;
    if (next === 'live') downSince = null;
    else downSince ??= clock.now();
    state = next;
    disk
      .setConnection({ state, downSince })
      .catch((error: unknown) => onTrouble('the state could not be kept', error));
    deps.onState?.(next);
  }

  /** Ends whatever is under way. */
  function drop(): void {
    current++;
    waiting?.();
    waiting = null;
    connection?.close();
    connection = null;
    liveAt = null;
  }

  function waitFor(ms: number): void {
    waiting = clock.at(clock.now() + ms, () => void attempt());
  }

  async function attempt(): Promise<void> {
    drop();
    const mine = current;
    const isMine = () => mine === current && !stopped;
    if (state !== 'update-needed') become('connecting');
    try {
      const answer = await deps.token(wantsFresh);
      if (!isMine()) return;
      if (answer.type === 'signed-out') return become('signed-out');
      if (answer.type === 'unreachable') return failed();
      isFresh = wantsFresh;
      wantsFresh = false;
      const desk = await disk.desk(deps.newDesk);
      const greeting = await disk.greeting();
      if (!isMine()) return;
      if (greeting === null) return become('signed-out');
      account = greeting.account;
      const opened = openConnection(
        {
          ...deps,
          onTrouble,
          sender,
          heardNow,
          onLive: () => isMine() && nowLive(),
          onAgent: showing,
          onEnd: (ending) => isMine() && ended(ending),
        },
        greeting,
        { token: answer.token, desk },
      );
      if (isMine()) connection = opened;
      else opened.close();
    } catch (error) {
      onTrouble('an attempt to connect failed', error);
      if (isMine()) failed();
    }
  }

  function nowLive(): void {
    isFresh = false;
    unreadable = 0;
    liveAt = clock.now();
    become('live');
  }

  /** Whoever comes next: nothing of the one before is sent. */
  function forget(): void {
    drop();
    account = null;
    failures = 0;
    wantsFresh = false;
    sender = createSender(disk, clock);
    showing = createShowing(disk, deps.show, sender, onTrouble);
  }

  function failed(meaning: ReturnType<typeof afterClose> = 'resume'): void {
    waitFor(delayMs(failures++, meaning, random));
  }

  function ended(ending: Ending): void {
    if (liveAt !== null && clock.now() - liveAt >= STEADY_MS) failures = 0;
    drop();
    const meaning = meaningOf(ending);
    if (meaning === 'open-elsewhere') become('open-elsewhere');
    else if (meaning === 'signed-out' || (meaning === 'fresh-token' && isFresh)) void over();
    else if (meaning === 'fresh-token') {
      wantsFresh = true;
      void attempt();
    } else {
      if (meaning === 'update-needed') become('update-needed');
      else if (state !== 'update-needed') become('connecting');
      failed(meaning);
    }
  }

  function meaningOf(ending: Ending): ReturnType<typeof afterClose> {
    if (typeof ending === 'number') return afterClose(ending);
    if (ending !== 'unreadable') return ending === 'disk' ? 'resume-slowly' : 'resume';
    return ++unreadable >= UNREADABLE_MAX ? 'update-needed' : 'resume-slowly';
  }

  /** The server has ended the session: everything stays on the disk until somebody signs in. */
  async function over(): Promise<void> {
    become('signed-out');
    try {
      if (account !== null) await disk.expire(account.refreshToken);
    } catch (error) {
      onTrouble('the end of the session could not be kept', error);
    }
  }

  /** What the disk says now, against what this link does. */
  async function look(): Promise<void> {
    const greeting = await disk.greeting();
    if (stopped) return;
    if (greeting === null || (account !== null && !isSame(account, greeting.account))) forget();
    if (state === null || greeting === null) showing();
    if (greeting === null) return become('signed-out');
    const takesBack = state === 'open-elsewhere' && greeting.account.claim;
    if (state === null || state === 'signed-out' || account === null || takesBack) {
      account = greeting.account;
      return void attempt();
    }
    if (state !== 'live') return;
    await sender.load();
    await connection?.tellReads();
  }

  async function keepLooking(): Promise<void> {
    while (lookAgain) {
      lookAgain = false;
      await look().catch((error: unknown) => onTrouble('the disk could not be read', error));
    }
    looking = false;
  }

  return {
    wake() {
      lookAgain = true;
      if (looking || stopped) return;
      looking = true;
      void keepLooking();
    },
    hurry() {
      if (waiting !== null && !stopped) void attempt();
    },
    typing: (interaction) => connection?.typing(interaction),
    stop() {
      drop();
      stopped = true;
    },
    state: () => state ?? 'signed-out',
  };
}

const isSame = (one: Account, other: Account): boolean =>
  one.agent === other.agent && one.server === other.server;
