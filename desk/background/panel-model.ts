import { nanoid } from 'nanoid';
import { browser } from 'wxt/browser';
import { systemClock as clock } from '../clock.ts';
import { openDexieDisk } from '../disk/dexie/open.ts';
import { ephemeralChannel } from '../ephemeral.ts';
import { liveOn } from '../live.ts';
import { createPanelModel } from '../models/create-panel-model.ts';
import type { PanelModel } from '../models/panel-model.ts';
import { sessionAccess } from './access-store.ts';

/** The model of this window, on the disk that it shares with the background. */
export function openPanelModel(): PanelModel {
  holdPort();
  return createPanelModel({
    disk: openDexieDisk(),
    live: liveOn(clock),
    clock,
    newId: nanoid,
    fetch: fetch.bind(globalThis),
    permit: (origin) => {
      const { protocol, hostname } = new URL(origin);
      // Patterns have no port: Firefox takes none.
      return browser.permissions.request({ origins: [`${protocol}//${hostname}/*`] });
    },
    access: sessionAccess(),
    // Nobody there: the worker is being started, and reads the disk anyway.
    nudge: (nudge) => void browser.runtime.sendMessage(nudge).catch(() => {}),
    onTyping: ephemeralChannel().listen,
    locks: navigator.locks,
  });
}

/** A port to the background: when it drops the worker was stopped, and connecting again starts it. */
function holdPort(): void {
  const port = browser.runtime.connect({ name: 'panel' });
  port.onDisconnect.addListener(() => setTimeout(holdPort, AGAIN_MS));
}

const AGAIN_MS = 250;
