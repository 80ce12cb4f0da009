import { nanoid } from 'nanoid';
import { memoryDisk } from '../../desk/disk/memory.ts';
import { createLink } from '../../desk/link.ts';
import type { AgentCommand } from '../../protocol/commands.ts';
import type { CommandId, DeskId } from '../../protocol/ids.ts';
import { extensionId } from '../../server/people/origins.ts';
import { agentId } from '../bench/bench-centre.ts';
import { statusCommand } from '../channels.ts';
import type { Ledger } from './chaos-ledger.ts';
import { chaosSocket, realClock } from './chaos-socket.ts';

const OUTBOX_MAX = 24;

/** An agent with the shipped link over a real socket: accepts whatever is offered and answers everybody. */
export async function chaosAgent(
  url: string,
  n: number,
  token: () => Promise<string>,
  ledger: Ledger,
) {
  const disk = memoryDisk();
  const handle = disk.open();
  const asked = new Set<string>();
  let said = 0;
  let ready = false;
  await handle.signIn({
    server: url,
    agent: agentId(n),
    name: `Agent ${n}`,
    role: 'agent',
    centre: 'chaos',
    refreshToken: 'none',
  });
  const link = createLink({
    disk: handle,
    clock: realClock,
    random: Math.random,
    newDesk: () => nanoid() as DeskId,
    token: async () => ({ type: 'token', token: await token() }),
    show: async () => true,
    connect: (server, on) =>
      chaosSocket(
        `${server.replace('http', 'ws')}/agent`,
        `chrome-extension://${extensionId}`,
        ledger,
        on,
      ),
  });
  link.wake();

  function ask(command: AgentCommand): void {
    void handle
      .enqueue({ id: nanoid() as CommandId, command, createdAt: Date.now() })
      .then(() => link.wake());
  }
  const { offers, interactions, outbox } = disk.tables;
  const open = () => [...interactions.values()].filter((row) => row.state === 'open');

  return {
    agent: agentId(n),
    interactions: () => [...interactions.keys()],
    texts: (interaction: string): string[] =>
      (disk.tables.events.get(interaction) ?? []).flatMap((row) =>
        row.event.type === 'message-posted' ? [row.content?.text ?? ''] : [],
      ),
    open: () => open().length,
    isLive: () => link.state() === 'live',
    isIdle: () => link.state() === 'live' && outbox.size === 0,
    work(): void {
      if (!ready) {
        ready = true;
        ask(statusCommand('ready'));
      }
      for (const { offer, interaction } of offers.values())
        if (!asked.has(offer)) {
          asked.add(offer);
          ask({ type: 'accept', interaction, offer });
        }
      if (outbox.size > OUTBOX_MAX) return;
      for (const { interaction } of open())
        if (Math.random() < 0.25)
          ask({ type: 'post', interaction, text: `agent ${n} says ${++said}` });
    },
    close: () => link.stop(),
  };
}
export type ChaosAgent = Awaited<ReturnType<typeof chaosAgent>>;
