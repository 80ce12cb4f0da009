import { describe, expect, test } from 'vitest';
import type { InteractionId } from '../../protocol/ids.ts';
import { StoreUnavailable } from '../../server/store/contract.ts';
import { agent, type MadeStore, mark, session } from './store-world.ts';

const i1 = 'i1' as InteractionId;
const account = (name: string, passwordHash: string | null = null) => ({
  agent: agent(name),
  email: `${name}@example.org`,
  passwordHash,
});

export function peopleTests(made: () => MadeStore): void {
  describe('marks', () => {
    test('marks only rise, delivered and read each for itself', async () => {
      const { store, reopen } = made();
      await store.raiseMarks([mark(5, 2)]);
      await store.raiseMarks([mark(3, 1)]);
      expect(await store.marks([i1])).toEqual([mark(5, 2)]);
      await store.raiseMarks([mark(4, 4)]);
      expect(await store.marks([i1])).toEqual([mark(5, 4)]);
      await store.raiseMarks([mark(6, 1), mark(7, 0), mark(2, 6)]);
      expect(await store.marks([i1])).toEqual([mark(7, 6)]);
      expect(await (await reopen()).marks([i1])).toEqual([mark(7, 6)]);
    });

    test('each reader of each interaction has its own', async () => {
      const { store } = made();
      const other = { ...mark(9, 9), interaction: 'i2' as InteractionId };
      await store.raiseMarks([mark(1, 1), mark(2, 2, agent('ana')), other]);
      await store.raiseMarks([]);
      const marks = await store.marks([i1]);
      expect(marks).toHaveLength(2);
      expect(marks).toEqual(expect.arrayContaining([mark(1, 1), mark(2, 2, agent('ana'))]));
      expect(await store.marks(['i3' as InteractionId])).toEqual([]);
      const all = await store.marks([other.interaction, 'i3' as InteractionId, i1]);
      expect(all).toHaveLength(3);
      expect(all).toEqual(expect.arrayContaining([other, ...marks]));
    });
  });

  describe('accounts', () => {
    test('an account is found by its agent and by its e-mail address', async () => {
      const { store, reopen } = made();
      await store.accounts.put(account('ana'));
      await store.accounts.put(account('ben', '$argon2id$…'));
      const { accounts } = await reopen();
      expect(await accounts.byAgent(agent('ana'))).toEqual(account('ana'));
      expect(await accounts.byEmail('ben@example.org')).toEqual(account('ben', '$argon2id$…'));
      expect(await accounts.byAgent(agent('cleo'))).toBeNull();
      expect(await accounts.byEmail('ana')).toBeNull();
    });

    test('putting it again replaces it', async () => {
      const { accounts } = made().store;
      await accounts.put(account('ana'));
      const moved = { ...account('ana', 'hash'), email: 'new@example.org' };
      await accounts.put(moved);
      expect(await accounts.byAgent(agent('ana'))).toEqual(moved);
      expect(await accounts.byEmail('ana@example.org')).toBeNull();
    });

    test('an e-mail address belongs to one agent, and taking it is no weather', async () => {
      const { accounts } = made().store;
      await accounts.put(account('ana'));
      const theft = accounts.put({ ...account('ben'), email: 'ana@example.org' });
      const error = await theft.catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(Error);
      expect(error).not.toBeInstanceOf(StoreUnavailable);
      expect(await accounts.byEmail('ana@example.org')).toEqual(account('ana'));
    });
  });

  describe('sessions', () => {
    test('a session comes back as it was made', async () => {
      const { store, reopen } = made();
      const revoked = session('s2', { previousHash: 'before', revoked: true });
      await store.sessions.create(session('s1'));
      await store.sessions.create(revoked);
      const { sessions } = await reopen();
      expect(await sessions.get('s1')).toEqual(session('s1'));
      expect(await sessions.get('s2')).toEqual(revoked);
      expect(await sessions.get('s3')).toBeNull();
    });

    test('a session id is used once', async () => {
      const { sessions } = made().store;
      await sessions.create(session('s1'));
      await expect(sessions.create(session('s1', { tokenHash: 'x' }))).rejects.toThrow();
      expect(await sessions.get('s1')).toEqual(session('s1'));
    });

    test('rotating replaces the token and remembers the one before', async () => {
      const { sessions } = made().store;
      await sessions.create(session('s1'));
      expect(await sessions.rotate('s1', 'token-1', 'token-2', 2_000, 10_000)).toBe(true);
      expect(await sessions.get('s1')).toEqual(
        session('s1', {
          tokenHash: 'token-2',
          previousHash: 'token-1',
          rotatedAt: 2_000,
          expiresAt: 10_000,
        }),
      );
    });

    test('of several rotations of one token one wins', async () => {
      const { sessions } = made().store;
      await sessions.create(session('s1'));
      const won = await Promise.all(
        ['a', 'b', 'c'].map((to) => sessions.rotate('s1', 'token-1', to, 2_000, 10_000)),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
      expect((await sessions.get('s1'))?.tokenHash).toBe(['a', 'b', 'c'][won.indexOf(true)]);
      expect(await sessions.rotate('s1', 'token-1', 'd', 3_000, 10_000)).toBe(false);
      expect(await sessions.rotate('unknown', 'token-1', 'd', 3_000, 10_000)).toBe(false);
    });

    test('a revoked session isn’t rotated any more', async () => {
      const { sessions } = made().store;
      await sessions.create(session('s1'));
      await sessions.revoke('s1');
      await sessions.revoke('unknown');
      expect(await sessions.rotate('s1', 'token-1', 'token-2', 2_000, 10_000)).toBe(false);
      expect(await sessions.get('s1')).toEqual(session('s1', { revoked: true }));
    });

    test('all sessions of an agent are revoked at once, nobody else’s', async () => {
      const { sessions } = made().store;
      await sessions.create(session('s1'));
      await sessions.create(session('s2'));
      await sessions.create(session('s3', { agent: agent('ben') }));
      await sessions.revokeAllOf(agent('ana'));
      const revoked = await Promise.all(['s1', 's2', 's3'].map((id) => sessions.get(id)));
      expect(revoked.map((each) => each?.revoked)).toEqual([true, true, false]);
    });

    test('TRUST-5: sessions that have expired are forgotten, a few at a time, the others stay', async () => {
      const { sessions } = made().store;
      for (const [id, expiresAt] of [
        ['s1', 1_000],
        ['s2', 1_500],
        ['s3', 2_000],
      ] as const)
        await sessions.create(session(id, { expiresAt }));
      expect(await sessions.forgetExpired(2_000, 1)).toBe(1);
      expect(await sessions.forgetExpired(2_000, 5)).toBe(1);
      expect(await sessions.forgetExpired(2_000, 5)).toBe(0);
      expect(await sessions.get('s1')).toBeNull();
      expect(await sessions.get('s3')).toEqual(session('s3', { expiresAt: 2_000 }));
    });
  });

  describe('facts', () => {
    test('a fact is kept and can be replaced', async () => {
      const { store, reopen } = made();
      expect(await store.fact('secret')).toBeNull();
      await store.setFact('secret', 'one');
      await store.setFact('secret', 'two');
      await store.setFact('empty', '');
      const again = await reopen();
      expect(await again.fact('secret')).toBe('two');
      expect(await again.fact('empty')).toBe('');
    });

    test('a probe tells that something can be stored', async () => {
      const { store } = made();
      await store.probe();
      await store.probe();
      expect(await store.newest()).toEqual({ position: 0, at: 0 });
    });
  });
}
