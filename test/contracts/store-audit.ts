import { describe, expect, test } from 'vitest';
import { aCommand, appendTo, chat, type MadeStore, messages } from './store-world.ts';

const entry = (action: string, object: string | null = 'interaction:a') => ({
  actor: 'sue',
  action,
  object,
});

export function auditTests(made: () => MadeStore): void {
  describe('who did what', () => {
    test('TRUST-4: it is kept with the append that names it, and found after a restart, newest first', async () => {
      const { store, reopen } = made();
      await store.append(
        appendTo(chat('a'), 0, messages(1), { at: 1_000, audited: [entry('monitor')] }),
      );
      await store.audit.add([entry('reload-centre', null), entry('holding', 'agent:bo')], 2_000);
      await store.append(aCommand({ at: 3_000 }));
      const again = await reopen();
      expect(await again.audit.before(null, 10)).toEqual([
        { number: 3, at: 2_000, ...entry('holding', 'agent:bo') },
        { number: 2, at: 2_000, ...entry('reload-centre', null) },
        { number: 1, at: 1_000, ...entry('monitor') },
      ]);
      expect(await again.audit.before(3, 1)).toMatchObject([{ number: 2 }]);
      expect(await again.audit.before(1, 10)).toEqual([]);
    });

    test('TRUST-4: an append that is refused or repeated leaves nothing of it', async () => {
      const { store } = made();
      const first = appendTo(chat('a'), 0, messages(1), { audited: [entry('monitor')] });
      await store.append(first);
      const conflict = appendTo(chat('a'), 0, messages(1), { audited: [entry('barge-in')] });
      expect((await store.append(conflict)).type).toBe('conflict');
      expect((await store.append(first)).type).toBe('duplicate');
      expect(await store.audit.before(null, 10)).toMatchObject([{ action: 'monitor' }]);
    });
  });
}
