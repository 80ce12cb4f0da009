import { browser } from 'wxt/browser';
import type { OfferId } from '../../protocol/ids.ts';
import type { DeskClock } from '../clock.ts';
import { type Badge, type BadgeState, badgeOf, ringingBadges } from './badge-state.ts';
import type { Bell } from './ringing.ts';
import type { Words } from './words.ts';

/** Slow enough for photosensitive people (WCAG 2.3.1 allows three flashes a second). */
const BLINK_MS = 700;

const action = () => browser.action ?? browser.browserAction;

async function put({ text, colour }: Badge): Promise<void> {
  await action().setBadgeText({ text });
  await action().setBadgeBackgroundColor({ color: colour });
}

/** The toolbar icon's badge and tooltip. While it blinks, what it tells otherwise waits. */
export function createBadge(clock: DeskClock, words: Words) {
  let state: BadgeState | null = null;
  let stopBlinking: (() => void) | null = null;

  function blinkOn(n: 0 | 1): Promise<void> {
    stopBlinking = clock.at(clock.now() + BLINK_MS, () => void blinkOn(n === 0 ? 1 : 0));
    return put(ringingBadges[n]);
  }

  async function tell(next: BadgeState): Promise<void> {
    state = next;
    await action().setTitle({ title: words.icon(next) });
    if (stopBlinking === null) await put(badgeOf(next));
  }

  async function blink(on: boolean): Promise<void> {
    stopBlinking?.();
    stopBlinking = null;
    if (on) await blinkOn(0);
    else if (state !== null) await put(badgeOf(state));
  }
  return { tell, blink };
}

const notificationOf = (offer: OfferId) => `offer ${offer}`;

/** The offer that a notification is about; null: it is another one's. */
export const offerOf = (notification: string): OfferId | null =>
  notification.startsWith('offer ') ? (notification.slice(6) as OfferId) : null;

export function createNotifications(words: Words): Pick<Bell, 'notify' | 'unnotify'> {
  return {
    async notify(offer, queue) {
      const { title, text } = words.offer(offer, queue);
      await browser.notifications.create(notificationOf(offer.offer), {
        type: 'basic',
        iconUrl: '/icons/128.png',
        title,
        message: text,
        ...(hasButtons()
          ? {
              buttons: [{ title: words.accept() }, { title: words.reject() }],
              requireInteraction: true,
              priority: 2,
            }
          : {}),
      });
    },
    async unnotify(offer) {
      await browser.notifications.clear(notificationOf(offer));
    },
  };
}

/** Firefox's notifications have no buttons and refuse the option. */
const hasButtons = () => 'offscreen' in browser;

/** Those of a worker that was stopped while something rang. */
export async function clearNotifications(): Promise<void> {
  const all = await browser.notifications.getAll();
  for (const id of Object.keys(all))
    if (offerOf(id) !== null) await browser.notifications.clear(id);
}
