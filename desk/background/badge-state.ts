import type { StatusName } from '../../protocol/parts.ts';
import type { Overview } from '../disk/contract.ts';
import type { ConnectionFact } from '../disk/rows.ts';
import { shownStatus } from '../models/shown-status.ts';

/** What the toolbar icon tells while the panel may be closed. */
export type BadgeState = {
  readonly connection: ConnectionFact['state'];
  readonly status: StatusName;
  readonly unread: number;
};

export type Badge = { readonly text: string; readonly colour: string };

export function badgeState({ account, agent, connection, open }: Overview): BadgeState {
  return {
    connection: account?.signedIn ? (connection?.state ?? 'connecting') : 'signed-out',
    status: agent === null ? 'logged-off' : shownStatus(agent).status,
    unread: open.reduce((sum, { unread }) => sum + unread.length, 0),
  };
}

const green = '#1a7f4b';
const grey = '#6b7280';
const red = '#c62f3b';
const blue = '#3b5bdb';

/** A word or a sign goes with every colour; a lone dot of colour stands for what is usual. */
export function badgeOf({ connection, status, unread }: BadgeState): Badge {
  if (connection === 'signed-out') return { text: '', colour: grey };
  if (connection === 'connecting') return { text: '…', colour: grey };
  if (connection !== 'live') return { text: '!', colour: grey };
  if (unread > 0) return { text: unread > 99 ? '99+' : String(unread), colour: blue };
  if (status === 'rona' || status === 'refused') return { text: '!', colour: red };
  return { text: ' ', colour: status === 'ready' ? green : grey };
}

/** OFFER-3: the icon blinks between these two. */
export const ringingBadges: readonly [Badge, Badge] = [
  { text: '☎', colour: red },
  { text: '☎', colour: blue },
];
