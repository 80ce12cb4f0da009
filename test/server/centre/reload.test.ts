import { describe, expect, test } from 'vitest';
import type { AgentId, QueueId } from '../../../protocol/ids.ts';
import { type Centre, createCentre } from '../../../server/centre/centre.ts';
import { CentreError } from '../../../server/centre/centre-error.ts';
import { createLiveCentre } from '../../../server/centre/live-centre.ts';
import { loadCentre } from '../../../server/centre/load-centre.ts';
import { loadInThread } from '../../../server/centre/load-in-thread.ts';
import { parseCentre } from '../../../server/centre/parse-centre.ts';
import { createReload } from '../../../server/centre/reload.ts';
import { folderWith } from '../routes/app-world.ts';

const text = (name: string, priority = 5) => `
name: ${name}
agents:
  - { id: ana, name: Ana, email: ana@small.example, limits: { chat: ${priority} } }
queues:
  - { id: billing, name: Billing, priority: ${priority} }
sites:
  - { id: shop, name: ${name}, origins: [self] }
`;
const centre = (name: string, priority?: number): Centre =>
  createCentre(parseCentre(text(name, priority), 'centre.yaml'));

test('a new set-up answers every question from then on, whoever asked before', () => {
  const live = createLiveCentre(centre('Old', 5));
  const { queuePolicy, routing } = live.centre;
  let heard = 0;
  const stop = live.onChange(() => heard++);
  live.replace(centre('New', 7));
  expect(live.centre.name).toBe('New');
  expect(live.centre.card.name).toBe('New');
  expect(live.centre.site('shop')?.card.name).toBe('New');
  expect(queuePolicy('billing' as QueueId)?.priority).toBe(7);
  expect(routing.limits('ana' as AgentId).limits.chat).toBe(7);
  stop();
  live.replace(centre('Newer'));
  expect(heard).toBe(1);
});

describe('reading the file anew', () => {
  const later = () => {
    const loads: { resolve: (centre: Centre) => void; reject: (error: Error) => void }[] = [];
    const load = () =>
      new Promise<Centre>((resolve, reject) => void loads.push({ resolve, reject }));
    return { loads, load };
  };

  test('a bad file leaves the old set-up in force and says why', async () => {
    const live = createLiveCentre(centre('Old'));
    let heard = 0;
    live.onChange(() => heard++);
    const reload = createReload(
      () => Promise.reject(new CentreError('centre.yaml:3:1: no.')),
      live,
    );
    expect(await reload()).toEqual({ type: 'refused', why: 'centre.yaml:3:1: no.' });
    expect([live.centre.name, heard]).toEqual(['Old', 0]);
  });

  test('who asks while it is being read gets a reading that began afterwards', async () => {
    const live = createLiveCentre(centre('Old'));
    const { loads, load } = later();
    const reload = createReload(load, live);
    const first = reload();
    const second = reload();
    const third = reload();
    expect(loads).toHaveLength(1);
    loads[0]?.resolve(centre('First'));
    expect(await first).toEqual({ type: 'in-force' });
    expect(live.centre.name).toBe('First');
    expect(loads).toHaveLength(2);
    loads[1]?.resolve(centre('Second'));
    expect(await Promise.all([second, third])).toEqual([
      { type: 'in-force' },
      { type: 'in-force' },
    ]);
    expect([live.centre.name, loads.length]).toEqual(['Second', 2]);
  });

  test('a bug is not taken for a bad file', async () => {
    const { loads, load } = later();
    const reload = createReload(load, createLiveCentre(centre('Old')));
    const first = reload();
    loads[0]?.reject(new TypeError('a bug'));
    await expect(first).rejects.toThrow('a bug');
    const second = reload();
    loads[1]?.resolve(centre('New'));
    expect(await second).toEqual({ type: 'in-force' });
  });
});

test('a thread reads what the main thread would have read, and refuses the same', async () => {
  const folder = folderWith({ 'good.yaml': text('Good', 3), 'bad.yaml': text('Bad', 11) });
  const good = await loadInThread(`${folder}/good.yaml`);
  const same = await loadCentre(`${folder}/good.yaml`);
  expect(good.card).toEqual(same.card);
  expect(good.agentPolicy('ana' as AgentId)).toEqual(same.agentPolicy('ana' as AgentId));
  await expect(loadInThread(`${folder}/bad.yaml`)).rejects.toThrow(
    `${folder}/bad.yaml:6:45: queues[0].priority must be a whole number from 1 to 10, not 11.`,
  );
  await expect(loadInThread(`${folder}/none.yaml`)).rejects.toThrow(CentreError);
});

test('a file that nobody can read to its end is a bad file, not the end of the server', async () => {
  const folder = folderWith({ 'deep.yaml': '['.repeat(200_000) });
  await expect(loadInThread(`${folder}/deep.yaml`)).rejects.toThrow(CentreError);
});
