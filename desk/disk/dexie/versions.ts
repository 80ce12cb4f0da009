import type { Dexie } from 'dexie';

/**
 * How the desk's database came to be: append only. A browser may come from any of these, so a
 * step is never changed once it was released; `test/desk/fixtures/` keeps each old shape.
 */
export const versions: readonly ((database: Dexie) => void)[] = [
  function first(database) {
    database.version(1).stores({
      facts: 'name',
      // Opening the panel reads the open ones and the newest 20 done ones, whatever else is stored.
      interactions: 'interaction, [state+doneAt]',
      // `shown` is absent from events that no transcript shows: a window reads shown ones only.
      events: '[interaction+seq], [interaction+shown]',
      offers: 'offer',
      outbox: '++order, &id, state, lane',
      drafts: 'interaction',
    });
  },
];
