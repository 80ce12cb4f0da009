import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import { closeCodes } from '../../../protocol/refusals.ts';
import { PROTOCOL } from '../../../protocol/version.ts';
import { extensionId } from '../../../server/people/origins.ts';
import { SITE } from '../../bench/bench-centre.ts';
import { within } from '../pause.ts';
import type { Shot } from './mutate-frame.ts';

export type DoorName = 'agent' | 'customer';

/** What was heard at all sockets together. */
export type Heard = {
  acks: number;
  slowestMs: number;
  readonly refusals: Map<string, number>;
  readonly closes: Map<string, number>;
  /** What must not be: a close without a name, a command without an answer. */
  readonly wrong: string[];
  readonly interactions: Set<string>;
  readonly offers: Set<string>;
};

export const newHeard = (): Heard => ({
  acks: 0,
  slowestMs: 0,
  refusals: new Map(),
  closes: new Map(),
  wrong: [],
  interactions: new Set(),
  offers: new Set(),
});

/** Ends that are told by the code alone: by `ws` for what is no frame, or without anything to refuse. */
const WITHOUT_REFUSAL = ['going-away', 'too-slow', 'signed-out'];
const SOCKET_CODES = [1002, 1003, 1007, 1009];
/** A disk that many share can keep a commit waiting for long; an answer that never comes takes longer. */
const ANSWER_MS = 30_000;
const POOL_MAX = 500;

/** One socket to shoot at: keeps the books of what must be answered, and how it ended. */
export async function target(url: string, door: DoorName, heard: Heard) {
  const origin = door === 'agent' ? `chrome-extension://${extensionId}` : url;
  const socket = new WebSocket(`${url.replace('http', 'ws')}/${door}`, { origin });
  const owed = new Map<string, number>();
  const sent = new Map<string, string>();
  let lastRefusal = '';
  let welcome = false;
  let isOver = false;
  let cut = false;

  socket.on('error', () => {});
  socket.on('message', (data) => hear(String(data)));
  socket.on('close', (code, reason) => {
    isOver = true;
    if (cut) return;
    const why = String(reason);
    count(heard.closes, `${code} ${why}`);
    const named = closeCodes[why as keyof typeof closeCodes] === code;
    const refused = lastRefusal === why || WITHOUT_REFUSAL.includes(why);
    if (!(named && refused) && !SOCKET_CODES.includes(code))
      heard.wrong.push(`${door}: closed with ${code} "${why}" after "${lastRefusal}"`);
  });

  function hear(text: string): void {
    const frame = JSON.parse(text) as { type: string; id?: string | null; refusal?: string };
    if (frame.type === 'welcome') welcome = true;
    if (frame.type === 'ack') heard.acks++;
    if (frame.type === 'refused') {
      count(heard.refusals, frame.refusal ?? '');
      lastRefusal = frame.refusal ?? '';
    }
    if (typeof frame.id === 'string') {
      const left = (owed.get(frame.id) ?? 0) - 1;
      if (left > 0) owed.set(frame.id, left);
      else {
        owed.delete(frame.id);
        sent.delete(frame.id);
      }
    }
    if (frame.type !== 'batch') return;
    const { batch } = frame as unknown as { batch: number };
    socket.send(JSON.stringify({ type: 'got', batch }));
    for (const [, id] of text.matchAll(/"interaction":"([\w.-]+)"/g)) keep(heard.interactions, id);
    for (const [, id] of text.matchAll(/"offer":"([\w.-]+)"/g)) keep(heard.offers, id);
  }

  /** False: it is closing, nothing can be sent any more. */
  function shoot(shot: Shot): boolean {
    if (socket.readyState !== WebSocket.OPEN) return false;
    if (shot.kind === 'bytes') socket.send(shot.bytes, { binary: shot.binary });
    else {
      const id = mustBeAnswered(shot.text);
      if (id !== null) {
        owed.set(id, (owed.get(id) ?? 0) + 1);
        sent.set(id, shot.text.slice(0, 300));
      }
      socket.send(shot.text);
    }
    return true;
  }

  await new Promise((resolve) => {
    socket.once('open', resolve);
    socket.once('close', resolve);
  });
  return {
    shoot,
    isOver: () => isOver,
    /** Says a hello that is in order; false when it isn't let in. */
    async enters(hello: object): Promise<boolean> {
      socket.send(JSON.stringify(hello));
      await within(ANSWER_MS, () => welcome || isOver);
      return welcome && !isOver;
    },
    /** Until everything that must be answered is. */
    async settles(): Promise<void> {
      if (!shoot({ kind: 'text', text: fence() })) {
        await within(ANSWER_MS, () => isOver);
        return;
      }
      const settledMs = await within(ANSWER_MS, () => isOver || owed.size === 0);
      heard.slowestMs = Math.max(heard.slowestMs, settledMs ?? ANSWER_MS);
      if (settledMs === null)
        heard.wrong.push(
          `${door}: ${owed.size} commands without an answer, one of them ${sent.get([...owed.keys()][0] ?? '')}`,
        );
    },
    /** For those who were not let in: it ends by the server's word, or nothing more comes. */
    async ends(ms: number): Promise<void> {
      await within(ms, () => isOver);
    },
    cut(): void {
      cut = true;
      socket.terminate();
    },
  };
}

export const helloOf = {
  agent: (token: string, desk: string) => ({
    ...{ type: 'hello', protocol: PROTOCOL, token, desk, claim: true, agentSeq: 0, cursors: [] },
  }),
  customer: () => ({
    ...{ type: 'hello', protocol: PROTOCOL, site: SITE, cursor: null },
    secret: randomBytes(32).toString('base64url'),
  }),
} as const;

/** The id of a command that the server can read so far that its sender must hear of it. */
function mustBeAnswered(text: string): string | null {
  try {
    const json = JSON.parse(text) as { type?: unknown; id?: unknown } | null;
    const id = json?.type === 'command' ? json.id : null;
    return typeof id === 'string' && /^[A-Za-z0-9_-]{16,64}$/.test(id) ? id : null;
  } catch {
    return null;
  }
}

let fences = 0;
/** Answered like any other, and after all that came before it was read. */
const fence = (): string =>
  JSON.stringify({
    ...{ type: 'command', id: `fence-${String(++fences).padStart(16, '0')}` },
    command: { type: 'post', interaction: 'none', text: 'x' },
  });

const keep = (pool: Set<string>, id: string | undefined): void => {
  if (id !== undefined && pool.size < POOL_MAX) pool.add(id);
};

const count = (counts: Map<string, number>, name: string): void => {
  counts.set(name, (counts.get(name) ?? 0) + 1);
};
