import { randomBytes } from 'node:crypto';
import { nanoid } from 'nanoid';
import type { CommandId, QueueId } from '../../protocol/ids.ts';
import { createCustomerLink } from '../../widget/chat/link.ts';
import { createMemoryDrive } from '../../widget/chat/memory-disk.ts';
import { SITE } from '../bench/bench-centre.ts';
import type { Ledger } from './chaos-ledger.ts';
import { chaosSocket, realClock } from './chaos-socket.ts';

const OUTBOX_MAX = 6;

/** A customer with the shipped link over a real socket: writes on and on. */
export function chaosCustomer(url: string, n: number, ledger: Ledger) {
  const secret = randomBytes(32).toString('base64url');
  let said = 0;
  const link = createCustomerLink({
    clock: realClock,
    random: Math.random,
    ids: () => nanoid() as CommandId,
    secret: () => secret,
    disk: createMemoryDrive().open(),
    site: SITE,
    changed: () => {},
    transport: (hear) => chaosSocket(`${url.replace('http', 'ws')}/customer`, url, ledger, hear),
  });
  void link.open();
  return {
    start: (queue: QueueId) => link.start({ queue, language: 'en', name: `Customer ${n}` }),
    work(): void {
      if (link.state().pending.length < OUTBOX_MAX && Math.random() < 0.25)
        link.post(`customer ${n} says ${++said}`);
    },
    isIdle: () => link.state().connection === 'live' && link.state().pending.length === 0,
    interaction: () => link.state().talk?.interaction ?? null,
    texts: (): string[] =>
      (link.state().talk?.entries ?? []).flatMap((entry) =>
        entry.kind === 'message' ? [entry.text ?? ''] : [],
      ),
    close: () => link.close(),
  };
}
export type ChaosCustomer = ReturnType<typeof chaosCustomer>;
