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
  function aStatusPerChannel(database) {
    database.version(2).upgrade(async (transaction) => {
      const facts = transaction.table('facts');
      const agent = await facts.get('agent');
      if (agent !== undefined) await facts.put({ ...agent, value: withChannels(agent.value) });
      await transaction
        .table('outbox')
        .filter(({ command }) => command.type === 'set-status')
        .modify((row) => {
          row.command = { ...row.command, durationMs: null, next: 'stay' };
        });
    });
  },
];

/** The agent's copy as version 1 of the protocol knew it; the server's snapshot says the rest. */
function withChannels({ chat, pending, chatLimit, ...rest }: Record<string, unknown>) {
  const loggedOff = {
    status: 'logged-off',
    reason: null,
    since: 0,
    until: null,
    next: 'stay',
    pending: null,
  };
  const set = pending as { readonly reason: string | null } | null;
  const pendingNow = set && {
    to: 'not-ready',
    reason: set.reason,
    durationMs: null,
    next: 'stay',
    by: { kind: 'agent' },
  };
  return {
    ...rest,
    channels: {
      chat: { ...loggedOff, ...(chat as object), pending: pendingNow },
      voice: loggedOff,
      email: loggedOff,
      messaging: loggedOff,
      'work-item': loggedOff,
    },
    doNotDisturb: false,
    idle: false,
    limits: { chat: chatLimit, voice: 0, email: 0, messaging: 0, 'work-item': 0 },
    abilities: [],
  };
}
