import type { CommandId, QueueId } from '../../protocol/ids.ts';
import { type CustomerLink, createCustomerLink } from '../../widget/chat/link.ts';
import { createMemoryDrive } from '../../widget/chat/memory-disk.ts';
import { QUEUES, type World } from './world.ts';

/** An answer, a button, what nobody asked, and the wish for a person. */
const FOR_BOTS = ['4711', 'Money', 'Parcels', 'hm', 'agent'];

/** A customer's browser: one profile, up to two tabs. */
export function createCustomer(world: World, name: string) {
  const { clock, random } = world;
  /** As IndexedDB: writes take their time, and keep their order. */
  let written = Promise.resolve();
  const drive = createMemoryDrive(() => {
    if (random.chance(0.3))
      written = written.then(
        () => new Promise((resolve) => void clock.at(clock.now() + random.below(40), resolve)),
      );
    return written;
  });
  const secret = name.padEnd(43, 'x');
  const customer = world.principal(secret);
  const principal = `customer:${customer}`;
  type Tab = {
    readonly n: number;
    readonly link: CustomerLink;
    readonly kill: () => void;
    readonly cut: () => void;
  };
  const tabs: Tab[] = [];
  let said = 0;
  let opened = 0;

  function openTab(): void {
    if (tabs.length >= 2) return;
    const process = clock.process();
    let cut: () => void = () => {};
    const link = createCustomerLink({
      clock: process,
      random: random.next,
      ids: () => random.id('w-') as CommandId,
      secret: () => secret,
      disk: drive.open(),
      site: 'sim',
      changed: () => {},
      transport: (hear) => {
        const wire = world.network.connect(
          {
            opened: hear.opened,
            received: (text) => {
              world.heard(principal, text);
              hear.received(text);
            },
            closed: (code) => {
              world.counts.closed++;
              hear.closed(code);
            },
          },
          (down) => world.server()?.customerDoor(down) ?? null,
        );
        cut = wire.cut;
        return { send: wire.send, close: () => wire.close(1000) };
      },
    });
    void link.open();
    tabs.push({ n: ++opened, link, kill: process.kill, cut: () => cut() });
  }

  function start(queue: QueueId): void {
    tabs[0]?.link.start({ queue, language: 'en', name: `Customer ${name}`, subject: 'help' });
  }

  return {
    name,
    start,
    customer,
    secret,
    principal,
    openTab,
    tabs: () => tabs.map((one) => one.link),
    /** The page goes away: closed properly, or killed. */
    closeTab(killed: boolean): void {
      const tab = tabs.shift();
      if (tab === undefined) return;
      if (killed) tab.cut();
      tab.link.close();
      tab.kill();
    },
    /** As on the page: who isn't in a talk has only the form to fill in. */
    post(): void {
      const tab = random.pick(tabs);
      const { talk, pending } = tab?.link.state() ?? { talk: null, pending: [] };
      const starting = pending.some((row) => row.command.type === 'start' && row.failed === null);
      if (starting || (talk !== null && talk.phase !== 'over')) {
        const status = talk === null ? null : world.checker.interaction(talk.interaction)?.status;
        const toBot = status?.name === 'with-bot' && random.chance(0.5);
        const words = toBot ? random.pick(FOR_BOTS) : undefined;
        tab?.link.post(words ?? `${name} tab ${tab.n} says ${++said}`);
      } else start(random.pick(QUEUES) as QueueId);
    },
    leave(): void {
      const talk = tabs[0]?.link.state().talk;
      if (talk !== null && talk?.phase !== 'over') tabs[0]?.link.leave();
    },
  };
}
export type Customer = ReturnType<typeof createCustomer>;
