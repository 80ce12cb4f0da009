import type { OutboxRow, ReadUpTo, WidgetDisk } from './disk.ts';

/**
 * A disk that forgets with its page, for browsers that keep nothing for us: the chat works, and a
 * reload begins anew. `open` gives each tab its own handle on the same rows, as IndexedDB does.
 */
export function createMemoryDrive(before: () => Promise<void> = () => Promise.resolve()) {
  let secret: string | null = null;
  let rows: readonly OutboxRow[] = [];
  let read: ReadUpTo | null = null;
  const listeners = new Set<() => void>();
  /** Whoever stands first has the turn. */
  let turns: readonly ((held: boolean) => void)[] = [];

  const write = async (change: () => void) => {
    await before();
    change();
    for (const hear of [...listeners]) hear();
  };

  const open = (): WidgetDisk => {
    let mine: (held: boolean) => void = () => {};
    const own = new Set<() => void>();
    return {
      async secret(fresh) {
        await before();
        secret ??= fresh;
        return secret;
      },
      rows: async () => rows,
      add: (row, instead) =>
        write(() => {
          rows = [...rows.filter((one) => one.id !== instead), row];
        }),
      remove: (id) =>
        write(() => {
          rows = rows.filter((row) => row.id !== id);
        }),
      fail: (id, failed) =>
        write(() => {
          rows = rows.map((row) => (row.id === id ? { ...row, failed } : row));
        }),
      place: (interaction, start) =>
        write(() => {
          rows = rows
            .filter((row) => row.id !== start)
            .map(({ command, ...row }) =>
              command.type === 'start' || command.interaction !== null
                ? { ...row, command }
                : { ...row, command: { ...command, interaction } },
            );
        }),
      readUpTo: async () => read,
      setReadUpTo: (next) =>
        write(() => {
          read = next;
        }),
      onChange(hear) {
        listeners.add(hear);
        own.add(hear);
        return () => listeners.delete(hear);
      },
      takeTurn(take, now) {
        const first = turns[0];
        mine = take;
        const others = turns.filter((one) => one !== take);
        turns = now ? [take, ...others] : [...others, take];
        if (turns[0] === first) return;
        first?.(false);
        take(true);
      },
      close() {
        const first = turns[0];
        turns = turns.filter((one) => one !== mine);
        for (const hear of own) listeners.delete(hear);
        if (first === mine) turns[0]?.(true);
      },
    };
  };
  return { open };
}
