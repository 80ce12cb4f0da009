import type { CommandId, InteractionId } from '../../../protocol/ids.ts';
import { type ConversationData, fixtureNow, type PanelData } from '../fixture-model.ts';
import { ago, automatic, colleague, customer, line, mine, offer, tab } from './people.ts';

const dispositions = [
  'Double charge',
  'Refund',
  'Invoice copy',
  'Change of address',
  'Delivery late',
  'Wrong item',
  'Cancelled order',
  'Technical question',
].map((label) => ({ id: label.toLowerCase().replaceAll(' ', '-'), label }));

const ana: ConversationData = {
  tab: tab('Ana Souza', { waitingSince: fixtureNow - 21_000 }),
  facts: {
    email: 'ana@example.com',
    phone: '+55 11 98456-5666',
    subject: 'Charged twice',
    entryPage: 'https://shop.example/orders',
    dispositions,
  },
  rows: [
    line(5, { type: 'started', queue: 'Billing' }),
    automatic(5, 'Which invoice is it about?'),
    customer(4.5, 'March, number 20431'),
    line(3, { type: 'joined', name: 'Marta', mine: true, waitedMs: 48_000 }),
    mine(3, 'Hello Ana, I have your March invoice here. What would you like to know?'),
    customer(2, 'It was charged twice. My number is +55 11 98456-5666'),
    customer(1.8, 'You can see it on shop.example.com/orders/20431 or write to ana@example.com'),
    mine(1, 'Thank you, I see both charges.', 'delivered'),
    mine(0.9, 'I am refunding the second one now.', 'sent'),
    mine(0.1, 'It arrives in three days.', 'sending'),
  ],
  draft: '',
  typing: true,
};

const others: readonly ConversationData[] = [
  {
    tab: tab('Lee Min-jun', {
      acceptedAt: ago(8.7),
      waitingSince: fixtureNow - 72_000,
      unread: 2,
      colour: 1,
    }),
    rows: [customer(2, 'Are you still there?')],
  },
  {
    tab: tab(null, {
      acceptedAt: ago(5),
      wrapUp: { since: fixtureNow - 38_000, until: fixtureNow + 22_000 },
      colour: 2,
      customer: 'left',
    }),
  },
  {
    tab: tab('Ingrid Holm', { waitingSince: fixtureNow - 44_000, acceptedAt: ago(63), colour: 3 }),
  },
  { tab: tab('Tomás Vega', { customer: 'away', colour: 4 }) },
];

const busy = {
  conversations: [ana, ...others],
  selected: ana.tab.interaction,
  load: [{ channel: 'chat', used: 5, limit: 4 }],
} satisfies Partial<PanelData>;

const nothing = { messages: 0, changes: 0 } as const;
const signedOut = {
  session: null,
  connection: { state: 'signed-out', waiting: nothing, downSince: null },
} satisfies Partial<PanelData>;

const wrapping: ConversationData = {
  ...ana,
  tab: tab('Ana Souza', {
    wrapUp: { since: fixtureNow - 38_000, until: fixtureNow + 22_000 },
    customer: 'left',
  }),
  facts: { ...ana.facts, dispositionRequired: true, endedBy: 'customer' },
  rows: [...(ana.rows ?? []), line(0.6, { type: 'ended', by: 'customer' })],
  wrapUp: { dispositions: ['double-charge', 'refund'], note: 'Refund of the second March charge.' },
  typing: false,
};

const done = ['Ana Souza', 'Lee Min-jun', null].map((name, at) =>
  tab(name, { acceptedAt: ago(30 * (at + 1)), interaction: `done-${at}` as InteractionId }),
);

const notReady = {
  status: 'not-ready',
  reason: 'signed-in',
  since: ago(1),
  until: null,
  next: 'stay',
  pending: null,
  asked: null,
} as const;

const evil = '<img src=x onerror=alert(1)>';
const hostileNames = [
  evil,
  '\u202Etxt.exe nimda',
  'Z\u0351\u0357\u0343a\u0321\u0349\u0323l\u0352\u0364g\u0361\u0315o\u034f\u0489\u0346'.repeat(4),
  'A'.repeat(200),
  '   ',
  '山田太郎',
];

const long = Array.from({ length: 60 }, (_, at) =>
  at % 3 === 0
    ? mine(200 - at, `Answer ${at}: your parcel left the warehouse and should be there soon.`)
    : customer(200 - at, `Question ${at}: where is my parcel, and when does it come?`),
);

/** Every state of the panel that a designer, a tester and a screen reader should meet. */
export const scenes = {
  loading: { loaded: false },
  'signed-out': signedOut,
  'signed-out-first': { ...signedOut, lastServer: '' },
  'sign-in-ended': {
    connection: { state: 'signed-out', waiting: { messages: 2, changes: 1 }, downSince: null },
  },
  'wrong-credentials': {
    ...signedOut,
    signInAnswer: { type: 'failed', reason: 'wrong-credentials' },
  },
  unreachable: { ...signedOut, signInAnswer: { type: 'failed', reason: 'unreachable' } },
  'not-deskside': { ...signedOut, signInAnswer: { type: 'failed', reason: 'not-deskside' } },
  'bad-address': { ...signedOut, signInAnswer: { type: 'failed', reason: 'bad-address' } },
  'too-many': { ...signedOut, signInAnswer: { type: 'failed', reason: 'too-many' } },
  permission: { ...signedOut, signInAnswer: { type: 'failed', reason: 'permission' } },
  'too-old': { ...signedOut, signInAnswer: { type: 'failed', reason: 'too-old' } },
  'signing-in': {
    connection: { state: 'connecting', waiting: nothing, downSince: 1 },
    chat: { ...notReady, status: 'unknown', reason: null },
    load: [],
  },
  'home-not-ready': { chat: notReady },
  'home-ready': {},
  'home-done': { done },
  'home-busy': { ...busy, selected: null, done },
  offer: { offers: [offer()], done },
  'offer-unknown': {
    offers: [
      offer({
        name: null,
        email: null,
        phone: null,
        subject: null,
        answerBy: null,
        why: { reason: 'only', skills: [], candidates: 1, step: 1, passedOver: {} },
      }),
    ],
  },
  'offer-busy': { ...busy, conversations: [{ ...ana, draft: 'I can see' }], offers: [offer()] },
  'offer-accepting': { offers: [offer({ answering: 'accept' })] },
  busy,
  writing: {
    ...busy,
    conversations: [
      { ...ana, draft: 'I can see both charges. I am refunding the second one now', typing: false },
      ...others,
    ],
  },
  'draft-elsewhere': {
    ...busy,
    conversations: [{ ...ana, draft: 'Half a sen', draftHere: false }, ...others],
  },
  'outbox-full': {
    conversations: [{ tab: tab('Ana Souza'), draft: 'One more', outboxFull: true }],
    selected: ana.tab.interaction,
  },
  empty: { conversations: [{ tab: tab('Ana Souza') }], selected: ana.tab.interaction },
  away: {
    conversations: [
      {
        ...ana,
        tab: tab('Ana Souza', { customer: 'away' }),
        rows: [
          ...(ana.rows ?? []),
          line(0.9, { type: 'customer-away' }),
          line(0.7, { type: 'customer-returned' }),
          line(0.5, { type: 'customer-away' }),
        ],
        typing: false,
      },
    ],
    selected: ana.tab.interaction,
  },
  'long-transcript': {
    conversations: [{ ...ana, rows: long.slice(30), earlierRows: long.slice(0, 30) }],
    selected: ana.tab.interaction,
  },
  'several-days': {
    conversations: [
      {
        ...ana,
        rows: [
          customer(60 * 24 * 400, 'Hello from last year'),
          colleague(60 * 24 * 400, 'Lee Park', 'Hello!'),
          customer(60 * 24 * 6, 'Hello from last week'),
          customer(60 * 25, 'Hello from yesterday'),
          customer(2, null),
        ],
      },
    ],
    selected: ana.tab.interaction,
  },
  offline: {
    ...busy,
    connection: { state: 'connecting', waiting: { messages: 2, changes: 0 }, downSince: 1 },
    conversations: [
      {
        ...ana,
        rows: [...(ana.rows ?? []), mine(0, 'Anything else I can do?', 'sending')],
        typing: false,
      },
      ...others,
    ],
  },
  'answered-offline': {
    connection: { state: 'connecting', waiting: { messages: 0, changes: 1 }, downSince: 1 },
    offers: [offer({ answering: 'accept' })],
  },
  failed: {
    ...busy,
    conversations: [
      {
        ...ana,
        rows: [...(ana.rows ?? []).slice(0, -1), mine(0, 'Anything else?', 'failed')],
        typing: false,
      },
      ...others,
    ],
  },
  refused: {
    ...busy,
    refused: [
      {
        id: 'refused-1-aaaaaaaaaa' as PanelData['refused'][number]['id'],
        refusal: 'taken',
        command: 'accept',
        interaction: null,
      },
      {
        id: 'refused-2-aaaaaaaaaa' as PanelData['refused'][number]['id'],
        refusal: 'not-active',
        command: 'end',
        interaction: ana.tab.interaction,
      },
    ],
  },
  'wrap-up': {
    conversations: [wrapping, ...others],
    selected: ana.tab.interaction,
    load: [{ channel: 'chat', used: 3, limit: 4 }],
  },
  'wrap-up-missing': {
    conversations: [
      { ...wrapping, wrapUp: { dispositions: [], note: '' }, draft: 'I will also check the' },
    ],
    selected: ana.tab.interaction,
  },
  'wrap-up-late': {
    conversations: [
      {
        ...wrapping,
        tab: {
          ...wrapping.tab,
          wrapUp: { since: fixtureNow - 80_000, until: fixtureNow - 20_000 },
        },
      },
    ],
    selected: ana.tab.interaction,
  },
  done: {
    conversations: [{ ...ana, facts: { ...ana.facts, phase: 'done' }, typing: false }],
    selected: ana.tab.interaction,
  },
  pending: {
    ...busy,
    chat: {
      status: 'ready',
      reason: null,
      since: ago(9),
      until: null,
      next: 'stay',
      pending: { reason: 'lunch', left: 2 },
      asked: null,
    },
  },
  lunch: { chat: { ...notReady, reason: 'lunch' } },
  asked: { chat: { ...notReady, asked: 'ready' } },
  rona: { chat: { ...notReady, status: 'rona', reason: null } },
  'rona-done': { done, chat: { ...notReady, status: 'rona', reason: null } },
  'rona-busy': { ...busy, chat: { ...notReady, status: 'rona', reason: null } },
  'offer-refused': { chat: { ...notReady, status: 'refused', reason: null } },
  elsewhere: {
    ...busy,
    connection: { state: 'open-elsewhere', waiting: { messages: 1, changes: 0 }, downSince: 1 },
  },
  'update-needed': {
    connection: { state: 'update-needed', waiting: { messages: 1, changes: 1 }, downSince: 1 },
  },
  'sign-out-refused': {
    ...busy,
    conversations: [ana, ...others, { tab: tab('Parked Petra', { isParked: true }) }],
    signOutAnswer: 'still-owning',
  },
  'sign-out-failed': {
    done,
    signOutAnswer: 'failed',
    failed: [
      {
        id: 'failed-1-aaaaaaaaaaa' as CommandId,
        interaction: 'done-0' as InteractionId,
        refusal: 'not-active',
      },
    ],
  },
  'several-channels': {
    ...busy,
    load: [
      { channel: 'chat', used: 5, limit: 4 },
      { channel: 'voice', used: 1, limit: 1 },
      { channel: 'email', used: 2, limit: 5 },
      { channel: 'messaging', used: 3, limit: 8 },
      { channel: 'work-item', used: 1, limit: 5 },
    ],
  },
  hostile: {
    conversations: hostileNames.map((name, at) => ({
      tab: tab(name, { interaction: `hostile-${at}` as InteractionId, colour: at }),
      facts: { subject: evil, email: `${'x'.repeat(120)}@example.com` },
      rows: [
        customer(3, evil, name),
        customer(2.5, 'javascript:alert(1) data:text/html,x www.example.com?q=<b>'),
        customer(2, 'W'.repeat(400), name),
        line(1, { type: 'joined', name, mine: false, waitedMs: 1000 }),
      ],
    })),
    selected: 'hostile-0' as InteractionId,
    offers: [],
  },
  'hostile-offer': {
    offers: [
      offer({
        name: `${hostileNames[1]} ${'B'.repeat(120)}`,
        subject: 'S'.repeat(256),
        email: evil,
      }),
    ],
  },
} as const satisfies Readonly<Record<string, Partial<PanelData>>>;

export type Scene = keyof typeof scenes;
