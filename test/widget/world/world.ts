import { setImmediate } from 'node:timers/promises';
import type { SiteCard } from '../../../protocol/cards.ts';
import type { CommandId } from '../../../protocol/ids.ts';
import { limits } from '../../../protocol/limits.ts';
import type { Transport } from '../../../widget/chat/connection.ts';
import { createCustomerLink, type LinkDeps } from '../../../widget/chat/link.ts';
import { createMemoryDrive } from '../../../widget/chat/memory-disk.ts';
import { createStillClock } from './clock.ts';
import { createDoor } from './door.ts';

/** One browser with its tabs, one door, and a network between them that a test holds in its hand. */
export function createWorld(site?: SiteCard) {
  const still = createStillClock();
  const door = createDoor(still.clock.now, site);
  const drive = createMemoryDrive();
  let under: readonly (() => void)[] = [];
  let reachable = true;
  let made = 0;
  const knocks: number[] = [];
  const cuts = new Set<() => void>();
  const lost = { up: (_: string): boolean => false, down: (_: string): boolean => false };

  const beat = () => {
    door.beat();
    still.clock.at(still.clock.now() + limits.customerHeartbeatMs, beat);
  };
  still.clock.at(still.clock.now() + limits.customerHeartbeatMs, beat);
  const later = (what: () => void) => {
    under = [...under, what];
  };
  const transport: Transport = (hear) => {
    let open = true;
    knocks.push(still.clock.now());
    const call = door.call({
      send: (frame) => {
        const text = JSON.stringify(frame);
        if (!lost.down(text)) later(() => open && hear.received(text));
      },
      close: (code) => later(() => end(code)),
    });
    const end = (code: number | null) => {
      if (!open) return;
      open = false;
      call.gone();
      cuts.delete(cut);
      if (code !== null) hear.closed(code);
    };
    const cut = () => end(1006);
    cuts.add(cut);
    later(() => (reachable ? open && hear.opened() : cut()));
    return {
      send: (text) => open && !lost.up(text) && later(() => open && call.hear(text)),
      close: () => end(null),
    };
  };

  /** Until nothing is under way: neither on the wire nor on the disk. */
  async function settle() {
    for (let quiet = 0; quiet < 3; ) {
      await setImmediate();
      const [first, ...rest] = under;
      under = rest;
      first?.();
      quiet = first === undefined ? quiet + 1 : 0;
    }
  }

  /** Delivers this many frames, or openings of sockets, and no more. */
  async function deliver(frames: number) {
    for (let n = 0; n < frames; n++) {
      await setImmediate();
      const [first, ...rest] = under;
      under = rest;
      first?.();
    }
    await disks();
  }
  /** Until nothing is on its way to a disk. */
  const disks = async () => {
    await setImmediate();
    await setImmediate();
  };

  return {
    deliver,
    disks,
    door,
    drive,
    lost,
    /** When a socket was opened. */
    knocks,
    clock: still.clock,
    settle,
    /** Lets time pass, and everything happen that happens in it. */
    async pass(ms: number) {
      const end = still.clock.now() + ms;
      await settle();
      for (let next = still.next(); next !== null && next <= end; next = still.next()) {
        still.goTo(next);
        await settle();
      }
      still.goTo(end);
      await settle();
    },
    /** Cuts every connection; with false nobody gets through until it is true again. */
    network(works: boolean) {
      reachable = works;
      for (const cut of [...cuts]) cut();
    },
    async openTab(over: Partial<LinkDeps> = {}) {
      const link = createCustomerLink({
        transport,
        clock: still.clock,
        random: () => 0.5,
        ids: () => `command-${String(++made).padStart(12, '0')}` as CommandId,
        secret: () => String(++made).padStart(43, 's'),
        disk: drive.open(),
        site: 'demo',
        changed: () => {},
        ...over,
      });
      await link.open();
      await settle();
      return link;
    },
  };
}

export type World = ReturnType<typeof createWorld>;
