import type { Mutation } from './mutations.ts';

/** Faults in what comes after a talk, beside it and before it, and in the server's time. */
export const mutationsOfWork: readonly Mutation[] = [
  {
    name: 'a reply leaves what is parked where it is',
    changes: [
      {
        file: 'server/interactions/talk.ts',
        find: "return status.name === 'parked' ? replied(state, status.owner, posted, policy, now) : [posted];",
        put: 'return [posted];',
      },
    ],
  },
  {
    name: 'what is parked stays parked for ever',
    changes: [
      {
        file: 'server/router/due.ts',
        find: "if (status.name === 'parked')\n    deadlines.push",
        put: 'if (false)\n    deadlines.push',
      },
    ],
  },
  {
    name: 'the customer reads on in what was placed',
    changes: [
      {
        file: 'server/feed/fill-batch.ts',
        find: "if (one.sight === 'customer' && line.event.body.type === 'placed') {",
        put: 'if (false) {',
      },
    ],
  },
  {
    name: 'a late wrap-up amends what an agent has closed',
    changes: [
      {
        file: 'server/interactions/wrap-up.ts',
        find: "    status.by === 'system' &&\n",
        put: '',
      },
      {
        file: 'server/interactions/wrap-up.ts',
        find: 'if (isAlready(state, author)) return [];',
        put: '',
      },
    ],
  },
  {
    name: 'a bot answers again what it has answered',
    changes: [
      {
        file: 'server/interactions/bot.ts',
        find: "if (state.status.name !== 'with-bot' || answer.answers <= state.status.answered) return [];",
        put: "if (state.status.name !== 'with-bot') return [];",
      },
      {
        file: 'server/bot/conversation.ts',
        find: 'waiting: state.waiting.filter((one) => one.seq > seq),',
        put: 'waiting: state.waiting.filter((one) => one.seq > seq || one.seq % 7 === 0),',
      },
    ],
  },
  {
    name: 'a closed queue takes conversations',
    changes: [
      {
        file: 'server/decide.ts',
        find: "if (!context.isOpen(command.queue, now)) return refused('queue-closed');",
        put: '',
      },
    ],
  },
  {
    name: 'a message that is left hides the conversation of its customer',
    changes: [
      {
        file: 'server/sockets/sessions.ts',
        find: "body.type === 'started' && body.channel !== 'email' &&",
        put: "body.type === 'started' &&",
      },
    ],
  },
  {
    name: 'server time follows the clock on the wall',
    changes: [
      {
        file: 'server/clock.ts',
        find: 'const now = () => start + Math.floor(machine.passed() - zero);',
        put: 'const now = () => machine.wall();',
      },
    ],
  },
  {
    name: 'server time begins before what is stored',
    changes: [
      {
        file: 'server/clock.ts',
        find: 'const start = Math.max(machine.wall(), newestStoredAt);',
        put: 'const start = machine.wall();',
      },
    ],
  },
  {
    name: 'customers are gone after a long outage of ours',
    changes: [
      {
        file: 'server/router/due.ts',
        find: 'at: Math.max(presence.leftAt, awake + policy.customerLeftMs),',
        put: 'at: presence.leftAt,',
      },
    ],
  },
];
