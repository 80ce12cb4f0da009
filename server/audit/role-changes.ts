import { type AgentId, agentStream } from '../../protocol/ids.ts';
import type { AgentEntry } from '../centre/centre.ts';
import type { Clock } from '../clock.ts';
import type { AuditEntry, Store } from '../store/contract.ts';
import { OPERATOR } from './acts.ts';

type Role = AgentEntry['role'];
type Watched = {
  readonly centre: { readonly agents: readonly Pick<AgentEntry, 'id' | 'role'>[] };
  readonly onChange: (hear: () => void) => () => void;
};
type Privileged = Readonly<Record<string, Role>>;

/** Who had which rights when they were last looked at; agents aren't in it. */
const KNOWN_ROLES = 'known-roles';

/**
 * Roles stand in the centre's file. At once, and whenever the file is in force anew, they are
 * compared with those of the last time, which may have been before a restart; who was given more
 * or less is kept. The first time nothing has changed.
 * @returns what stops the watching. Rejects with StoreUnavailable; `failed` hears of later ones.
 */
export async function watchRoles(
  store: Pick<Store, 'fact' | 'setFact' | 'audit'>,
  clock: Pick<Clock, 'now'>,
  { centre, onChange }: Watched,
  failed: (error: unknown) => void,
): Promise<() => void> {
  async function note(): Promise<void> {
    const now = Object.fromEntries(
      centre.agents.filter(({ role }) => role !== 'agent').map(({ id, role }) => [id, role]),
    );
    const stored = await store.fact(KNOWN_ROLES);
    const before = stored === null ? now : (JSON.parse(stored) as Privileged);
    const changes = changed(before, now);
    if (changes.length > 0) await store.audit.add(changes, clock.now());
    // After: a crash in between keeps the change twice, never not at all.
    if (changes.length > 0 || stored === null)
      await store.setFact(KNOWN_ROLES, JSON.stringify(now));
  }

  await note();
  /** One after the other: two readings of the file must not be compared with the same one. */
  let last: Promise<void> = Promise.resolve();
  return onChange(() => {
    last = last.then(note).catch(failed);
  });
}

function changed(before: Privileged, now: Privileged): readonly AuditEntry[] {
  const ids = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return ids
    .filter((id) => before[id] !== now[id])
    .map((id) => ({
      actor: OPERATOR,
      action: `becomes-${now[id] ?? 'agent'}`,
      object: agentStream(id as AgentId),
    }));
}
