/** One room of the house: a folder or a file, and whom it may know. */
export type Room = {
  readonly path: string;
  /** Rooms it may import; a room includes the rooms inside it. Its own files always may. */
  readonly knows: readonly string[];
  /** Rooms it may know by their types alone. */
  readonly knowsTypesOf?: readonly string[];
  /** npm packages it may import; left out: any. */
  readonly packages?: readonly string[];
  /** npm packages it may not import. */
  readonly noPackages?: readonly string[];
  /** May it import `node:*`? */
  readonly node?: true;
  /** Time, ids and chance come in as data: no clock, no randomness, no timers. */
  readonly pure?: true;
};

const deciders = ['server/interactions', 'server/agents', 'server/routing'];
const pureServer = [...deciders, 'server/feed/audience.ts', 'server/feed/sightings.ts'];
/** What keeps, finds and sends things: readers of the log and keepers of their own tables. */
const nouns = [
  'router',
  'feed',
  'directory',
  'people',
  'search',
  'files',
  'mail',
  'bot',
  'audit',
  'metrics',
  'transcript',
  'export',
].map((noun) => `server/${noun}`);
const readsTheLog = ['protocol', 'server/store', 'server/bus', 'server/states.ts', ...pureServer];
const injected = ['server/clock.ts', 'server/centre', 'server/handle.ts'];
const door = {
  knows: ['protocol', 'server/handle.ts', 'server/access.ts', 'server/centre', ...nouns],
  knowsTypesOf: ['server/store', 'server/bus', 'server/clock.ts', ...pureServer],
  node: true,
} as const;

/** Pure as well: they join what happens to interactions and to agents (decision 2). */
const joining = [
  'decide.ts',
  'decide-interaction.ts',
  'decide-members.ts',
  'decide-post.ts',
  'decide-supervisor.ts',
  'coming.ts',
  'decide-status.ts',
  'decide-transfer.ts',
  'decide-work.ts',
  'decision.ts',
  'change.ts',
  'outside-team.ts',
  'ownership.ts',
  'parting.ts',
  'with-after-work.ts',
  'without-requests.ts',
  'without-rings.ts',
];

/** The import map of docs/architecture.md, one row per room. */
export const rooms: readonly Room[] = [
  { path: 'protocol', knows: [], packages: ['valibot'], pure: true },
  {
    path: 'guard',
    knows: [],
    packages: ['card-validator', 'ibantools', 'cpf-cnpj-validator'],
    pure: true,
  },
  // The one file that may bring the engine: nobody loads it who has no patterns.
  { path: 'guard/patterns.ts', knows: ['guard'], packages: ['re2js'], pure: true },
  { path: 'locales', knows: [], node: true },

  { path: 'server/interactions', knows: ['protocol'], packages: [], pure: true },
  { path: 'server/agents', knows: ['protocol'], packages: [], pure: true },
  { path: 'server/routing', knows: ['protocol'], packages: [], pure: true },
  {
    path: 'server/feed/audience.ts',
    knows: ['protocol', 'server/feed/sightings.ts'],
    packages: [],
    pure: true,
  },
  { path: 'server/feed/sightings.ts', knows: ['protocol'], packages: [], pure: true },
  ...joining.map(joinsDeciders),
  {
    path: 'server/access.ts',
    knows: ['protocol', 'server/decide.ts', 'server/decision.ts', ...deciders],
    packages: [],
    pure: true,
  },

  { path: 'server/clock.ts', knows: [], packages: [], node: true },
  { path: 'server/log.ts', knows: [], node: true },
  {
    path: 'server/settings.ts',
    knows: ['protocol', 'server/log.ts', 'server/people', 'server/mail/smtp-url.ts'],
    node: true,
  },

  { path: 'server/store', knows: ['protocol'], knowsTypesOf: deciders, node: true },
  { path: 'server/bus', knows: ['protocol'], knowsTypesOf: deciders, node: true },

  { path: 'server/router', knows: readsTheLog, knowsTypesOf: injected, node: true },
  { path: 'server/router/sorted.ts', knows: [], packages: ['sorted-btree'] },
  { path: 'server/feed', knows: readsTheLog, knowsTypesOf: injected, node: true },
  {
    path: 'server/directory',
    knows: [...readsTheLog, 'server/router/sorted.ts'],
    knowsTypesOf: injected,
    node: true,
  },
  { path: 'server/people', knows: readsTheLog, knowsTypesOf: injected, node: true },
  { path: 'server/people/contact.ts', knows: [], packages: ['libphonenumber-js'] },
  {
    path: 'server/search',
    knows: [...readsTheLog, 'server/people/contact.ts', 'server/step-back.ts'],
    knowsTypesOf: injected,
    node: true,
  },
  { path: 'server/step-back.ts', knows: [], packages: [], node: true },
  {
    path: 'server/files',
    knows: ['guard', ...readsTheLog, 'server/step-back.ts'],
    knowsTypesOf: injected,
    node: true,
  },
  // What a centre may choose from; its schema names them.
  { path: 'server/files/media-type.ts', knows: [], packages: [], pure: true },
  { path: 'server/export', knows: readsTheLog, packages: ['csv-stringify'], node: true },
  { path: 'server/mail/smtp-url.ts', knows: [], packages: [] },
  {
    path: 'server/mail',
    knows: [...readsTheLog, 'server/transcript'],
    knowsTypesOf: injected,
    node: true,
  },
  { path: 'server/bot', knows: ['guard', ...readsTheLog], knowsTypesOf: injected, node: true },
  {
    path: 'server/metrics',
    knows: readsTheLog,
    knowsTypesOf: injected,
    packages: ['prom-client'],
    node: true,
  },
  {
    path: 'server/transcript',
    knows: [...readsTheLog, 'server/step-back.ts'],
    knowsTypesOf: injected,
    node: true,
  },
  {
    path: 'server/audit/acts.ts',
    knows: ['protocol', ...deciders],
    knowsTypesOf: ['server/store'],
    packages: [],
    pure: true,
  },
  { path: 'server/audit', knows: readsTheLog, knowsTypesOf: injected, node: true },

  {
    path: 'server/centre',
    knows: ['protocol', 'server/store', 'server/people', 'server/files/media-type.ts'],
    knowsTypesOf: ['guard', ...pureServer],
    node: true,
  },
  // The spine, and what it is made of.
  { path: 'server/lanes.ts', knows: [], packages: [], pure: true },
  { path: 'server/identified.ts', knows: ['server/interactions'], packages: [], pure: true },
  // GUARD-2: what handle does to words before it decides.
  {
    path: 'server/guarded.ts',
    knows: ['guard', 'server/interactions'],
    packages: [],
    pure: true,
  },
  {
    path: 'server/job.ts',
    knows: ['protocol', 'server/interactions'],
    packages: [],
    pure: true,
  },
  { path: 'server/recent-words.ts', knows: ['protocol', 'server/store'] },
  {
    path: 'server/guarding.ts',
    knows: [
      'protocol',
      'guard',
      'server/access.ts',
      'server/append.ts',
      'server/decision.ts',
      'server/guarded.ts',
      'server/recent-words.ts',
      'server/store',
      ...deciders,
    ],
  },
  { path: 'server/states.ts', knows: ['protocol', 'server/store', ...deciders] },
  {
    path: 'server/append.ts',
    knows: ['protocol', 'server/decision.ts', 'server/states.ts', 'server/store', ...deciders],
  },
  { path: 'server/words.ts', knows: ['protocol', 'server/store', ...deciders] },
  {
    path: 'server/answers.ts',
    knows: ['protocol', 'server/access.ts', 'server/job.ts'],
    knowsTypesOf: ['server/append.ts', 'server/handle.ts', 'server/states.ts', 'server/store'],
    packages: [],
    pure: true,
  },
  {
    path: 'server/handle.ts',
    knows: [
      'protocol',
      'guard',
      'server/access.ts',
      'server/answers.ts',
      'server/append.ts',
      'server/audit/acts.ts',
      'server/decide.ts',
      'server/decision.ts',
      'server/identified.ts',
      'server/guarding.ts',
      'server/job.ts',
      'server/lanes.ts',
      'server/states.ts',
      'server/store',
      'server/words.ts',
      ...pureServer,
    ],
    knowsTypesOf: ['server/bus', 'server/clock.ts', 'server/centre'],
    node: true,
  },

  { path: 'server/sockets', ...door },
  { path: 'server/routes', ...door },
  {
    path: 'server/app.ts',
    knows: [...door.knows, 'server/log.ts', 'server/sockets', 'server/routes'],
    knowsTypesOf: ['server'],
    node: true,
  },
  { path: 'server/start-spine.ts', knows: ['protocol', 'guard', 'server'], node: true },
  { path: 'server/main.ts', knows: ['protocol', 'guard', 'server'], node: true },
  { path: 'server/commands', knows: ['protocol', 'guard', 'server'], node: true },

  { path: 'desk', knows: ['protocol', 'guard'], noPackages: ['preact', 'lucide-preact', 'wxt'] },
  // The one part of the desk that touches the browser's extension APIs.
  {
    path: 'desk/background',
    knows: ['desk', 'protocol', 'guard'],
    noPackages: ['preact', 'lucide-preact'],
  },
  {
    path: 'components',
    knows: ['desk', 'protocol', 'guard', 'locales'],
    noPackages: ['dexie', 'wxt'],
  },
  { path: 'entrypoints', knows: ['components', 'desk', 'protocol', 'guard', 'locales'] },
  { path: 'widget', knows: ['protocol', 'guard', 'locales'], noPackages: ['dexie', 'wxt'] },

  { path: 'widget/vite.config.ts', knows: ['locales'], node: true },
  { path: 'wxt.config.ts', knows: ['locales'], node: true },
  {
    path: 'test',
    knows: [
      'protocol',
      'guard',
      'locales',
      'server',
      'desk',
      'components',
      'entrypoints',
      'widget',
      'wxt.config.ts',
    ],
    node: true,
  },
];

/** Where the pure rooms meet; as pure as they are. */
function joinsDeciders(file: string, _: number, files: readonly string[]): Room {
  const others = files.filter((other) => other !== file).map((other) => `server/${other}`);
  return {
    path: `server/${file}`,
    knows: ['protocol', ...deciders, ...others],
    packages: [],
    pure: true,
  };
}
