import { expect, test } from 'vitest';
import { watchRoles } from '../../../server/audit/role-changes.ts';
import { createMemoryDisk } from '../../simulation/memory-disk.ts';
import { createMemoryStore } from '../../simulation/memory-store.ts';

type Role = 'agent' | 'supervisor' | 'admin';
const agentsOf = (roles: Readonly<Record<string, Role>>) =>
  Object.entries(roles).map(([id, role]) => ({ id: id as never, role }));

test('TRUST-4: who is given or loses a role in the centre’s file is audited once, while it runs and across a restart', async () => {
  const disk = createMemoryDisk();
  async function start(roles: Readonly<Record<string, Role>>) {
    const centre = { agents: agentsOf(roles) };
    let hear = () => {};
    const onChange = (listener: () => void) => {
      hear = listener;
      return () => {};
    };
    const failed = (error: unknown) => expect.unreachable(String(error));
    const clock = { now: () => 5_000 };
    await watchRoles(createMemoryStore(disk), clock, { centre, onChange }, failed);
    return (next: Readonly<Record<string, Role>>) => {
      centre.agents = agentsOf(next);
      hear();
    };
  }
  const audited = () => disk.audit.map(({ action, object }) => `${object} ${action}`);

  await start({ ana: 'agent', sue: 'supervisor', ada: 'admin' });
  expect(audited()).toEqual([]);
  const change = await start({ ana: 'supervisor', sue: 'supervisor' });
  const first = ['agent:ada becomes-agent', 'agent:ana becomes-supervisor'];
  expect(audited().sort()).toEqual(first);
  change({ ana: 'admin', sue: 'supervisor' });
  change({ ana: 'admin', sue: 'supervisor' });
  change({ ana: 'admin' });
  const all = [...first, 'agent:ana becomes-admin', 'agent:sue becomes-agent'];
  await expect.poll(() => audited().sort()).toEqual(all.sort());
  expect(disk.audit.every(({ actor, at }) => actor === 'operator' && at === 5_000)).toBe(true);
});
