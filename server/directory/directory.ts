import type { DirectoryRow, DirectoryView } from '../../protocol/directory.ts';
import type { AgentId, QueueId, SkillId, StreamName, TeamId } from '../../protocol/ids.ts';
import { agentOf } from '../../protocol/ids.ts';
import type { limits } from '../../protocol/limits.ts';
import { channels } from '../../protocol/parts.ts';
import { type AgentState, loadOf } from '../agents/state.ts';
import type { Clock } from '../clock.ts';
import type { InteractionState } from '../interactions/state.ts';
import { createColleagues, isHere } from './colleagues.ts';
import { createEntries, type DirectorySetUp, type Entry } from './entries.ts';
import { createQueues } from './queues.ts';

/**
 * HAND-1: the one directory. It hears what the router's reader has folded, keeps it in indexes,
 * and tells each desk the rows that it shows: when they have changed, at most once a second.
 */
export type Directory = {
  /** A stream has come to this state. */
  readonly changed: (stream: StreamName, state: AgentState | InteractionState) => void;
  /** A sample of a queue's rate. */
  readonly accepted: (queue: QueueId, enteredAt: number, at: number) => void;
  readonly setUpChanged: () => void;
  /** For one desk; `send` hears frames as text. */
  readonly open: (send: (text: string) => void) => Shown;
  /** Desks that show it. */
  readonly size: () => number;
};

/** What one desk shows. */
export type Shown = {
  /** Another search or page, or the same anew; null: nothing any more. */
  readonly show: (view: DirectoryView | null) => void;
};

export type DirectoryDeps = {
  readonly clock: Clock;
  readonly setUp: () => DirectorySetUp;
  readonly limits: {
    readonly [Name in keyof Pick<typeof limits, 'directoryEveryMs' | 'directoryAnswerMs'>]: number;
  };
};

/** The row as text, and since which change. */
type Written = { text: string; readonly change: number };

export function createDirectory({ clock, setUp, limits }: DirectoryDeps): Directory {
  let changes = 0;
  let generation = 0;
  let shown = 0;
  const changedAt = new Map<string, number>();
  const written = new Map<string, Written>();
  const touched = (key: string) => void changedAt.set(key, ++changes);
  const colleagues = createColleagues(setUp, touched);
  const queues = createQueues(touched);
  let entries = createEntries(setUp());

  function open(send: (text: string) => void): Shown {
    let view: DirectoryView | null = null;
    let found: { readonly all: readonly Entry[]; readonly of: number } | null = null;
    let last = '';
    let toldAt = Number.NEGATIVE_INFINITY;
    let cancel = () => {};

    function tell(): void {
      if (view === null) return;
      toldAt = clock.now();
      if (found?.of !== generation)
        found = { all: entries.find(view.kinds, view.search), of: generation };
      const { all } = found;
      const rows = all.slice(view.from, view.from + view.rows).map(rowText);
      const text = `{"type":"directory","show":${JSON.stringify(view)},"total":${all.length},"rows":[${rows.join()}]}`;
      cancel = clock.at(toldAt + limits.directoryEveryMs, tell);
      if (text === last) return;
      last = text;
      send(text);
    }

    return {
      show(next) {
        cancel();
        shown += Number(next !== null) - Number(view !== null);
        view = next;
        found = null;
        last = '';
        if (next !== null) cancel = clock.at(toldAt + limits.directoryAnswerMs, tell);
      },
    };
  }

  /** Written once for all desks that show it; what depends on the time is written anew. */
  function rowText(entry: Entry): string {
    const key = `${entry.kind === 'supervisor' ? 'agent' : entry.kind} ${entry.id}`;
    if (entry.kind === 'queue') return JSON.stringify(rowOf(entry));
    const change = changedAt.get(key) ?? 0;
    const before = written.get(key);
    if (before?.change === change) return before.text;
    const text = JSON.stringify(rowOf(entry));
    written.set(key, { text, change });
    return text;
  }

  function rowOf({ kind, id, name }: Entry): DirectoryRow {
    switch (kind) {
      case 'agent':
      case 'supervisor':
        return { kind, ...personOf(id as AgentId, name) };
      case 'queue': {
        const now = clock.now();
        const queue = id as QueueId;
        const available = setUp().routing.opening(queue, now).open;
        return { kind, queue, name, available, ...queues.figures(queue, now) };
      }
      case 'team':
        return { kind, team: id as TeamId, name, ...crowdOf(`team ${id}`) };
      case 'skill':
        return { kind, skill: id as SkillId, name, ...crowdOf(`skill ${id}`) };
      default:
        return kind satisfies never;
    }
  }

  function personOf(agent: AgentId, name: string) {
    const state = colleagues.state(agent);
    const { limits: given } = setUp().agentPolicy(agent);
    const those = channels.filter((channel) => given[channel] > 0);
    return {
      agent,
      name,
      available: isHere(state),
      channels: those.map((channel) => ({
        channel,
        status: state.channels[channel].status,
        load: loadOf(state, channel),
        limit: given[channel],
      })),
    };
  }

  function crowdOf(key: string) {
    const { signedIn, ready } = colleagues.crowd(key);
    return { available: signedIn > 0, signedIn, ready };
  }

  return {
    changed(stream, state) {
      if (agentOf(stream) !== null) colleagues.changed(state as AgentState);
      else queues.changed(state as InteractionState);
    },
    accepted: queues.accepted,
    setUpChanged() {
      generation++;
      entries = createEntries(setUp());
      written.clear();
      colleagues.setUpChanged();
    },
    open,
    size: () => shown,
  };
}
