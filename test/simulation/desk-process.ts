import { memoryDisk } from '../../desk/disk/memory.ts';
import type { Link } from '../../desk/link/contract.ts';
import { createLink } from '../../desk/link.ts';
import type { AgentCommand } from '../../protocol/commands.ts';
import type { AgentId, CommandId, DeskId, InteractionId, OfferId } from '../../protocol/ids.ts';
import type { World } from './world.ts';

/** A browser of one agent: its disk survives, its background comes and goes. */
export function createDesk(world: World, agent: AgentId, name: string) {
  const { clock, random } = world;
  const disk = memoryDisk((commit) => {
    if (random.chance(0.7)) commit();
    else clock.at(clock.now() + random.below(40), commit);
  });
  let handle = disk.open();
  let link: Link | null = null;
  let process = clock.process();
  let cut: (() => void) | null = null;
  /** Whether a person can notice offers here (OFFER-4). */
  let showing = true;
  let claimed = false;
  let awayUntil = 0;
  let said = 0;

  function signIn(): void {
    claimed = true;
    void handle
      .signIn({
        server: 'https://sim',
        agent,
        name,
        role: 'agent',
        centre: 'sim',
        refreshToken: 'refresh',
      })
      .then(() => link?.wake());
  }

  function boot(): void {
    if (link !== null) return;
    awayUntil = 0;
    process = clock.process();
    handle = disk.open();
    link = createLink({
      disk: handle,
      clock: process,
      random: random.next,
      newDesk: () => random.id(`desk-${name}-`) as DeskId,
      token: async () => ({ type: 'token', token: agent }),
      show: async () => showing,
      connect: (_server, on) => {
        const wire = world.network.connect(
          {
            opened: () => on.opened(),
            received: (text) => {
              world.heard(`agent:${agent}`, text);
              on.received(text);
            },
            closed: (code) => {
              world.counts.closed++;
              on.closed(code);
            },
          },
          (down) => world.server()?.agentDoor(down) ?? null,
        );
        cut = wire.cut;
        return { send: wire.send, close: (code) => wire.close(code ?? 1000) };
      },
      onTrouble: (what, cause) => world.trouble(`desk ${name}: ${what}`, cause),
    });
    link.wake();
  }

  function ask(command: AgentCommand): void {
    const id = random.id('c-') as CommandId;
    void handle.enqueue({ id, command, createdAt: clock.now() }).then((answer) => {
      if (answer === 'queued') world.asked(agent, id);
      link?.wake();
    });
  }

  return {
    agent,
    name,
    disk,
    signIn,
    boot,
    ask,
    isUp: () => link !== null,
    /** Nobody starts this browser before then. */
    stayAway: (until: number) => {
      awayUntil = until;
    },
    isAway: () => clock.now() < awayUntil,
    hasSignedIn: () => claimed,
    setShowing: (value: boolean) => {
      showing = value;
    },
    takeBack: () => void handle.claim().then(() => link?.wake()),
    /** The browser is killed: what wasn't committed is gone, nobody says goodbye. */
    crash: () => {
      process.kill();
      disk.crash();
      cut?.();
      link = null;
      cut = null;
    },
    state: () => link?.state() ?? null,
    offers: (): { interaction: InteractionId; offer: OfferId }[] => [
      ...disk.tables.offers.values(),
    ],
    /** The name of the set-up that the desk knows. */
    setUp: (): string | undefined =>
      (disk.tables.facts.get('agent') as { centre: { name: string } } | undefined)?.centre.name,
    open: (): InteractionId[] =>
      [...disk.tables.interactions.values()]
        .filter((row) => row.state === 'open')
        .map((row) => row.interaction),
    /** Done ones that are still here as history. */
    closed: (): InteractionId[] =>
      [...disk.tables.interactions.values()]
        .filter((row) => row.state === 'done')
        .map((row) => row.interaction),
    wrappingUp: (id: InteractionId): boolean =>
      disk.tables.interactions.get(id)?.head.wrapUp !== null,
    /** The number of the next thing said. */
    next: () => ++said,
    hurry: () => link?.hurry(),
  };
}
export type Desk = ReturnType<typeof createDesk>;
