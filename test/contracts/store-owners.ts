import { describe, expect, test } from 'vitest';
import type { CustomerId } from '../../protocol/ids.ts';
import { aCommand, agent, appendTo, chat, type MadeStore, messages } from './store-world.ts';

const ana = 'customer-ana' as CustomerId;
const ben = 'customer-ben' as CustomerId;
const by = (name: string, customer = ana) => [{ customer, agent: agent(name) }];

export function ownerTests(made: () => MadeStore): void {
  describe('who served a customer last', () => {
    test('ROUTE-4: it is kept with the append that names it, and found after a restart', async () => {
      const { store, reopen } = made();
      expect(await store.lastOwner(ana)).toBeNull();
      await store.append(appendTo(chat('a'), 0, messages(1), { at: 1_000, served: by('jonas') }));
      await store.append(
        appendTo(chat('b'), 0, messages(1), { at: 2_000, served: by('mira', ben) }),
      );
      expect(await store.lastOwner(ana)).toEqual({ agent: 'jonas', at: 1_000 });
      await store.append(appendTo(chat('a'), 1, messages(1), { at: 3_000, served: by('mira') }));
      await store.append(appendTo(chat('a'), 2, messages(1), { at: 4_000 }));
      const again = await reopen();
      expect(await again.lastOwner(ana)).toEqual({ agent: 'mira', at: 3_000 });
      expect(await again.lastOwner(ben)).toEqual({ agent: 'mira', at: 2_000 });
    });

    test('ROUTE-4: an append that is refused leaves nothing of it', async () => {
      const { store } = made();
      const first = appendTo(chat('a'), 0, messages(1), { served: by('jonas') });
      await store.append(first);
      const conflict = appendTo(chat('a'), 0, messages(1), { served: by('mira') });
      expect((await store.append(conflict)).type).toBe('conflict');
      const again = { ...first, served: by('mira') };
      expect((await store.append(again)).type).toBe('duplicate');
      expect(await store.lastOwner(ana)).toMatchObject({ agent: 'jonas' });
    });

    test('ROUTE-4: of two appends the newer one counts, whichever is stored first', async () => {
      const { store } = made();
      await store.append(aCommand({ at: 5_000, served: by('jonas') }));
      await store.append(aCommand({ at: 4_000, served: by('mira') }));
      expect(await store.lastOwner(ana)).toEqual({ agent: 'jonas', at: 5_000 });
      await store.append(aCommand({ at: 5_000, served: by('mira') }));
      expect(await store.lastOwner(ana)).toEqual({ agent: 'mira', at: 5_000 });
    });

    test('I10: the oldest are forgotten, so many at a time', async () => {
      const { store } = made();
      for (const [n, at] of [3_000, 1_000, 2_000].entries())
        await store.append(aCommand({ at, served: by('mira', `customer-${n}` as CustomerId) }));
      expect(await store.forgetLastOwners(3_000, 1)).toBe(1);
      expect(await store.forgetLastOwners(3_000, 5)).toBe(1);
      expect(await store.forgetLastOwners(3_000, 5)).toBe(0);
      expect(await store.lastOwner('customer-0' as CustomerId)).not.toBeNull();
      expect(await store.lastOwner('customer-1' as CustomerId)).toBeNull();
    });
  });
}
