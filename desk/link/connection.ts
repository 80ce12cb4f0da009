import * as v from 'valibot';
import { AgentFrameDown, type AgentFrameUp, type Batch } from '../../protocol/frames.ts';
import { type CommandId, type InteractionId, interactionStream } from '../../protocol/ids.ts';
import { closeCodes, type RefusalName, refusals } from '../../protocol/refusals.ts';
import { PROTOCOL } from '../../protocol/version.ts';
import type { Greeting } from '../disk/contract.ts';
import type { Sender } from '../outbox/sender.ts';
import type { LinkDeps } from './contract.ts';
import { startPulse } from './pulse.ts';
import { createQueue } from './queue.ts';

/** Opening, hello and welcome take longer than this only where nobody is at home. */
const WELCOME_MS = 10_000;

/** Why a connection is over: the server's close code, or what was wrong with it. */
export type Ending = number | 'silent' | 'unreadable' | 'disk';

export type Connection = {
  /** Tells the server what was read since the last time. */
  readonly tellReads: () => Promise<void>;
  readonly typing: (interaction: InteractionId) => void;
  /** Ends it without a word to anybody here. */
  readonly close: () => void;
};

export type ConnectionDeps = Pick<
  LinkDeps,
  'disk' | 'clock' | 'connect' | 'onTyping' | 'onStored'
> & {
  readonly sender: Sender;
  readonly heardNow: (now: number) => void;
  /** The welcome is on the disk. */
  readonly onLive: () => void;
  /** The agent's stream has moved: offers may have come or gone. */
  readonly onAgent: () => void;
  readonly onEnd: (ending: Ending) => void;
  readonly onTrouble: (what: string, cause?: unknown) => void;
};

/**
 * One connection, from its hello to its end. Frames are handled one after the other; each batch is
 * on the disk before it is acknowledged, and a disk that fails ends the connection, so that the
 * next one begins at what the disk really holds.
 */
export function openConnection(
  deps: ConnectionDeps,
  greeting: Greeting,
  hello: {
    readonly token: string;
    readonly desk: Extract<AgentFrameUp, { type: 'hello' }>['desk'];
  },
): Connection {
  const { disk, clock, sender, onTrouble } = deps;
  let over = false;
  let live = false;
  const told = new Map<InteractionId, number>();
  /** What was asked for before its grant had come: once, and once more when it has. */
  const early = new Set<string>();

  const send = (frame: AgentFrameUp) => {
    if (!over) transport.send(JSON.stringify(frame));
  };
  const end = () => {
    over = true;
    pulse.stop();
    cancelWelcome();
    sender.disconnected();
  };
  const finish = (ending: Ending) => {
    if (over) return;
    end();
    if (typeof ending !== 'number')
      transport.close(ending === 'unreadable' ? closeCodes['bad-frame'] : undefined);
    deps.onEnd(ending);
  };
  const queue = createQueue((error) => {
    onTrouble('what came could not be kept', error);
    finish('disk');
  });
  const cancelWelcome = clock.at(clock.now() + WELCOME_MS, () => {
    if (!live) finish('silent');
  });
  const pulse = startPulse(
    clock,
    () => live && send({ type: 'heartbeat' }),
    () => finish('silent'),
  );
  const transport = deps.connect(greeting.account.server, {
    opened: () =>
      send({
        type: 'hello',
        protocol: PROTOCOL,
        ...hello,
        claim: greeting.account.claim,
        agentSeq: greeting.agentSeq,
        cursors: [...greeting.cursors],
      }),
    received: (text) => {
      if (!over) received(text);
    },
    closed: finish,
  });

  function received(text: string): void {
    pulse.heard();
    const parsed = v.safeParse(AgentFrameDown, jsonOf(text));
    if (!parsed.success || (parsed.output.type === 'batch' && !live && queue.isEmpty())) {
      onTrouble('a frame could not be read', parsed.issues?.[0]?.message);
      finish('unreadable');
    } else if (parsed.output.type === 'heartbeat') deps.heardNow(parsed.output.now);
    else if (parsed.output.type === 'typing') deps.onTyping?.(parsed.output);
    else inTurn(parsed.output);
  }

  function inTurn(frame: Queued): void {
    const added = queue.add(async () => {
      if (over) return;
      await handle(frame);
      deps.onStored?.();
    });
    if (!added) finish('disk');
  }

  async function handle(frame: Queued): Promise<void> {
    switch (frame.type) {
      case 'welcome':
        sender.finished(await disk.applyWelcome(frame));
        deps.heardNow(frame.now);
        if (over) return;
        live = true;
        deps.onLive();
        sender.connected((id, command) => send({ type: 'command', id, command }));
        await sender.load();
        deps.onAgent();
        return tellReads();
      case 'batch':
        return handleBatch(frame);
      case 'ack':
        await disk.acknowledge(frame.id, frame.stream, frame.seq);
        return sender.finished([frame.id]);
      case 'refused':
        return handleRefusal(frame.id, frame.refusal, frame.retryMs);
      case 'centre':
        return disk.applyCentre(frame);
      case 'marks':
        return disk.applyMarks(frame);
      case 'answer':
      case 'instant':
      case 'instant-shown':
      case 'directory':
        // Nothing here asks or shows these yet; an instant message that isn't shown isn't delivered.
        return;
      default:
        return frame satisfies never;
    }
  }

  async function handleBatch({ batch, parts }: Batch): Promise<void> {
    const result = await disk.applyBatch(parts);
    sender.finished(result.settled);
    for (const { stream, epoch, after, early: isEarly } of result.missing) {
      const key = keyOf(stream, epoch, after);
      if (isEarly && early.has(key)) continue;
      if (isEarly) early.add(key);
      send({ type: 'from', stream, epoch, after });
    }
    for (const { interaction, epoch } of result.granted) {
      const stream = interactionStream(interaction);
      if (early.delete(keyOf(stream, epoch, 0))) send({ type: 'from', stream, epoch, after: 0 });
    }
    send({ type: 'got', batch });
    if (parts.some(({ of }, n) => of === 'agent' && result.parts[n] === 'applied')) deps.onAgent();
  }

  async function handleRefusal(
    id: CommandId | null,
    refusal: RefusalName,
    retryMs: number | null,
  ): Promise<void> {
    if (id === null) return onTrouble(`the server refused a frame: ${refusal}`);
    if (!refusals[refusal].final) return sender.later(id, retryMs);
    await disk.refuse(id, refusal);
    sender.finished([id]);
  }

  async function tellReads(): Promise<void> {
    if (!live) return;
    for (const { interaction, seq } of await disk.reads()) {
      if ((told.get(interaction) ?? 0) >= seq) continue;
      told.set(interaction, seq);
      send({ type: 'read', interaction, seq });
    }
  }

  return {
    tellReads,
    typing: (interaction) => {
      if (live) send({ type: 'typing', interaction });
    },
    close() {
      if (over) return;
      end();
      transport.close();
    },
  };
}

const keyOf = (stream: string, epoch: number, after: number) => `${stream} ${epoch} ${after}`;

type Queued = Exclude<AgentFrameDown, { type: 'heartbeat' | 'typing' }>;

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
