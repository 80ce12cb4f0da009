import type { CustomerFrameUp } from '../../protocol/frames.ts';
import type { CommandId, InteractionId } from '../../protocol/ids.ts';
import type { Clock } from './connection.ts';
import type { OutboxCommand, OutboxRow, WidgetDisk } from './disk.ts';
import type { FrameDown } from './frames-down.ts';
import { interactionOf } from './wire.ts';

export type OutboxDeps = {
  readonly disk: WidgetDisk;
  readonly clock: Clock;
  readonly ids: () => CommandId;
  readonly send: (frame: CustomerFrameUp) => void;
  /** The open interaction, for rows that waited for one. */
  readonly open: () => InteractionId | null;
  /** A start has had its effect: this is its interaction. */
  readonly started: (interaction: InteractionId) => void;
  /** One has had it in another tab. */
  readonly startedElsewhere: () => void;
  readonly changed: () => void;
};

export type Pending = OutboxRow & { readonly acknowledged: boolean };

/**
 * The customer's commands on their way: on disk first, then sent one after the other (the next
 * when the last is answered, so that no refusal can reorder them) by the one tab whose turn it is.
 * Sent again with the same id after every cut; gone when acknowledged or when the event came.
 */
export function createOutbox(deps: OutboxDeps) {
  const { disk, clock } = deps;
  let rows: readonly OutboxRow[] = [];
  /** Shown already, on their way to the disk; with a failure: the disk would not take them. */
  let writing: readonly OutboxRow[] = [];
  /** Off the disk, their events still to come: shown as sent. */
  let settling: readonly OutboxRow[] = [];
  let live = false;
  let turn = false;
  let underWay: CommandId | null = null;
  let pausedUntil = 0;
  let cancelWait = () => {};
  let reading = Promise.resolve();

  /** Reads the disk, after all readings asked for before. */
  const reread = () => {
    reading = reading.then(async () => {
      const before = rows;
      rows = await disk.rows().catch(() => rows);
      const kept = new Set(rows.map((row) => row.id));
      writing = writing.filter((row) => row.failed !== null || !kept.has(row.id));
      for (const row of before) if (!kept.has(row.id)) settle(row);
      if (rows.find((row) => row.id === underWay)?.failed !== null) underWay = null;
      pump();
      deps.changed();
    });
    return reading;
  };

  function settle(row: OutboxRow) {
    if (row.failed !== null) return;
    if (row.command.type === 'start') deps.startedElsewhere();
    if (row.command.type !== 'post') return;
    settling = [...settling, row];
    clock.at(clock.now() + SETTLE_MS, () => {
      settling = settling.filter((one) => one !== row);
      deps.changed();
    });
  }

  /** Sends the oldest row that may go, or waits for what hinders it. Without an open interaction only a start may. */
  function pump() {
    const open = deps.open();
    const row = rows.find((one) => one.failed === null && (open ?? placed(one.command)) !== null);
    if (!live || underWay !== null || row === undefined) return;
    const pause = pausedUntil - clock.now();
    if (pause > 0) return waitFor(pause, pump);
    const command = placed(row.command);
    if (command === null) {
      if (open !== null) write(disk.place(open, null));
      return;
    }
    if (!turn) return waitFor(TURN_MS, () => disk.takeTurn(setTurn, true));
    underWay = row.id;
    waitFor(ANSWER_MS, () => {
      underWay = null;
      pump();
    });
    deps.send({ type: 'command', id: row.id, command });
  }

  function waitFor(ms: number, what: () => void) {
    cancelWait();
    cancelWait = clock.at(clock.now() + ms, what);
  }

  function setTurn(held: boolean) {
    turn = held;
    pump();
  }

  /** What could not be written follows again from the row that is still there, after a while. */
  const write = (written: Promise<void>) => {
    const failed = () => {
      pausedUntil = clock.now() + DISK_MS;
      return reread();
    };
    void written.then(reread, failed);
  };

  /** The command has had its effect: its acknowledgement or its event is here. */
  function settled(id: CommandId, interaction: InteractionId | null) {
    const row = rows.find((one) => one.id === id);
    if (row === undefined) return;
    if (row.command.type !== 'start') write(disk.remove(id));
    else if (interaction !== null) {
      deps.started(interaction);
      write(disk.place(interaction, id));
    }
  }

  disk.takeTurn(setTurn, false);
  const endWatch = disk.onChange(() => void reread());

  return {
    /** Resolves when the disk was read for the first time. */
    ready: reread(),
    /** What the transcript may not show yet, oldest first. */
    pending: (): readonly Pending[] => [
      ...settling.map((row) => ({ ...row, acknowledged: true })),
      ...[...rows, ...writing].map((row) => ({ ...row, acknowledged: false })),
    ],
    holdsTurn: (): boolean => turn,
    settled,

    /** Shown at once; sent when it is on disk. `instead`: the failed row that this one replaces. */
    add(command: OutboxCommand, instead?: CommandId): void {
      const row: OutboxRow = { id: deps.ids(), command, at: clock.now(), failed: null };
      writing = [...writing.filter((one) => one.id !== instead), row];
      rows = rows.filter((one) => one.id !== instead);
      deps.changed();
      const notKept = () => {
        writing = writing.map((one) => (one === row ? { ...row, failed: 'not-kept' } : one));
        deps.changed();
      };
      void disk.add(row, instead).then(reread, notKept);
    },

    discard(id: CommandId): void {
      writing = writing.filter((row) => row.id !== id);
      rows = rows.filter((row) => row.id !== id);
      deps.changed();
      write(disk.remove(id));
    },

    /** The connection is live, or it isn't any more: then what was under way goes again later. */
    setLive(next: boolean): void {
      live = next;
      underWay = null;
      cancelWait();
      pump();
    },

    acknowledged: (ack: Extract<FrameDown, { type: 'ack' }>): void =>
      settled(ack.id, interactionOf(ack.stream)),

    refused({ id, refusal, retryMs }: Extract<FrameDown, { type: 'refused' }>): void {
      const row = rows.find((one) => one.id === id);
      if (row === undefined) return;
      if (retryMs !== null) {
        pausedUntil = clock.now() + retryMs;
        underWay = null;
        pump();
      } else if (row.command.type === 'leave') {
        // Leaving what is over already needs neither a second try nor an excuse.
        write(disk.remove(row.id));
      } else write(disk.fail(row.id, refusal));
    },

    close(): void {
      live = false;
      cancelWait();
      endWatch();
    },
  };
}

/** The command as the wire takes it, or null while it has no interaction. */
function placed(command: OutboxCommand) {
  if (command.type === 'start') return command;
  const { interaction } = command;
  return interaction === null ? null : { ...command, interaction };
}

/** An event follows its acknowledgement at once; after this the row isn't shown without it. */
const SETTLE_MS = 15_000;
/** No answer on a living connection: something was lost, the same id may go again. */
const ANSWER_MS = 10_000;
/** Another tab has the turn and the row still lies there: that tab is asleep. */
const TURN_MS = 4_000;
/** A disk that refused is left alone for a while. */
const DISK_MS = 5_000;
