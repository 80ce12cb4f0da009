import { afterAll, expect, test, vi } from 'vitest';
import type { InteractionId, QueueId } from '../../../protocol/ids.ts';
import { ATTEMPTS_MAX, backOffMs } from '../../../server/mail/back-off.ts';
import { createOutgoing, type Outgoing } from '../../../server/mail/outgoing.ts';
import { createSmtp } from '../../../server/mail/smtp.ts';
import { parseSmtpUrl } from '../../../server/mail/smtp-url.ts';
import type { Transport } from '../../../server/mail/transport.ts';
import { StoreUnavailable } from '../../../server/store/contract.ts';
import type { MailStore } from '../../../server/store/mails.ts';
import { createPrinter } from '../../../server/transcript/printer.ts';
import { readTranscript } from '../../../server/transcript/read-transcript.ts';
import { by, byCustomer } from '../given.ts';
import { Spine } from '../spine.ts';
import { post, start } from '../stories.ts';
import { mailServer, no } from './mail-server.ts';

const printer = createPrinter();
afterAll(() => printer.close());

/** Ana and Bo have talked, and Bo has sent her the transcript. */
async function world(port: number) {
  const spine = await new Spine({ skills: { bo: {} } }).route();
  await spine.ready('bo');
  const begun = await spine.ask(byCustomer('ana'), {
    ...start(),
    queue: 'orders' as QueueId,
    email: 'ana@example.org',
    name: 'Ana',
  } as never);
  if (begun.type !== 'ack') throw new Error(begun.refusal);
  const id = begun.stream.slice('interaction:'.length) as InteractionId;
  await spine.answer('offer-shown', 'bo', id);
  await spine.answer('accept', 'bo', id);
  await spine.ask(byCustomer('ana'), post(id, 'Where is it?'));
  const failures: string[] = [];
  const startSending = (transport: Transport = smtpAt(port)): Outgoing => {
    const outgoing = createOutgoing({
      store: spine.store,
      handle: { handle: (actor, command, what) => spine.handle(actor, what, command) },
      clock: spine.time(),
      onEvents: (hear) => spine.onEvents(hear),
      transport,
      async letter(interaction, upTo) {
        const transcript = await readTranscript(
          spine.store,
          interaction,
          { kind: 'customer' },
          upTo,
        );
        const manner = { centre: 'Harbour', language: 'en', timeZone: null } as const;
        return transcript && printer.letter(transcript, manner);
      },
      sender: () => 'Harbour',
      host: 'desk.example',
      newCommandId: () => spine.newCommand(),
      chance: () => 0,
      failed: (_, attempts, why) => void failures.push(`${attempts}: ${why}`),
    });
    return outgoing;
  };
  const send = (to: string | null = null) =>
    spine.ask(by('bo'), { type: 'send-transcript', interaction: id, to });
  /** What stands in the interaction about its mails. */
  const told = async () => {
    const events = await spine.store.read(`interaction:${id}`, 0, 1_000, 1_000_000);
    return events.flatMap(({ body }) =>
      body.type === 'transcript-failed'
        ? [body.why]
        : body.type.startsWith('transcript-')
          ? [body.type.slice('transcript-'.length)]
          : [],
    );
  };
  /** Real mail takes real time. */
  const until = (what: () => Promise<unknown> | unknown, is: unknown) =>
    vi.waitFor(
      async () => {
        await spine.clock.settle();
        expect(await what()).toEqual(is);
      },
      { timeout: 10_000, interval: 20 },
    );
  return { spine, id, startSending, send, told, until, failures };
}

const smtpAt = (port: number) =>
  createSmtp(parseSmtpUrl(`smtp://127.0.0.1:${port}?tls=never`)!, 'desk@shop.example', {
    connectMs: 2_000,
    greetMs: 2_000,
    silentMs: 5_000,
  });

test('END-6: what an agent sends arrives, and the interaction says so', async () => {
  const { port, received } = await mailServer();
  const { startSending, send, told, until, id, spine } = await world(port);
  startSending();
  expect(await send()).toMatchObject({ type: 'ack' });
  await until(told, ['requested', 'sent']);
  expect(received.map(({ to }) => to)).toEqual([['ana@example.org']]);
  expect(received[0]?.text).toMatch(new RegExp(`Message-ID: <${id}\\.\\d+@desk\\.example>`));
  expect(received[0]?.text).toContain('Where is it?');
  expect(await spine.store.mails.waiting(10)).toEqual([]);
});

test('END-6: not now (4xx) is tried again after a while, under the same Message-ID', async () => {
  const { port, received } = await mailServer({ data: (n) => (n < 3 ? no(451) : null) });
  const { startSending, send, told, until, failures, spine } = await world(port);
  startSending();
  await send();
  await until(() => failures.length, 1);
  await spine.advance(backOffMs(1, 0) - 1);
  expect(failures).toHaveLength(1);
  await spine.advance(1);
  await until(() => failures.length, 2);
  await spine.advance(backOffMs(2, 0));
  await until(told, ['requested', 'sent']);
  expect(received).toHaveLength(1);
});

test('END-6: a mail server that is down loses nothing: once it is up the mail goes out', async () => {
  const first = await mailServer();
  const { startSending, send, told, until, failures, spine } = await world(first.port);
  await first.stop();
  startSending();
  await send();
  await until(() => failures.length, 1);
  const again = await mailServer({ port: first.port });
  await spine.advance(backOffMs(1, 0));
  await until(told, ['requested', 'sent']);
  expect(again.received).toHaveLength(1);
});

test('END-6: a no for good ends it, and the agent is told', async () => {
  const { port } = await mailServer({ rcpt: () => no(550) });
  const { startSending, send, told, until, spine } = await world(port);
  startSending();
  await send('nobody@example.org');
  await until(told, ['requested', 'refused']);
  expect(await spine.store.mails.waiting(10)).toEqual([]);
});

test('END-6: killed before it was tried, it goes out after the restart', async () => {
  const { port, received } = await mailServer();
  const { startSending, send, told, until, spine } = await world(port);
  await send();
  spine.restart();
  startSending();
  await until(told, ['requested', 'sent']);
  expect(received).toHaveLength(1);
});

test('END-6: killed after it was told to be sent, it is never sent again', async () => {
  const { port, received } = await mailServer();
  const { startSending, send, told, until, spine } = await world(port);
  startSending();
  await send();
  await until(told, ['requested', 'sent']);
  spine.restart();
  startSending();
  await spine.advance(24 * 3_600_000);
  expect(await told()).toEqual(['requested', 'sent']);
  expect(received).toHaveLength(1);
});

test('END-6: killed between the server’s yes and the store’s, it goes again only after its back-off, as the same mail', async () => {
  const { port, received } = await mailServer();
  const { startSending, send, told, until, spine } = await world(port);
  const smtp = smtpAt(port);
  // The process dies with the answer in its hands.
  startSending({
    send: (mail) => smtp.send(mail).then(() => new Promise(() => {})),
    close: smtp.close,
  });
  await send();
  await until(() => received.length, 1);
  spine.restart();
  startSending();
  await spine.clock.settle();
  expect(await told()).toEqual(['requested']);
  await spine.advance(backOffMs(1, 0));
  await until(told, ['requested', 'sent']);
  const ids = received.map(({ text }) => /^Message-ID: (.*)$/m.exec(text)?.[1]);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
});

test('TRUST-5: after a day of attempts it is given up, and the agent is told', async () => {
  const { startSending, send, told, until, spine, failures } = await world(1);
  startSending({ send: async () => ({ type: 'later', why: 'ESOCKET' }), close: () => {} });
  await send();
  for (let n = 1; n <= ATTEMPTS_MAX; n++) {
    await until(() => failures.length, n);
    await spine.advance(backOffMs(n, 0));
  }
  await until(told, ['requested', 'unreachable']);
  expect(failures).toHaveLength(ATTEMPTS_MAX);
});

test('GUARD-2: an address that was removed meanwhile gets nothing', async () => {
  const { port, received } = await mailServer();
  const { startSending, send, told, until, spine, id } = await world(port);
  await send();
  const stream = `interaction:${id}` as const;
  const [mail] = await spine.store.mails.waiting(1);
  const seq = (await spine.store.load(stream))?.seq ?? 0;
  await spine.store.append({
    principal: 'system',
    commandId: spine.newCommand(),
    hash: '',
    answer: '{}',
    at: spine.clock.now(),
    streams: [
      {
        stream,
        expected: seq,
        events: [{ body: { type: 'content-removed', seqs: [mail!.seq] } }],
        blank: [mail!.seq],
        snapshot: null,
      },
    ],
  });
  spine.restart();
  startSending();
  await until(told, ['requested', 'removed']);
  expect(received).toEqual([]);
});

test('END-6: what ended while the store was asked what waits isn’t sent again', async () => {
  const { spine, startSending, send, until, told } = await world(1);
  const { mails } = spine.store;
  const held: (() => void)[] = [];
  let holds = false;
  Object.assign(spine.store, {
    mails: {
      ...mails,
      async waiting(limit) {
        const rows = await mails.waiting(limit);
        if (holds) await new Promise<void>((resolve) => void held.push(resolve));
        return rows;
      },
    } satisfies MailStore,
  });
  const { promise: taken, resolve: take } = Promise.withResolvers<void>();
  let sends = 0;
  const outgoing = startSending({
    async send() {
      sends++;
      holds = true;
      await taken;
      return { type: 'accepted' };
    },
    close: () => {},
  });
  await send();
  await until(() => sends, 1);
  // The next look reads the row as it was before its attempt was counted, and waits.
  const [before] = await mails.waiting(1);
  let old = [{ ...before!, dueAt: 0 }];
  Object.assign(mails, { waiting: async () => old });
  await send('eve@example.org');
  await until(() => held.length, 1);
  old = [];
  take();
  await until(told, ['requested', 'requested', 'sent']);
  holds = false;
  for (const go of held) go();
  await spine.clock.settle();
  // The clock stands: it waits for whatever attempt there is.
  await outgoing.close(1);
  expect(sends).toBe(1);
});

test('END-6: who closes the server waits for the attempt under way', async () => {
  const { startSending, send, until, told } = await world(1);
  const { promise, resolve } = Promise.withResolvers<void>();
  let trying = false;
  const outgoing = startSending({
    async send() {
      trying = true;
      await promise;
      return { type: 'accepted' };
    },
    close: () => {},
  });
  await send();
  await until(() => trying, true);
  const closed = outgoing.close(2_000);
  resolve();
  await closed;
  expect(await told()).toEqual(['requested', 'sent']);
});

test('TRUST-5: while nothing can be stored it isn’t tried again at once', async () => {
  const { spine, startSending, send, until, told } = await world(1);
  let looks = 0;
  let full = true;
  const { mails } = spine.store;
  Object.assign(spine.store, {
    mails: {
      ...mails,
      tried(mail) {
        looks++;
        return full ? Promise.reject(new StoreUnavailable('the disk is full')) : mails.tried(mail);
      },
    } satisfies MailStore,
  });
  startSending({ send: async () => ({ type: 'accepted' }), close: () => {} });
  await send();
  await until(() => looks, 1);
  await spine.advance(999);
  expect(looks).toBe(1);
  await spine.advance(1);
  await until(() => looks, 2);
  full = false;
  await spine.advance(1_000);
  await until(told, ['requested', 'sent']);
});

test('TRUST-5: each attempt waits longer, up to an hour, and not all at once', () => {
  expect([1, 2, 3, 8, 30].map((n) => backOffMs(n, 0))).toEqual([
    15_000, 30_000, 60_000, 1_800_000, 1_800_000,
  ]);
  expect(backOffMs(1, 0.999)).toBeGreaterThan(29_000);
  expect(backOffMs(30, 0.999)).toBeLessThanOrEqual(3_600_000);
});
