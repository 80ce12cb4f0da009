import type { OfferId } from '../../protocol/ids.ts';
import type { DeskClock } from '../clock.ts';
import type { Overview } from '../disk/contract.ts';
import type { OfferRow } from '../disk/rows.ts';
import { serverNow } from '../server-time.ts';

export type Ringing = {
  /** Makes what waits for an answer ring, and nothing else. Resolves when a person can notice it. */
  readonly follow: (overview: Overview) => Promise<void>;
};

/** What a browser can do to be noticed. Each of these may fail by itself. */
export type Bell = {
  readonly blink: (on: boolean) => Promise<void>;
  readonly sound: (on: boolean) => Promise<void>;
  readonly notify: (offer: OfferRow, queue: string) => Promise<void>;
  readonly unnotify: (offer: OfferId) => Promise<void>;
};

/**
 * OFFER-3: rings from the moment that an offer is on the disk until it is answered here, is over,
 * or its time has run out. One notification per offer; one sound for all.
 */
export function createRinging(
  bell: Bell,
  clock: DeskClock,
  onTrouble: (what: string, cause: unknown) => void,
): Ringing {
  const notified = new Set<OfferId>();
  /** Null at first: a worker that was stopped may have left the bell on. */
  let isOn: boolean | null = null;
  let cancel = () => {};

  const tried = (what: string, action: Promise<void>) =>
    action.catch((cause: unknown) => onTrouble(what, cause));

  /** Without a badge nobody may notice: this one may fail the whole, and is tried again next time. */
  const blink = (on: boolean) =>
    bell.blink(on).catch((cause: unknown) => {
      isOn = null;
      throw cause;
    });

  async function follow(overview: Overview): Promise<void> {
    const now = serverNow(overview.time, clock);
    const ringing = ringingOf(overview, now);
    const on = ringing.length > 0;
    const work: Promise<void>[] = [];
    if (on !== isOn) {
      isOn = on;
      work.push(blink(on), tried('no sound', bell.sound(on)));
    }
    for (const offer of ringing) {
      if (notified.has(offer.offer)) continue;
      notified.add(offer.offer);
      work.push(tried('no notification', bell.notify(offer, queueName(overview, offer))));
    }
    for (const offer of notified) {
      if (ringing.some((one) => one.offer === offer)) continue;
      notified.delete(offer);
      work.push(tried('a notification stays', bell.unnotify(offer)));
    }
    cancel();
    const end = Math.min(...ringing.map(ringsUntil));
    if (on) cancel = clock.at(clock.now() + (end - now), () => void follow(overview));
    await Promise.all(work);
  }

  return { follow };
}

function ringingOf({ offers, outbox }: Overview, now: number): readonly OfferRow[] {
  return offers.filter(
    (row) =>
      now < ringsUntil(row) &&
      !outbox.some(
        ({ state, command }) =>
          state !== 'refused' &&
          (command.type === 'accept' || command.type === 'reject') &&
          command.offer === row.offer,
      ),
  );
}

/** The server says when it is over; cut off from it, the desk stops by itself. */
const ringsUntil = ({ answerBy, showBy, answerMs }: OfferRow): number =>
  answerBy ?? showBy + answerMs;

const queueName = ({ agent }: Overview, { queue }: OfferRow): string =>
  agent?.centre.queues.find(({ id }) => id === queue)?.name ?? queue;
