import { nanoid } from 'nanoid';
import { browser } from 'wxt/browser';
import type { DeskId } from '../../protocol/ids.ts';
import { systemClock as clock } from '../clock.ts';
import { openDexieDisk } from '../disk/dexie/open.ts';
import { ephemeralChannel } from '../ephemeral.ts';
import type { Link } from '../link/contract.ts';
import { createLink } from '../link.ts';
import { isNudge } from '../nudge.ts';
import { createTokens } from '../tokens.ts';
import { connectBySocket } from '../transport.ts';
import { sessionAccess } from './access-store.ts';
import { answerOffer } from './answer.ts';
import { atMostEvery } from './at-most-every.ts';
import { badgeState } from './badge-state.ts';
import { clearNotifications, createBadge, createNotifications, offerOf } from './bell.ts';
import { followWindows, openOnIconClick, openPanel } from './open-panel.ts';
import { createRinging } from './ringing.ts';
import { createSound, type Tone } from './sound.ts';
import type { Words } from './words.ts';

/** History that stays on this machine; the server has all of it. */
const KEPT = { done: 10_000, drafts: 200 } as const;

/** The badge follows a burst of messages this often. */
const SHOW_MS = 300;

/**
 * The desk of this browser: one link, one bell, for all windows and whether a panel is open or not
 * (STATE-9). It holds nothing that it doesn't find on the disk again after the worker was stopped.
 */
export function startDesk(words: Words, tone: Tone | null): void {
  const disk = openDexieDisk();
  const { tell: onTyping } = ephemeralChannel();
  const badge = createBadge(clock, words);
  const bell = { ...createNotifications(words), blink: badge.blink, sound: createSound(tone) };
  const ringing = createRinging(bell, clock, complain);

  const cleared = clearNotifications().catch(complain);
  const show = async () => {
    await cleared;
    const [overview, language] = await Promise.all([disk.overview(), disk.fact('language')]);
    // An offer rings in whatever words there are.
    await words.speak(language).catch(complain);
    await ringing.follow(overview);
    await badge.tell(badgeState(overview));
  };
  const showSoon = atMostEvery(SHOW_MS, clock, () => void show().catch(complain));
  const link = createLink({
    disk,
    clock,
    connect: connectBySocket,
    random: Math.random,
    newDesk: () => nanoid() as DeskId,
    token: createTokens(disk, sessionAccess(), fetch.bind(globalThis), clock),
    show: async () => {
      await show();
      return true;
    },
    onTyping,
    onState: showSoon,
    onStored: showSoon,
    onTrouble: complain,
  });

  const wake = () => {
    link.wake();
    showSoon();
  };
  listen(link, wake, (offer, type) =>
    answerOffer(disk, clock, nanoid, offer, type).then(wake).catch(complain),
  );
  wake();
  openOnIconClick().catch(complain);
  disk.trim(KEPT).catch(complain);
}

/** All listeners at once and at the start: an event that wakes the worker finds its listener. */
function listen(
  link: Link,
  wake: () => void,
  answer: (offer: NonNullable<ReturnType<typeof offerOf>>, type: 'accept' | 'reject') => unknown,
): void {
  const lastWindow = followWindows();
  const revive = () => {
    wake();
    link.hurry();
  };
  browser.runtime.onMessage.addListener((message: unknown) => {
    if (!isNudge(message)) return;
    if (message.type === 'typing') link.typing(message.interaction);
    else wake();
  });
  // An open panel holds a port; connecting it starts a stopped worker.
  browser.runtime.onConnect.addListener(revive);
  // Starts the worker with the browser and after an update.
  browser.runtime.onStartup.addListener(revive);
  browser.runtime.onInstalled.addListener(revive);
  addEventListener('online', revive);
  // Chrome doesn't start a stopped worker by itself; half a minute is the shortest it allows.
  browser.alarms.onAlarm.addListener(revive);
  void browser.alarms.create('revive', { periodInMinutes: 0.5 });

  browser.notifications.onClicked.addListener((notification) => {
    if (offerOf(notification) !== null) void openPanel(lastWindow());
  });
  browser.notifications.onButtonClicked?.addListener((notification, button) => {
    const offer = offerOf(notification);
    if (offer === null) return;
    if (button === 0) void openPanel(lastWindow());
    answer(offer, button === 0 ? 'accept' : 'reject');
  });
}

/** For whoever opens the worker's console; never what people wrote. */
function complain(what: unknown, cause?: unknown): void {
  // biome-ignore lint/suspicious/noConsole: the worker has no other place to say it.
  console.warn('Deskside:', what, cause ?? '');
}
