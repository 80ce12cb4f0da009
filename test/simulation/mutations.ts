import { mutationsOfWork } from './mutations-of-work.ts';

/** A fault put into a copy of the shipped source while it is loaded; the simulation must catch it. */
export type Mutation = {
  readonly name: string;
  /** Each `find` stands exactly once in its file, else the mutation is out of date and fails. */
  readonly changes: readonly {
    readonly file: string;
    readonly find: string;
    readonly put: string;
  }[];
};

const handle = 'server/handle.ts';

export const mutations: readonly Mutation[] = [
  {
    name: 'acknowledge before append',
    changes: [
      {
        file: handle,
        find: 'const { store, clock, policies, committed } = deps;',
        put: `const { clock, policies, committed } = deps;
          const store = { ...deps.store, append: async (append) => {
            void deps.store.append(append).catch(() => {});
            return { type: 'appended', position: 0 };
          } };`,
      },
    ],
  },
  {
    name: 'deliver before commit',
    changes: [
      {
        file: handle,
        find: 'const result = await store.append({',
        put: `committed(storedEvents(job, at, (await store.newest()).position + after.reduce((sum, one) => sum + one.append.events.length, 0), after));
          const result = await store.append({`,
      },
    ],
  },
  {
    name: 'forget the command id',
    changes: [
      {
        file: handle,
        find: '      commandId: job.id,\n',
        put: '      commandId: (job.id + clock.now() + Math.random()).slice(0, 60),\n',
      },
    ],
  },
  {
    name: 'decide before dedupe',
    changes: [
      {
        file: handle,
        find: 'return answerStored(job, refusal, left, folded, at, audited);',
        put: 'if (refusal !== null) return refusal;\n    return answerStored(job, refusal, left, folded, at, audited);',
      },
    ],
  },
  {
    name: 'do-not-disturb is not kept on the desk',
    changes: [
      {
        file: 'desk/inbound/agent-part.ts',
        find: 'work.agent = { ...agent, doNotDisturb: event.on };',
        put: '',
      },
    ],
  },
  {
    name: 'what was pending never comes',
    changes: [
      {
        file: 'server/agents/after-work.ts',
        find: 'if (due.length > 0) return due;',
        put: 'if (due.length > 0) return [];',
      },
    ],
  },
  {
    name: 'skip the capacity check',
    changes: [
      {
        file: 'server/agents/offers.ts',
        find: 'if (loadOf(state, channel) >= limits[channel] || ringing(state).length >= ringsAtOnce)',
        put: 'if (false)',
      },
      {
        file: 'server/routing/candidate.ts',
        find: "if (agent.load >= agent.limit) return 'no-room';",
        put: '',
      },
    ],
  },
  {
    name: 'accept without comparing the offer',
    changes: [
      {
        file: 'server/interactions/offers.ts',
        find: "if (status.name === 'offered' && status.offer === id && status.agent === agent) {\n    const epoch",
        put: "if (status.name === 'offered' || status.name === 'queued') {\n    const epoch",
      },
    ],
  },
  {
    name: 'offers that ring through a restart expire',
    changes: [
      {
        file: 'server/router/router.ts',
        find: "if (agentOf(stream) === null && status.name === 'offered' &&",
        put: 'if (false &&',
      },
    ],
  },
  {
    name: 'only the pulse notices that the server stood still',
    changes: [
      {
        file: 'server/router/deadlines.ts',
        find: '    timer = null;\n    look();',
        put: '    timer = null;',
      },
    ],
  },
  {
    name: 'a requeue loses its age',
    changes: [
      {
        file: 'server/interactions/offers.ts',
        find: 'enqueuedAt: state.enqueuedAt,',
        put: 'enqueuedAt: state.enqueuedAt + 1,',
      },
    ],
  },
  {
    name: 'two starts make two interactions',
    changes: [
      {
        file: 'server/append.ts',
        find: 'key: isTalking(interaction) ? `${kind}:${interaction.customer}` : null',
        put: 'key: null',
      },
    ],
  },
  {
    name: 'a lost interaction stays on the desk',
    changes: [{ file: 'desk/inbound/agent-part.ts', find: 'revoke(work, event, at);', put: '' }],
  },
  {
    name: 'the outbox forgets what a cut left on the way',
    changes: [
      {
        file: 'desk/outbox/sender.ts',
        find: 'send = null;\n      onTheWay.clear();',
        put: 'send = null;',
      },
    ],
  },
  {
    name: 'liveness does not start anew after a restart',
    changes: [
      {
        file: 'server/sockets/sessions.ts',
        find: 'desks.expect(agents);',
        put: '',
      },
    ],
  },
  {
    name: 'a step widens before its time',
    changes: [
      {
        file: 'server/routing/steps.ts',
        find: '(steps[step + 1]?.afterMs ?? 0) <= ageMs',
        put: '(steps[step + 1]?.afterMs ?? 0) / 4 <= ageMs',
      },
    ],
  },
  {
    name: 'an offer is picked from under its agent',
    changes: [
      {
        file: 'server/interactions/pick.ts',
        find: "if (status.name === 'queued')",
        put: "if (status.name === 'queued' || status.name === 'offered')",
      },
    ],
  },
  {
    name: 'somebody overflows before their time',
    changes: [
      {
        file: 'server/router/due.ts',
        find: 'const due = Math.max(entered.at + overflow.afterMs, now);',
        put: 'const due = Math.max(entered.at + overflow.afterMs / 2, now);',
      },
    ],
  },
  {
    name: 'the router goes on with the set-up that was',
    changes: [{ file: 'server/router/router.ts', find: 'agents.reload();', put: '' }],
  },
  {
    name: 'desks hear nothing of a new set-up',
    changes: [
      {
        file: 'server/sockets/set-up-news.ts',
        find: 'if (idle && left.length > 0) clock.soon(some);',
        put: '',
      },
    ],
  },
  {
    name: 'guests stay in what has ended',
    changes: [
      {
        file: 'server/decide-interaction.ts',
        find: "if (decision.type === 'refused' || state.status.name !== 'active') return decision;",
        put: 'return decision;',
      },
    ],
  },
  {
    name: 'whoever joins sees what the owner sees',
    changes: [
      {
        file: 'server/feed/fill-batch.ts',
        find: 'streams.follow(reading, interactionStream(interaction), epoch, 0, role);',
        put: "streams.follow(reading, interactionStream(interaction), epoch, 0, 'owner');",
      },
    ],
  },
  {
    name: 'what is said aside is heard by whoever is in it',
    changes: [
      {
        file: 'server/feed/audience.ts',
        find: 'return reader === body.owner || reader === body.with;',
        put: 'return true;',
      },
    ],
  },
  {
    name: 'the owner keeps what was transferred',
    changes: [
      {
        file: 'server/ownership.ts',
        find: '? departed(before, state.id, revokedReason[reason], until)',
        put: '? { facts: [], blank: [] }',
      },
    ],
  },
  ...mutationsOfWork,
];
