import { computed, effect, signal } from '@preact/signals';
import type { CommandId } from '../../protocol/ids.ts';
import type { Host } from './host.ts';
import { keep, kept } from './kept.ts';
import type { CustomerLink, LinkState } from './link.ts';
import type { Entry } from './talk.ts';

export type Model = ReturnType<typeof createModel>;
export type Fields = Readonly<Record<'name' | 'email' | 'phone' | 'subject', string>>;

/** What the page shows and what a customer can do, over the link's state. */
export function createModel(link: CustomerLink, host: Host, language: () => string) {
  const state = signal<LinkState>(link.state());
  /** Shown in the shop's page, and that page is being looked at. */
  const open = signal(false);
  const visible = signal(!document.hidden);
  /** It fills the screen of a phone. */
  const full = signal(false);
  const theme = signal<'light' | 'dark'>('light');
  const pageUrl = signal('');
  const soundOn = signal(kept('sound') === 'on');
  /** The ended talk that the customer has put away to start a new one. */
  const putAway = signal<string | null>(null);
  /** The form's message and the composer's: it stays when another tab's start puts one in the other's place. */
  const draft = signal('');
  const looking = computed(() => open.value && visible.value);

  const talk = computed(() => state.value.talk);
  const starting = computed(() =>
    state.value.pending.find(({ command }) => command.type === 'start'),
  );
  const screen = computed((): 'connecting' | 'stopped' | 'form' | 'talk' => {
    if (state.value.connection === 'stopped') return 'stopped';
    if (starting.value) return starting.value.failed === null ? 'talk' : 'form';
    if (talk.value !== null && talk.value.interaction !== putAway.value) return 'talk';
    return state.value.site === null ? 'connecting' : 'form';
  });
  const phase = computed(() =>
    starting.value?.failed === null ? 'starting' : (talk.value?.phase ?? 'starting'),
  );
  const posts = computed(() =>
    state.value.pending.filter(({ command }) => command.type === 'post'),
  );
  const unread = computed(
    () =>
      talk.value?.entries.filter((entry) => isFromAgent(entry) && entry.seq > state.value.readUpTo)
        .length ?? 0,
  );
  const going = computed(() => screen.value === 'talk' && phase.value !== 'over');

  effect(() => host.tell({ type: 'unread', count: unread.value }));
  effect(() => host.tell({ type: 'going', going: going.value }));
  effect(() => {
    if (looking.value && talk.value !== null) link.read();
  });
  let before = talk.value;
  effect(() => {
    const known = before?.interaction === talk.value?.interaction && (before?.seq ?? 0) > 0;
    const news = talk.value?.entries.some(
      (entry) => isFromAgent(entry) && entry.seq > (before?.seq ?? 0),
    );
    before = talk.value;
    if (known && news && soundOn.peek() && !looking.peek() && link.holdsTurn()) ringSoon();
  });

  /** Sends the draft, if there is any. False when too much waits already: then it stays. */
  function post(): boolean {
    if (draft.value.trim() === '') return true;
    const taken = link.post(draft.value);
    if (taken) draft.value = '';
    return taken;
  }

  return {
    state,
    open,
    visible,
    full,
    theme,
    pageUrl,
    soundOn,
    draft,
    screen,
    phase,
    posts,
    starting,
    going,
    /** The question whether to end is being asked. */
    ending: signal(false),

    /** ROUTE-10; the draft follows as soon as the interaction exists. */
    start(queue: string, fields: Partial<Fields>): void {
      const filled = Object.entries(fields).filter(([, value]) => value.trim() !== '');
      const entryPage = pageUrl.value;
      link.start({
        ...Object.fromEntries(filled),
        queue: queue as Parameters<CustomerLink['start']>[0]['queue'],
        language: language(),
        ...(entryPage === '' ? {} : { entryPage }),
      });
      post();
    },
    post,
    typing: link.typing,
    leave: link.leave,
    retry: (id: CommandId) => link.retry(id),
    discard: (id: CommandId) => link.discard(id),
    wake: link.wake,
    hide(): void {
      open.value = false;
      host.tell({ type: 'close' });
    },
    /** Puts the ended talk away, with what could not be sent in it. */
    startNew(): void {
      putAway.value = talk.value?.interaction ?? null;
      for (const row of posts.value) if (row.failed !== null) link.discard(row.id);
    },
    toggleSound(): void {
      soundOn.value = !soundOn.value;
      keep('sound', soundOn.value ? 'on' : 'off');
      if (soundOn.value) ringSoon();
    },
    changed: (next: LinkState) => {
      state.value = next;
    },
  };
}

const isFromAgent = (entry: Entry): boolean => entry.kind === 'message' && entry.from === 'agent';
const ringSoon = () => void import('./sound.ts').then(({ ring }) => ring());
