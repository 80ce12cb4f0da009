import { type CommandId, type InteractionId, interactionOf } from '../../protocol/ids.ts';
import type { Content } from '../../protocol/parts.ts';
import type { Clock } from '../clock.ts';
import type { Handle } from '../handle.ts';
import type { SystemCommand } from '../interactions/command.ts';
import { type Store, type StoredEvent, StoreUnavailable } from '../store/contract.ts';
import type { MailId, WaitingMail } from '../store/mails.ts';
import type { Letter } from '../transcript/print-thread.ts';
import { ATTEMPTS_MAX, backOffMs } from './back-off.ts';
import type { Sent, Transport } from './transport.ts';

export type OutgoingDeps = {
  readonly store: Pick<Store, 'mails' | 'read'>;
  readonly handle: Pick<Handle, 'handle'>;
  readonly clock: Clock;
  /** Every stored event; returns a function that ends it. */
  readonly onEvents: (hear: (events: readonly StoredEvent[]) => void) => () => void;
  readonly transport: Transport;
  /** The transcript as of this event, in its words; null: there is none. */
  readonly letter: (interaction: InteractionId, upTo: number) => Promise<Letter | null>;
  readonly sender: () => string;
  /** Right of the @ in Message-IDs; the same for ever, whatever the settings say. */
  readonly host: string;
  readonly newCommandId: () => CommandId;
  /** 0 ≤ chance < 1. */
  readonly chance: () => number;
  /** Hears of what an operator should know; nothing that people wrote. */
  readonly failed: (mail: MailId, attempts: number, why: string) => void;
};

export type Outgoing = {
  /** Takes no more; resolves when the attempts under way have ended, at the latest after so long. */
  readonly close: (ms: number) => Promise<void>;
};

/** Attempts under way at once: mail servers allow few connections, and each mail has a PDF. */
const AT_ONCE = 4;
/** Looked at in one go; what is due first comes first, so the rest is only later. */
const LOOKED_AT = 100;
const STORE_RETRY_MS = 1_000;

/**
 * Sends what waits in the store. An attempt is counted before it is made and its end is told
 * through `handle`: what was under way when the process died is tried again after its back-off,
 * under the same Message-ID, and what is told to be sent is never sent again.
 */
export function createOutgoing(deps: OutgoingDeps): Outgoing {
  const { store, handle, clock, transport, chance, failed } = deps;
  const underWay = new Map<string, Promise<void>>();
  /** While the store was asked what waits: its answer may be from before that. */
  const endedMeanwhile = new Set<string>();
  let looking = false;
  let lookAgain = false;
  let cancelTimer = () => {};
  let closed = false;

  const stop = deps.onEvents((events) => {
    if (events.some(({ body }) => body.type === 'transcript-requested')) look();
  });

  function look(): void {
    lookAgain = looking;
    if (looking || closed) return;
    looking = true;
    void begin()
      .catch(weather)
      .finally(() => {
        looking = false;
        if (lookAgain) look();
      });
  }

  async function begin(): Promise<void> {
    endedMeanwhile.clear();
    const waiting = await store.mails.waiting(LOOKED_AT);
    if (closed) return;
    cancelTimer();
    for (const mail of waiting) {
      if (underWay.has(keyOf(mail)) || endedMeanwhile.has(keyOf(mail))) continue;
      if (mail.dueAt > clock.now()) {
        lookAt(mail.dueAt);
        return;
      }
      // Whoever ends looks again.
      if (underWay.size >= AT_ONCE) return;
      underWay.set(keyOf(mail), attempted(mail).then(...ending(mail)));
    }
  }

  /** What comes next after an attempt; where the store is away, not at once. */
  const ending = (mail: MailId) => {
    const gone = () => {
      underWay.delete(keyOf(mail));
      endedMeanwhile.add(keyOf(mail));
    };
    const after = () => {
      gone();
      look();
    };
    const failing = (error: unknown) => {
      gone();
      weather(error);
    };
    return [after, failing] as const;
  };

  function weather(error: unknown): void {
    if (!(error instanceof StoreUnavailable)) throw error;
    if (!closed) lookAt(clock.now() + STORE_RETRY_MS);
  }

  function lookAt(time: number): void {
    cancelTimer();
    cancelTimer = clock.at(time, look);
  }

  async function attempted(mail: WaitingMail): Promise<void> {
    const interaction = interactionOf(mail.stream);
    if (interaction === null) throw new Error(`a mail of ${mail.stream}`);
    const attempts = mail.attempts + 1;
    if (attempts > ATTEMPTS_MAX) return over(interaction, mail, 'unreachable');
    const dueAt = clock.now() + backOffMs(attempts, chance());
    await store.mails.tried({ ...mail, attempts, dueAt });
    const sent = await send(interaction, mail);
    if (sent === 'removed') return over(interaction, mail, 'removed');
    if (sent.type === 'accepted')
      return tell({ type: 'transcript-sent', interaction, request: mail.seq });
    failed(mail, attempts, sent.why);
    if (sent.type === 'refused') return over(interaction, mail, 'refused');
    if (attempts === ATTEMPTS_MAX) return over(interaction, mail, 'unreachable');
  }

  async function send(interaction: InteractionId, mail: MailId): Promise<Sent | 'removed'> {
    const [asked] = await store.read(mail.stream, mail.seq - 1, 1, 1);
    const to = (asked?.content as Content | null | undefined)?.email;
    if (asked === undefined || to === undefined) return 'removed';
    const letter = await written(interaction, mail.seq);
    if (letter === null) return 'removed';
    if ('type' in letter) return letter;
    return transport.send({
      ...letter,
      to,
      messageId: `${interaction}.${mail.seq}@${deps.host}`,
      date: asked.at,
      sender: deps.sender(),
      fileName: `transcript-${interaction}.pdf`,
    });
  }

  /** What one conversation does to the printer is no reason for all others to end. */
  async function written(interaction: InteractionId, upTo: number): Promise<Letter | Sent | null> {
    try {
      return await deps.letter(interaction, upTo);
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      return { type: 'later', why: `not printed: ${(error as Error).name}` };
    }
  }

  const over = (
    interaction: InteractionId,
    { seq: request }: MailId,
    why: 'refused' | 'unreachable' | 'removed',
  ): Promise<void> => tell({ type: 'transcript-failed', interaction, request, why });

  /** Until it is stored; under one id, so that it is told once. */
  async function tell(command: SystemCommand): Promise<void> {
    const id = deps.newCommandId();
    for (;;) {
      const answer = await handle.handle({ kind: 'system' }, id, command);
      if (answer.type === 'ack' || answer.retryMs === null || closed) return;
      const { retryMs } = answer;
      await new Promise<void>((resolve) => void clock.at(clock.now() + retryMs, resolve));
    }
  }

  look();
  return {
    async close(ms) {
      closed = true;
      stop();
      cancelTimer();
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const cancel = clock.at(clock.now() + ms, resolve);
      await Promise.race([Promise.allSettled(underWay.values()), late]);
      cancel();
      transport.close();
    },
  };
}

const keyOf = ({ stream, seq }: MailId): string => `${stream} ${seq}`;
