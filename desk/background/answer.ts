import type { CommandId, OfferId } from '../../protocol/ids.ts';
import type { DeskClock } from '../clock.ts';
import type { DeskDisk } from '../disk/contract.ts';
import { serverNow } from '../server-time.ts';

/** The agent has answered outside of the panel: the same outbox row as from inside. */
export async function answerOffer(
  disk: DeskDisk,
  clock: DeskClock,
  newId: () => string,
  offer: OfferId,
  type: 'accept' | 'reject',
): Promise<void> {
  const { offers, outbox, time } = await disk.overview();
  const row = offers.find((one) => one.offer === offer);
  const isAnswered = outbox.some(
    ({ state, command }) => state !== 'refused' && 'offer' in command && command.offer === offer,
  );
  if (row === undefined || isAnswered) return;
  const { interaction } = row;
  const command = { type, interaction, offer };
  const createdAt = serverNow(time, clock);
  await disk.enqueue({ id: newId() as CommandId, command, createdAt });
  // The panel that is opened now comes to it.
  if (type === 'accept') await disk.select(interaction);
}
