import type { DeskDisk } from '../disk/contract.ts';
import type { Sender } from '../outbox/sender.ts';
import { stableId } from '../outbox/stable-id.ts';
import type { LinkDeps } from './contract.ts';

/**
 * OFFER-4: makes the offers on the disk ring, and tells the server only then that they are shown.
 * After one that was not shown it tells that offers can be shown again. One look at a time; calls
 * during a look are answered by one more look.
 */
export function createShowing(
  disk: Pick<DeskDisk, 'offers' | 'agent'>,
  show: LinkDeps['show'],
  sender: Pick<Sender, 'askFor'>,
  onTrouble: (what: string, cause: unknown) => void,
): () => void {
  let looking = false;
  let again = false;

  async function look(): Promise<void> {
    const offers = await disk.offers();
    const agent = await disk.agent();
    if (!(await show(offers))) return sender.askFor([]);
    const shown = offers
      .filter(({ answerBy }) => answerBy === null)
      .map(({ offer, interaction }) => ({
        id: stableId('offer-shown', offer),
        command: { type: 'offer-shown', interaction, offer } as const,
      }));
    const missed = agent?.notShown ?? null;
    const canShow =
      missed === null
        ? []
        : [{ id: stableId('can-show', missed), command: { type: 'can-show' } as const }];
    sender.askFor([...shown, ...canShow]);
  }

  async function keepLooking(): Promise<void> {
    while (again) {
      again = false;
      await look().catch((error: unknown) => onTrouble('an offer could not be shown', error));
    }
    looking = false;
  }

  return () => {
    again = true;
    if (looking) return;
    looking = true;
    void keepLooking();
  };
}
