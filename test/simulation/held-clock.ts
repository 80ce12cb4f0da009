import type { Clock } from '../../server/clock.ts';

/** A clock that stands still until it is advanced, and never goes back. Timers run in their order, each at its own time. */
export type HeldClock = Clock & {
  /** Runs what is due within the next `ms`, letting everything settle after each. */
  readonly advance: (ms: number) => Promise<void>;
  /** Lets promises and `soon` run until nothing is left to do at this time. */
  readonly settle: () => Promise<void>;
  /** A clock over the same time whose timers and turns die with it (a process, a browser). */
  readonly process: () => Process;
  readonly timers: () => number;
};

export type Process = Clock & {
  /** Something comes from outside: at once, or once it runs again, or never. */
  readonly run: (what: () => void) => void;
  /** It stands still (a stopped process, a machine asleep): what is due waits until it runs again. */
  readonly freeze: () => void;
  readonly thaw: () => Promise<void>;
  readonly kill: () => void;
};

type Timer = { readonly at: number; readonly n: number; readonly what: () => void; dead: boolean };

/** More turns than this at one time: something wakes itself up for ever. */
const TURNS_MAX = 20_000;

export function holdClock(start: number): HeldClock {
  let time = start;
  let n = 0;
  const timers: Timer[] = [];
  let turns: (() => void)[] = [];

  const now = () => time;
  const at: Clock['at'] = (when, what) => {
    const timer: Timer = { at: Math.max(Math.ceil(when), time), n: ++n, what, dead: false };
    insert(timers, timer);
    return () => {
      timer.dead = true;
    };
  };
  const soon: Clock['soon'] = (what) => void turns.push(what);

  async function settle(): Promise<void> {
    await promisesAreSettled();
    for (let count = 0; turns.length > 0; count++) {
      if (count > TURNS_MAX) throw new Error('the world does not come to rest');
      const due = turns;
      turns = [];
      for (const turn of due) turn();
      await promisesAreSettled();
    }
  }

  async function advance(ms: number): Promise<void> {
    const until = time + ms;
    await settle();
    for (;;) {
      while (timers[0]?.dead) timers.shift();
      const next = timers[0];
      if (next === undefined || next.at > until) break;
      timers.shift();
      time = Math.max(time, next.at);
      next.what();
      /** Others of the same moment run before promises settle, as they would in one turn of a loop. */
      while (timers[0] !== undefined && timers[0].at <= time) {
        const other = timers.shift() as Timer;
        if (!other.dead) other.what();
      }
      await settle();
    }
    time = Math.max(time, until);
  }

  function process(): Process {
    let alive = true;
    /** What happens while the process stands still, in order; null: it runs. */
    let held: (() => void)[] | null = null;
    const run = (what: () => void) => {
      if (held !== null) held.push(what);
      else if (alive) what();
    };
    return {
      now,
      at: (when, what) => {
        let cancelled = false;
        const cancel = at(when, () => run(() => cancelled || what()));
        return () => {
          cancelled = true;
          cancel();
        };
      },
      soon: (what) => soon(() => run(what)),
      run,
      freeze: () => {
        held ??= [];
      },
      thaw: async () => {
        const due = held ?? [];
        held = null;
        for (const what of due) {
          run(what);
          await promisesAreSettled();
        }
      },
      kill: () => {
        alive = false;
      },
    };
  }
  return {
    now,
    at,
    soon,
    settle,
    advance,
    process,
    timers: () => timers.filter((one) => !one.dead).length,
  };
}

/** Set in one go: a seed settles 20,000 times, and a turn of the event loop for each took a tenth of its time. */
const IMMEDIATES = 250;
let immediates = 0;
let waiting: (() => void)[] = [];

/**
 * Resolves once no promise has anything left to do: Node empties their queue between two
 * immediates of one turn, too.
 */
function promisesAreSettled(): Promise<void> {
  if (immediates === 0) for (; immediates < IMMEDIATES; immediates++) setImmediate(resolveWaiting);
  return new Promise((resolve) => {
    waiting.push(resolve);
  });
}

function resolveWaiting(): void {
  immediates--;
  if (waiting.length === 0) return;
  const due = waiting;
  waiting = [];
  for (const resolve of due) resolve();
}

/** Keeps the list in order of time, then of making. */
function insert(list: Timer[], timer: Timer): void {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = list[middle] as Timer;
    if (other.at < timer.at || (other.at === timer.at && other.n < timer.n)) low = middle + 1;
    else high = middle;
  }
  list.splice(low, 0, timer);
}
