import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type {
  Connection,
  ConversationModel,
  InteractionTab,
  OfferView,
  PanelModel,
  RefusedCommand,
  SignInResult,
  TranscriptRow,
} from '../../desk/models/panel-model.ts';
import type { InteractionId } from '../../protocol/ids.ts';

type Inside<T> = T extends ReadonlySignal<infer Value> ? Value : never;
type Facts = NonNullable<Inside<ConversationModel['facts']>>;

/** A panel's state as plain data; what is left out is that of a ready agent with nothing to do. */
export type PanelData = {
  readonly loaded: boolean;
  readonly session: Inside<PanelModel['session']['current']>;
  readonly lastServer: string;
  readonly connection: Connection;
  readonly chat: Inside<PanelModel['status']['shown']>;
  readonly load: Inside<PanelModel['status']['load']>;
  readonly offers: readonly OfferView[];
  readonly conversations: readonly ConversationData[];
  readonly done: readonly InteractionTab[];
  readonly selected: InteractionId | null;
  readonly refused: readonly RefusedCommand[];
  readonly failed: Inside<PanelModel['failed']>;
  readonly signInAnswer: SignInResult;
  readonly signOutAnswer: Awaited<ReturnType<PanelModel['session']['signOut']>>;
};

export type ConversationData = {
  readonly tab: InteractionTab;
  readonly facts?: Partial<Facts>;
  readonly rows?: readonly TranscriptRow[];
  /** What `earlier` puts on top. */
  readonly earlierRows?: readonly TranscriptRow[];
  readonly typing?: boolean;
  readonly draft?: string;
  readonly draftHere?: boolean;
  readonly outboxFull?: boolean;
  readonly wrapUp?: Inside<ConversationModel['wrapUp']>;
};

type Writable<T> = {
  readonly [K in keyof T]: T[K] extends ReadonlySignal<infer V> ? Signal<V> : T[K];
};

/** The model with its signals open for writing, and a list of what was called. */
export type FixtureModel = Omit<
  PanelModel,
  'now' | 'loaded' | 'refused' | 'failed' | 'connection'
> &
  Writable<Pick<PanelModel, 'now' | 'loaded' | 'refused' | 'failed' | 'connection'>> & {
    readonly calls: unknown[][];
    readonly session: Writable<PanelModel['session']>;
    readonly status: Writable<PanelModel['status']>;
    readonly offers: Writable<PanelModel['offers']>;
    readonly interactions: Writable<PanelModel['interactions']>;
    readonly conversationOf: (id: string) => Writable<ConversationModel>;
  };

/** Wednesday, 4 March 2026, 10:45 UTC: fixtures count from here. */
export const fixtureNow = Date.UTC(2026, 2, 4, 10, 45);

export function fixtureModel(changes: Partial<PanelData> = {}): FixtureModel {
  const data = { ...readyAndFree, ...changes };
  const calls: unknown[][] = [];
  /** An action that is written down, answers, and does nothing else. */
  const record =
    <Answer>(name: string, answer: Answer) =>
    async (...args: unknown[]): Promise<Answer> => {
      calls.push([name, ...args]);
      return answer;
    };
  const selected = signal(data.selected);
  const conversations = new Map(
    data.conversations.map((one) => [one.tab.interaction as string, conversation(one, calls)]),
  );
  const tabs = signal(data.conversations.map(({ tab }) => tab));
  const conversationOf = (id: string) => {
    const tab = [...tabs.value, ...data.done].find(({ interaction }) => interaction === id);
    if (tab === undefined) throw new Error(`The fixture knows no interaction ${id}.`);
    const found = conversations.get(id) ?? conversation({ tab }, calls);
    conversations.set(id, found);
    return found;
  };
  return {
    calls,
    conversationOf,
    now: signal(fixtureNow),
    loaded: signal(data.loaded),
    session: {
      current: signal(data.session),
      lastServer: signal(data.lastServer),
      signIn: record('signIn', data.signInAnswer),
      signOut: record('signOut', data.signOutAnswer),
      takeBack: record('takeBack', undefined),
    },
    connection: signal(data.connection),
    status: {
      shown: signal(data.chat),
      channels: signal([]),
      doNotDisturb: signal(false),
      load: signal(data.load),
      reasons: signal([
        { id: 'lunch', label: 'Lunch' },
        { id: 'break', label: 'Short break' },
        { id: 'training', label: 'Training' },
      ]),
      set: record('status.set', undefined),
      setDoNotDisturb: record('status.setDoNotDisturb', undefined),
    },
    offers: {
      open: signal(data.offers),
      accept: async (offer) => void calls.push(['accept', offer.offer]),
      reject: async (offer) => void calls.push(['reject', offer.offer]),
    },
    interactions: {
      tabs,
      done: signal(data.done),
      selected,
      select: (id) => {
        selected.value = id;
      },
      conversation: (id) => conversationOf(id),
    },
    refused: signal(data.refused),
    failed: signal(data.failed),
    retry: record('retry', undefined),
    discard: record('discard', undefined),
    speak: record('speak', undefined),
    close: () => {},
  };
}

function conversation(data: ConversationData, calls: unknown[][]): Writable<ConversationModel> {
  const { tab, earlierRows = [] } = data;
  const rows = signal(data.rows ?? []);
  const draft = signal(data.draft ?? '');
  const draftHere = signal(data.draftHere ?? true);
  const hasEarlier = signal(earlierRows.length > 0);
  const wrapUp = signal(data.wrapUp ?? { dispositions: [], note: '' });
  const facts = signal<Facts | null>({ ...plainFacts, phase: phaseOf(tab), ...data.facts });
  const log = (name: string, ...rest: unknown[]) =>
    void calls.push([name, tab.interaction, ...rest]);
  return {
    head: signal<InteractionTab | null>(tab),
    facts,
    rows,
    hasEarlier,
    earlier: () => {
      log('earlier');
      rows.value = [...earlierRows, ...rows.value];
      hasEarlier.value = false;
    },
    customerTyping: signal(data.typing ?? false),
    seen: () => log('seen'),
    draft,
    draftHere,
    editHere: () => {
      draftHere.value = true;
    },
    send: async () => {
      if (draft.value.trim() === '') return 'empty';
      if (new TextEncoder().encode(draft.value).length > 16 * 1024) return 'too-long';
      if (data.outboxFull) return 'full';
      log('send', draft.value);
      draft.value = '';
      return 'queued';
    },
    typing: () => log('typing'),
    retry: async (id) => log('message.retry', id),
    discard: async (id) => log('message.discard', id),
    end: async () => log('end'),
    wrapUp,
    markDone: async () => {
      const isMissing = facts.value?.dispositionRequired && wrapUp.value.dispositions.length === 0;
      if (isMissing) return 'disposition-missing';
      log('markDone', wrapUp.value);
      return 'queued';
    },
    close: () => log('close'),
  };
}

function phaseOf(tab: InteractionTab): Facts['phase'] {
  return tab.wrapUp === null ? 'active' : 'wrap-up';
}

const plainFacts: Facts = {
  email: null,
  phone: null,
  subject: null,
  entryPage: null,
  startedAt: fixtureNow - 300_000,
  dispositions: [],
  dispositionRequired: false,
  hasWorkflow: false,
  phase: 'active',
  endedBy: null,
};

const readyAndFree: PanelData = {
  loaded: true,
  session: {
    server: 'https://chat.example.com',
    agent: 'marta' as NonNullable<PanelData['session']>['agent'],
    name: 'Marta Silva',
    role: 'agent',
    centre: 'Example Shop',
  },
  lastServer: 'https://chat.example.com',
  connection: { state: 'live', waiting: { messages: 0, changes: 0 }, downSince: null },
  chat: {
    status: 'ready',
    reason: null,
    since: fixtureNow - 600_000,
    until: null,
    next: 'stay',
    pending: null,
    asked: null,
  },
  load: [{ channel: 'chat', used: 0, limit: 4 }],
  offers: [],
  conversations: [],
  done: [],
  selected: null,
  refused: [],
  failed: [],
  signInAnswer: { type: 'signed-in' },
  signOutAnswer: 'signed-out',
};
