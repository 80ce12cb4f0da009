import type { DirectoryRow, DirectoryView } from '../directory.ts';
import type { SkillId, TeamId } from '../ids.ts';
import { at, bo, queue } from './story.ts';

export const directoryView: DirectoryView = {
  kinds: ['agent', 'supervisor', 'queue', 'team', 'skill'],
  search: '',
  from: 0,
  rows: 20,
};

const chat = { channel: 'chat', status: 'ready', load: 2, limit: 4 } as const;

/** One of each kind. */
const rows = {
  agent: { kind: 'agent', agent: bo, name: 'Bo', available: true, channels: [chat] },
  supervisor: { kind: 'supervisor', agent: bo, name: 'Bo', available: false, channels: [] },
  queue: {
    kind: 'queue',
    queue,
    name: 'Orders',
    available: true,
    waiting: 3,
    oldestAt: at,
    estimateMs: 90_000,
  },
  team: {
    kind: 'team',
    team: 'returns' as TeamId,
    name: 'Returns',
    available: true,
    signedIn: 4,
    ready: 2,
  },
  skill: {
    kind: 'skill',
    skill: 'orders' as SkillId,
    name: 'Orders',
    available: true,
    signedIn: 9,
    ready: 5,
  },
} satisfies { readonly [K in DirectoryRow['kind']]: Extract<DirectoryRow, { kind: K }> };

export const directoryRows: DirectoryRow[] = Object.values(rows);
