import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DeskDisk, OUTBOX_ROWS_MAX } from '../../desk/disk/contract.ts';
import type { AgentId, DeskId } from '../../protocol/ids.ts';
import { channelStatus, statusCommand } from '../channels.ts';
import {
  accepted,
  account,
  agentPart,
  at,
  chat1,
  chat2,
  commandId,
  emptySnapshot,
  fromCustomer,
  fromMe,
  granted,
  interactionPart,
  me,
  offer1,
  offerEnded,
  offerMade,
  revoked,
  started,
  T,
  welcome,
} from '../desk/parts.ts';

export type DiskUnderTest = {
  /** What another context, or the next process, opens. */
  readonly open: () => DeskDisk;
  readonly remove: () => Promise<void>;
};

const post = (n: number | string, text = `text ${n}`, interaction = chat1) => ({
  id: commandId(n),
  command: { type: 'post', interaction, text } as const,
  createdAt: T,
});

/** What every maker of the desk's disk promises. */
export function diskContract(name: string, make: () => Promise<DiskUnderTest>): void {
  describe(`the desk’s disk: ${name}`, () => {
    let under: DiskUnderTest;
    let disk: DeskDisk;
    beforeEach(async () => {
      under = await make();
      disk = under.open();
      await disk.signIn(account);
      await disk.applyWelcome(welcome());
    });
    afterEach(async () => {
      disk.close();
      await under.remove();
    });

    const grantChat1 = () =>
      disk.applyBatch([
        agentPart(0, granted()),
        interactionPart(chat1, 0, started, fromCustomer('hello'), accepted),
      ]);
    const texts = async (most = 100) =>
      (await disk.transcript(chat1, most)).events.flatMap(({ content }) => content?.text ?? []);

    test('rows and cursors are written together, and another context sees them', async () => {
      const result = await grantChat1();
      expect(result.parts).toEqual(['applied', 'applied']);
      expect(result.granted).toEqual([{ interaction: chat1, epoch: 1 }]);
      const other = under.open();
      expect((await other.greeting())?.agentSeq).toBe(1);
      expect((await other.greeting())?.cursors).toEqual([{ interaction: chat1, epoch: 1, seq: 3 }]);
      expect(await texts()).toEqual(['hello']);
      const row = await other.interaction(chat1);
      expect(row?.head).toMatchObject({ name: 'Lee', acceptedAt: at(3), waitingSince: at(2) });
      expect(row?.unread).toEqual([2]);
      other.close();
    });

    test('a repeated part is a duplicate and changes nothing, a later one is a gap', async () => {
      await grantChat1();
      const again = await disk.applyBatch([interactionPart(chat1, 1, fromCustomer('hello'))]);
      expect(again.parts).toEqual(['duplicate']);
      const later = await disk.applyBatch([interactionPart(chat1, 7, fromCustomer('lost before'))]);
      expect(later.parts).toEqual(['gap']);
      expect(later.missing).toEqual([
        { stream: `interaction:${chat1}`, epoch: 1, after: 3, early: false },
      ]);
      expect(await texts()).toEqual(['hello']);
    });

    test('a part that begins before the cursor adds only what is new', async () => {
      await grantChat1();
      const result = await disk.applyBatch([
        interactionPart(chat1, 1, fromCustomer('hello'), accepted, fromCustomer('more')),
      ]);
      expect(result.parts).toEqual(['applied']);
      expect(await texts()).toEqual(['hello', 'more']);
      expect((await disk.interaction(chat1))?.unread).toEqual([2, 4]);
    });

    test('parts of an epoch that isn’t known are a gap, with the agent’s stream asked for', async () => {
      const result = await disk.applyBatch([interactionPart(chat1, 0, started)]);
      expect(result.parts).toEqual(['gap']);
      expect(result.missing).toEqual([
        { stream: `agent:${me}`, epoch: 0, after: 0, early: true },
        { stream: `interaction:${chat1}`, epoch: 1, after: 0, early: true },
      ]);
    });

    test('a new epoch drops the old copy and begins at its first event, in one transaction', async () => {
      await grantChat1();
      await disk.saveDraft(chat1, { text: 'half' }, 1);
      const second = { ...interactionPart(chat1, 0, started, fromCustomer('again')), epoch: 2 };
      await disk.applyBatch([agentPart(1, granted(chat1, 2)), second]);
      expect(await texts()).toEqual(['again']);
      expect((await disk.interaction(chat1))?.epoch).toBe(2);
      expect((await disk.draft(chat1))?.text).toBe('half');
      const old = await disk.applyBatch([interactionPart(chat1, 3, fromCustomer('of epoch 1'))]);
      expect(old.parts).toEqual(['duplicate']);
    });

    test('done: the copy stays as history, the draft goes', async () => {
      await grantChat1();
      await disk.saveDraft(chat1, { text: 'half', note: 'n' }, 1);
      await disk.applyBatch([agentPart(1, revoked('done'))]);
      expect((await disk.interaction(chat1))?.state).toBe('done');
      expect(await texts()).toEqual(['hello']);
      expect(await disk.draft(chat1)).toBeNull();
      expect((await disk.greeting())?.cursors).toEqual([]);
      expect((await disk.doneInteractions(20)).map((row) => row.interaction)).toEqual([chat1]);
    });

    test('TRUST-4: removed from an interaction, the desk keeps nothing of it', async () => {
      await grantChat1();
      await disk.applyBatch([agentPart(1, revoked('owner-lost'))]);
      expect(await disk.interaction(chat1)).toBeNull();
      expect(await texts()).toEqual([]);
    });

    test('a snapshot replaces offers and memberships, keeps copies of the same epoch and history', async () => {
      await grantChat1();
      await disk.applyBatch([
        agentPart(1, granted(chat2), offerMade()),
        interactionPart(chat2, 0, started),
      ]);
      await disk.applyWelcome(
        welcome({
          snapshot: {
            ...emptySnapshot(9),
            memberships: [
              {
                interaction: chat1,
                epoch: 1,
                role: 'owner',
                channel: 'chat',
                wrappingUp: false,
                parkedUntil: null,
              },
            ],
          },
        }),
      );
      expect((await disk.greeting())?.agentSeq).toBe(9);
      expect((await disk.greeting())?.cursors).toEqual([{ interaction: chat1, epoch: 1, seq: 3 }]);
      expect(await disk.offers()).toEqual([]);
      expect(await disk.interaction(chat2)).toBeNull();
      await disk.applyWelcome(
        welcome({
          snapshot: {
            ...emptySnapshot(12),
            memberships: [
              {
                interaction: chat1,
                epoch: 2,
                role: 'owner',
                channel: 'chat',
                wrappingUp: false,
                parkedUntil: null,
              },
            ],
          },
        }),
      );
      expect((await disk.greeting())?.cursors).toEqual([{ interaction: chat1, epoch: 2, seq: 0 }]);
      expect(await texts()).toEqual([]);
    });

    test('offers come, are shown and end; nothing of an ended one stays', async () => {
      await disk.applyBatch([agentPart(0, offerMade())]);
      expect(await disk.offers()).toMatchObject([{ offer: offer1, answerBy: null }]);
      await disk.applyBatch([
        agentPart(1, { type: 'offer-shown', offer: offer1, answerBy: T + 9 }),
      ]);
      expect(await disk.offers()).toMatchObject([{ answerBy: T + 9, content: { name: 'Lee' } }]);
      await disk.applyBatch([agentPart(2, offerEnded('not-shown'))]);
      expect(await disk.offers()).toEqual([]);
      expect((await disk.agent())?.notShown).toBe(offer1);
      await disk.applyBatch([agentPart(3, { type: 'can-show' })]);
      expect((await disk.agent())?.notShown).toBeNull();
    });

    test('removed words are blanked in stored rows, in the same batch, and in the head', async () => {
      await grantChat1();
      await disk.applyBatch([
        interactionPart(chat1, 3, fromCustomer('4111'), {
          type: 'content-removed',
          seqs: [1, 2, 4],
        }),
      ]);
      expect(await texts()).toEqual([]);
      expect((await disk.interaction(chat1))?.head.name).toBeNull();
      expect((await disk.transcript(chat1, 100)).events.map(({ seq }) => seq)).toEqual([
        1, 2, 3, 4,
      ]);
    });

    test('marks only rise; reading clears what was unread up to there', async () => {
      await grantChat1();
      const marks = { interaction: chat1, reader: 'customer' } as const;
      await disk.applyMarks({ ...marks, delivered: 3, read: 2 });
      await disk.applyMarks({ ...marks, delivered: 2, read: 3 });
      expect((await disk.interaction(chat1))?.customerMarks).toEqual({ delivered: 3, read: 3 });
      await disk.applyMarks({ ...marks, interaction: chat2, delivered: 3, read: 2 });
      expect(await disk.interaction(chat2)).toBeNull();
      await disk.markRead(chat1, 2);
      expect((await disk.interaction(chat1))?.unread).toEqual([]);
      expect(await disk.reads()).toEqual([{ interaction: chat1, seq: 2 }]);
      await disk.markRead(chat1, 1);
      expect(await disk.reads()).toEqual([{ interaction: chat1, seq: 2 }]);
    });

    test('CHAT-3: an own message is shown from the outbox until its stored event is here, never twice', async () => {
      await grantChat1();
      await disk.saveDraft(chat1, { text: 'text 1', note: 'kept' }, 1);
      await disk.enqueue(post(1));
      expect(await disk.draft(chat1)).toMatchObject({ text: '', note: 'kept' });
      const unsent = async () => (await disk.transcript(chat1, 100)).unsent.map((row) => row.state);
      expect(await unsent()).toEqual(['waiting']);
      await disk.acknowledge(commandId(1), `interaction:${chat1}`, 4);
      expect(await unsent()).toEqual(['acknowledged']);
      expect(await disk.waiting(0)).toEqual([]);
      const result = await disk.applyBatch([
        interactionPart(chat1, 3, fromMe('text 1', commandId(1))),
      ]);
      expect(result.settled).toEqual([commandId(1)]);
      expect(await unsent()).toEqual([]);
      expect(await texts()).toEqual(['hello', 'text 1']);
      await disk.acknowledge(commandId(1), `interaction:${chat1}`, 4);
      expect((await disk.overview()).outbox).toEqual([]);
    });

    test('an acknowledged row goes at once when its event is here, or will never be', async () => {
      await grantChat1();
      await disk.enqueue(post(1));
      await disk.enqueue(post(2, 'to nobody', chat2));
      await disk.applyBatch([interactionPart(chat1, 3, fromMe('text 1'))]);
      await disk.acknowledge(commandId(1), `interaction:${chat1}`, 4);
      await disk.acknowledge(commandId(2), `interaction:${chat2}`, 4);
      expect((await disk.overview()).outbox).toEqual([]);
    });

    test('an acknowledged status row waits until the agent’s stream has come that far', async () => {
      const command = statusCommand('ready');
      await disk.enqueue({ id: commandId(1), command, createdAt: T });
      await disk.acknowledge(commandId(1), `agent:${me}`, 1);
      expect((await disk.overview()).outbox).toHaveLength(1);
      const result = await disk.applyBatch([
        agentPart(0, {
          type: 'status-changed',
          channel: 'chat',
          from: 'not-ready',
          to: 'ready',
          reason: null,
          until: null,
          next: 'stay',
          by: { kind: 'agent' },
        }),
      ]);
      expect(result.settled).toEqual([commandId(1)]);
      expect((await disk.overview()).outbox).toEqual([]);
      expect((await disk.agent())?.channels.chat).toEqual(channelStatus('ready', null, at(1)));
    });

    test('an answered offer’s row stays until the offer is gone', async () => {
      await disk.applyBatch([agentPart(0, offerMade())]);
      const command = { type: 'accept', interaction: chat1, offer: offer1 } as const;
      await disk.enqueue({ id: commandId(1), command, createdAt: T });
      await disk.acknowledge(commandId(1), `interaction:${chat1}`, 5);
      expect((await disk.overview()).outbox).toHaveLength(1);
      await disk.applyBatch([agentPart(1, offerEnded('accepted'), granted())]);
      expect((await disk.overview()).outbox).toEqual([]);
    });

    test('the outbox keeps its order, refuses beyond its limit, and knows an id only once', async () => {
      await disk.enqueue(post(1));
      await disk.enqueue(post(2));
      await disk.enqueue(post(1, 'another body'));
      const rows = await disk.waiting(0);
      expect(rows.map(({ id }) => id)).toEqual([commandId(1), commandId(2)]);
      expect((await disk.waiting(rows[0]!.order)).map(({ id }) => id)).toEqual([commandId(2)]);
    });

    test('a refused row is kept until it is retried under a new id, last in its lane, or discarded', async () => {
      await disk.enqueue(post(1));
      await disk.enqueue(post(2));
      await disk.refuse(commandId(1), 'not-active');
      expect((await disk.overview()).stranded).toEqual([commandId(1)]);
      expect((await disk.waiting(0)).map(({ id }) => id)).toEqual([commandId(2)]);
      await disk.retry(commandId(1), commandId(3), T);
      expect((await disk.waiting(0)).map(({ id }) => id)).toEqual([commandId(2), commandId(3)]);
      await disk.refuse(commandId(3), 'not-active');
      await disk.discard(commandId(3));
      await disk.discard(commandId(2));
      expect((await disk.overview()).outbox.map(({ id }) => id)).toEqual([commandId(2)]);
    });

    test('the transcript’s window holds the newest shown events only', async () => {
      await grantChat1();
      const more = Array.from({ length: 150 }, (_, n) => fromCustomer(`n${n}`));
      await disk.applyBatch([interactionPart(chat1, 3, ...more)]);
      const window = await disk.transcript(chat1, 100);
      expect(window.events).toHaveLength(100);
      expect(window.events[0]?.seq).toBe(54);
      expect(window.events.at(-1)?.seq).toBe(153);
      expect(window.hasEarlier).toBe(true);
      expect((await disk.transcript(chat1, 153)).hasEarlier).toBe(false);
      expect((await disk.interaction(chat1))?.unread).toHaveLength(100);
    });

    test('a window looks further back where hardly anything is shown', async () => {
      await grantChat1();
      const hidden = Array.from({ length: 150 }, () => ({
        type: 'offer-shown' as const,
        offer: offer1,
        agent: me,
        answerBy: T,
      }));
      await disk.applyBatch([interactionPart(chat1, 3, ...hidden, fromCustomer('at last'))]);
      const window = await disk.transcript(chat1, 100);
      expect(window.events.map(({ seq }) => seq)).toEqual([1, 2, 3, 154]);
      expect(window.hasEarlier).toBe(false);
    });

    test('the same agent signs in again and finds everything; another one finds nothing', async () => {
      await grantChat1();
      await disk.enqueue(post(1));
      await disk.expire('an older one');
      expect(await disk.greeting()).not.toBeNull();
      await disk.expire(account.refreshToken);
      expect(await disk.greeting()).toBeNull();
      await disk.signIn({ ...account, refreshToken: 'refresh-9' });
      expect((await disk.greeting())?.account).toMatchObject({
        refreshToken: 'refresh-9',
        claim: true,
      });
      expect(await disk.waiting(0)).toHaveLength(1);
      const desk = await disk.desk(() => 'desk-1' as DeskId);
      await disk.signIn({ ...account, agent: 'agent-bea' as AgentId });
      expect(await disk.waiting(0)).toEqual([]);
      expect(await disk.openInteractions()).toEqual([]);
      expect((await disk.greeting())?.agentSeq).toBe(0);
      expect(await disk.desk(() => 'desk-2' as DeskId)).toBe(desk);
    });

    test('signing out removes everything but the desk’s id, the server’s address and the language', async () => {
      await grantChat1();
      await disk.desk(() => 'desk-1' as DeskId);
      await disk.speak('de');
      await disk.signOut();
      expect(await disk.greeting()).toBeNull();
      expect(await disk.interaction(chat1)).toBeNull();
      expect(await disk.fact('account')).toBeNull();
      expect(await disk.fact('lastServer')).toBe(account.server);
      expect(await disk.fact('desk')).toBe('desk-1' as DeskId);
      expect(await disk.fact('language')).toBe('de');
      expect((await disk.applyBatch([agentPart(1, offerMade())])).parts).toEqual(['duplicate']);
      expect(await disk.offers()).toEqual([]);
    });

    test('STATE-11: a claim lasts until the welcome', async () => {
      expect((await disk.greeting())?.account.claim).toBe(false);
      await disk.claim();
      expect((await disk.greeting())?.account.claim).toBe(true);
      await disk.applyWelcome(welcome({ snapshot: null }));
      expect((await disk.greeting())?.account.claim).toBe(false);
    });

    test('history and orphaned drafts are trimmed to what is kept', async () => {
      await disk.applyBatch([
        agentPart(0, granted(), granted(chat2), revoked('done', chat2), revoked('done')),
      ]);
      await disk.saveDraft(chat1, { text: 'of a done one' }, 1);
      for (const n of [1, 2, 3])
        await disk.saveDraft(`gone-${n}` as typeof chat1, { text: 'x' }, n);
      await disk.trim({ done: 1, drafts: 2 });
      expect((await disk.doneInteractions(20)).map((row) => row.interaction)).toEqual([chat1]);
      expect(await disk.draft(chat1)).not.toBeNull();
      expect(await disk.draft('gone-1' as typeof chat1)).toBeNull();
      expect(await disk.draft('gone-3' as typeof chat1)).not.toBeNull();
    });

    test('TRUST-5: the outbox has a limit with a name', async () => {
      for (let n = 0; n < OUTBOX_ROWS_MAX; n++) await disk.enqueue(post(n, 'x'));
      expect(await disk.enqueue(post('one-more'))).toBe('full');
    }, 20_000);
  });
}
