import type { InteractionId } from '../../protocol/ids.ts';
import type { DeskDisk } from './contract.ts';
import { createDisk } from './create-disk.ts';
import type { Engine, Read, TableName, Write } from './engine.ts';
import type { DraftRow, EventRow, FactName, InteractionRow, OfferRow, OutboxRow } from './rows.ts';

/** A disk that is lost with the process: for simulations and quick tests. */
export type MemoryDisk = {
  /** A process starts and opens the disk; several may have it open at once. */
  readonly open: () => DeskDisk;
  /**
   * Every process that has it open dies in this instant: what wasn't committed is undone, and
   * calls that haven't answered never will.
   */
  readonly crash: () => void;
  /** What is on it; for checks. */
  readonly tables: MemoryTables;
};

export type MemoryTables = {
  readonly facts: ReadonlyMap<FactName, unknown>;
  readonly interactions: ReadonlyMap<string, InteractionRow>;
  /** By interaction, ascending by seq. */
  readonly events: ReadonlyMap<string, readonly EventRow[]>;
  readonly offers: ReadonlyMap<string, OfferRow>;
  readonly outbox: ReadonlyMap<string, OutboxRow>;
  readonly drafts: ReadonlyMap<string, DraftRow>;
};

/** `commits` is called before each commit; the commit happens when (and only if) `commit` is called. */
export type Commits = (commit: () => void) => void;

export function memoryDisk(commits: Commits = (commit) => commit()): MemoryDisk {
  const tables = {
    facts: new Map<FactName, unknown>(),
    interactions: new Map<string, InteractionRow>(),
    events: new Map<string, EventRow[]>(),
    offers: new Map<string, OfferRow>(),
    outbox: new Map<string, OutboxRow>(),
    drafts: new Map<string, DraftRow>(),
  };
  let order = 0;
  let life = 0;
  let turn: Promise<unknown> = Promise.resolve();
  let undo: (() => void)[] = [];

  const never = <T>() => new Promise<T>(() => {});
  const rollBack = () => {
    for (const step of undo.reverse()) step();
    undo = [];
  };

  function engine(): Engine {
    const mine = life;
    /** One transaction at a time, in the order of the calls. */
    const inTurn = <T>(body: () => Promise<T>): Promise<T> => {
      if (mine !== life) return never();
      const result = turn.then(() => (mine === life ? body() : never<T>()));
      turn = result.catch(() => undefined);
      return result;
    };
    const reader = read(tables);
    const writer = write(tables, {
      alive: () => mine === life,
      undo: (step) => undo.push(step),
      nextOrder: () => ++order,
    });
    return {
      read: (_tables, body) => inTurn(() => body(reader)),
      write: (_durability, _tables, body) =>
        inTurn(async () => {
          try {
            const result = await body(writer);
            await new Promise<void>((resolve) => commits(() => mine === life && resolve()));
            undo = [];
            return result;
          } catch (error) {
            if (mine !== life) return never();
            rollBack();
            throw error;
          }
        }),
      close: () => {},
    };
  }

  return {
    open: () => createDisk(engine()),
    crash: () => {
      life++;
      rollBack();
      turn = Promise.resolve();
    },
    tables,
  };
}

type Tables = {
  readonly facts: Map<FactName, unknown>;
  readonly interactions: Map<string, InteractionRow>;
  readonly events: Map<string, EventRow[]>;
  readonly offers: Map<string, OfferRow>;
  readonly outbox: Map<string, OutboxRow>;
  readonly drafts: Map<string, DraftRow>;
};

const read = (t: Tables): Read => ({
  fact: async (name) => (t.facts.get(name) ?? null) as never,
  interaction: async (id) => t.interactions.get(id) ?? null,
  openInteractions: async () => [...t.interactions.values()].filter((row) => row.state === 'open'),
  doneInteractions: async (skip, most) =>
    [...t.interactions.values()]
      .filter((row) => row.state === 'done')
      .sort((a, b) => b.doneAt - a.doneAt)
      .slice(skip, skip + most),
  shownEvents: async (id, after, upTo) =>
    (t.events.get(id) ?? []).filter(
      ({ shown }) => shown !== undefined && shown > after && shown <= upTo,
    ),
  event: async (id, seq) => t.events.get(id)?.find((row) => row.seq === seq) ?? null,
  offers: async () => [...t.offers.values()],
  outboxRow: async (id) => t.outbox.get(id) ?? null,
  outboxIn: async (state) => inOrder(t).filter((row) => row.state === state),
  outboxOf: async (lane) => inOrder(t).filter((row) => row.lane === lane),
  outboxAfter: async (order) => inOrder(t).filter((row) => row.order > order),
  outboxSize: async () => t.outbox.size,
  draft: async (id) => t.drafts.get(id) ?? null,
  drafts: async () => [...t.drafts.values()],
});

const inOrder = (t: Tables) => [...t.outbox.values()].sort((a, b) => a.order - b.order);

type Log = {
  readonly alive: () => boolean;
  readonly undo: (step: () => void) => void;
  readonly nextOrder: () => number;
};

function write(t: Tables, log: Log): Write {
  /** Null deletes. */
  function set<K, V>(table: Map<K, V>, key: K, value: V | null): void {
    if (!log.alive()) throw new Error('this process is dead');
    const before = table.get(key);
    log.undo(() => (before === undefined ? table.delete(key) : table.set(key, before)));
    if (value === null) table.delete(key);
    else table.set(key, value);
  }
  function setEvents(id: InteractionId, rows: readonly EventRow[]): void {
    const known = t.events.get(id) ?? [];
    const merged = new Map(known.map((row) => [row.seq, row]));
    for (const row of rows) merged.set(row.seq, row);
    const all = [...merged.values()];
    const inOrder = (known.at(-1)?.seq ?? 0) < (rows[0]?.seq ?? 0);
    set(t.events, id, inOrder ? all : all.sort((a, b) => a.seq - b.seq));
  }
  return {
    ...read(t),
    setFact: async (name, value) => set(t.facts, name, value),
    putInteraction: async (row) => set(t.interactions, row.interaction, row),
    dropInteraction: async (id) => {
      set(t.interactions, id as string, null);
      set(t.events, id as string, null);
    },
    putEvents: async (rows) => {
      for (const id of new Set(rows.map((row) => row.interaction)))
        setEvents(
          id,
          rows.filter((row) => row.interaction === id),
        );
    },
    putOffer: async (row) => set(t.offers, row.offer, row),
    dropOffer: async (id) => set(t.offers, id as string, null),
    addOutboxRow: async (row) =>
      set(t.outbox, row.id as string, { ...row, order: log.nextOrder() }),
    putOutboxRow: async (row) => set(t.outbox, row.id, row),
    dropOutboxRows: async (ids) => {
      for (const id of ids) set(t.outbox, id as string, null);
    },
    putDraft: async (row) => set(t.drafts, row.interaction, row),
    dropDraft: async (id) => set(t.drafts, id as string, null),
    clear: async (names: readonly TableName[]) => {
      for (const name of names)
        for (const key of [...t[name].keys()]) set(t[name] as Map<unknown, unknown>, key, null);
    },
  };
}
