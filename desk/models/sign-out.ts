import { effect } from '@preact/signals';
import type { CommandId } from '../../protocol/ids.ts';
import type { Overview } from '../disk/contract.ts';
import { signOutAt } from '../server-api.ts';
import type { Desk } from './desk-context.ts';
import type { SessionModel } from './panel-model.ts';
import { waitingOf } from './waiting.ts';

type SignOutAnswer = Awaited<ReturnType<SessionModel['signOut']>>;

/** A server that says nothing for so long is treated as away. */
const ANSWER_MS = 5_000;

/**
 * STATE-9. The server is asked while it is there; when it isn't, this desk leaves all the same,
 * and the server takes the agent out of routing when it has been silent for long enough.
 */
export async function signOut(desk: Desk): Promise<SignOutAnswer> {
  const { disk, fetch, access, nudge, newId, serverNow } = desk;
  const seen = await disk.overview();
  const no = reasonToStay(seen);
  if (no !== null) return no;

  if (seen.account?.signedIn && seen.connection?.state === 'live') {
    const id = newId() as CommandId;
    await disk.enqueue({ id, command: { type: 'sign-out' }, createdAt: serverNow() });
    nudge({ type: 'disk' });
    const refusal = await refusalOf(desk, id);
    if (refusal !== null) {
      await disk.discard(id);
      if (refusal === 'still-owning' || refusal === 'offer-ringing') return refusal;
    }
  }
  if (seen.account !== null) void signOutAt(fetch, seen.account.server, seen.account.refreshToken);
  await disk.signOut();
  await access.write(null);
  nudge({ type: 'disk' });
  return 'signed-out';
}

function reasonToStay(seen: Overview): SignOutAnswer | null {
  if (seen.open.some(({ head }) => !head.isParked)) return 'still-owning';
  if (seen.offers.length > 0) return 'offer-ringing';
  const { messages, changes } = waitingOf(seen.outbox);
  const failed = seen.outbox.some(
    ({ state, command }) => state === 'refused' && command.type === 'post',
  );
  if (messages + changes > 0) return 'unsent';
  return failed ? 'failed' : null;
}

/** What became of the row: null when it was stored, or nobody answered in time. */
function refusalOf({ overview, clock }: Desk, id: CommandId): Promise<string | null> {
  return new Promise((resolve) => {
    let written = false;
    const done = (refusal: string | null) => {
      cancel();
      queueMicrotask(() => stop());
      resolve(refusal);
    };
    const cancel = clock.at(clock.now() + ANSWER_MS, () => done(null));
    const stop = effect(() => {
      const row = overview.value?.outbox.find((one) => one.id === id);
      if (row?.state === 'refused') done(row.refusal);
      else if (row?.state === 'acknowledged' || (row === undefined && written)) done(null);
      else if (overview.value?.account?.signedIn !== true) done(null);
      written ||= row !== undefined;
    });
  });
}
