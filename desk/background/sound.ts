import { browser } from 'wxt/browser';
import type { Bell } from './ringing.ts';

/** Plays until the function that it returns is called. */
export type Tone = () => () => void;

/**
 * Chromium: an offscreen document that rings as long as it is open. Firefox: the background page
 * plays `tone` itself.
 */
export function createSound(tone: Tone | null): Bell['sound'] {
  let stop: (() => void) | null = null;
  /** Opening and closing one after the other, however quickly they are asked for. */
  let last: Promise<void> = Promise.resolve();

  async function turn(on: boolean): Promise<void> {
    if (tone !== null) {
      stop?.();
      stop = on ? tone() : null;
      return;
    }
    const isOpen = await browser.offscreen.hasDocument();
    if (on && !isOpen)
      await browser.offscreen.createDocument({
        url: 'offscreen.html',
        reasons: ['AUDIO_PLAYBACK'],
        justification: 'Rings while a customer waits for an answer.',
      });
    if (!on && isOpen) await browser.offscreen.closeDocument();
  }

  return (on) => {
    last = last.catch(() => undefined).then(() => turn(on));
    return last;
  };
}
