import { effect, type ReadonlySignal } from '@preact/signals';
import { Dexie } from 'dexie';
import type { AccessStore } from '../../desk/access.ts';
import { memoryAccess } from '../../desk/access.ts';
import type { DeskDisk } from '../../desk/disk/contract.ts';
import { openDexieDisk } from '../../desk/disk/dexie/open.ts';
import type { TypingHeard } from '../../desk/ephemeral.ts';
import { liveOn } from '../../desk/live.ts';
import { createPanelModel } from '../../desk/models/create-panel-model.ts';
import type { PanelModel } from '../../desk/models/panel-model.ts';
import type { Nudge } from '../../desk/nudge.ts';
import { type HeldClock, heldClock } from './held-clock.ts';
import { account, T, welcome } from './parts.ts';

/** A panel on a real (fake) IndexedDB, beside a background's view of the same disk. */
export type PanelUnderTest = {
  readonly model: PanelModel;
  /** As the background holds it. */
  readonly disk: DeskDisk;
  readonly clock: HeldClock;
  readonly nudges: readonly Nudge[];
  readonly access: AccessStore;
  readonly hear: (typing: TypingHeard) => void;
  /** Another window of the same browser. */
  readonly anotherWindow: () => Promise<PanelModel>;
  readonly close: () => Promise<void>;
};

export type PanelOptions = {
  readonly signedIn?: boolean;
  readonly fetch?: typeof fetch;
  readonly permit?: (origin: string) => Promise<boolean>;
};

let made = 0;

export async function panelUnderTest(options: PanelOptions = {}): Promise<PanelUnderTest> {
  const number = made++;
  const name = `panel-${number}`;
  const clock = heldClock(T);
  const disk = openDexieDisk(name);
  if (options.signedIn !== false) {
    await disk.signIn(account);
    await disk.applyWelcome(welcome());
    await disk.setTime({ serverNow: T, at: T });
    await disk.setConnection({ state: 'live', downSince: null });
  }
  const nudges: Nudge[] = [];
  const access = memoryAccess();
  const listeners = new Set<(typing: TypingHeard) => void>();
  const open: { model: PanelModel; disk: DeskDisk }[] = [];
  let ids = 0;

  const openWindow = async (): Promise<PanelModel> => {
    const own = openDexieDisk(name);
    const model = createPanelModel({
      disk: own,
      live: liveOn(clock),
      clock,
      newId: () => `panel-${number}-made-${String(ids++).padStart(8, '0')}`,
      fetch: options.fetch ?? (() => Promise.reject(new TypeError('no network here'))),
      permit: options.permit ?? (async () => true),
      access,
      nudge: (nudge) => nudges.push(nudge),
      onTyping: (heard) => {
        listeners.add(heard);
        return () => listeners.delete(heard);
      },
      locks: prefixed(name),
    });
    open.push({ model, disk: own });
    await until(model.loaded, (loaded) => loaded);
    return model;
  };

  return {
    model: await openWindow(),
    disk,
    clock,
    nudges,
    access,
    hear: (typing) => {
      for (const heard of listeners) heard(typing);
    },
    anotherWindow: openWindow,
    async close() {
      for (const one of open) {
        one.model.close();
        one.disk.close();
      }
      disk.close();
      await Dexie.delete(name);
    },
  };
}

/** Node's own Web Locks, apart for each test. */
const prefixed = (prefix: string): Pick<LockManager, 'request'> => ({
  request: ((name: string, ...rest: [never]) =>
    navigator.locks.request(`${prefix}:${name}`, ...rest)) as LockManager['request'],
});

/** Resolves with the signal's value as soon as it is as wished; a test that waits in vain times out. */
export function until<T>(signal: ReadonlySignal<T>, wish: (value: T) => boolean): Promise<T> {
  return new Promise((resolve) => {
    let stop = () => {};
    let met = false;
    stop = effect(() => {
      const value = signal.value;
      if (met || !wish(value)) return;
      met = true;
      queueMicrotask(() => stop());
      resolve(value);
    });
  });
}
