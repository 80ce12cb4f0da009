import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { extensionId } from '../../server/people/origins.ts';
import { type Bound, filled, type Line, matched } from './session-in-text.ts';

type Frame = Readonly<Record<string, unknown>>;

/** So long for the next frame; a person would have given up as well. */
const PATIENCE_MS = 10_000;

/** What comes whenever it comes, and is worth a line only where it is told about. */
const smallFrames = new Set(['heartbeat', 'marks', 'typing', 'position', 'queues']);

/**
 * Types the → lines and compares the ← lines, each client on a socket of its own (`agent …` at
 * the agents' door, others at the customers'). Returns what was heard and stands nowhere.
 */
export async function replay(url: string, lines: readonly Line[], bound: Bound): Promise<string[]> {
  const clients = new Map<string, Client>();
  let known = bound;
  for (const line of lines) {
    const client = clients.get(line.client) ?? (await connect(url, line.client));
    clients.set(line.client, client);
    if (line.way === '→') client.send(filled(line.text, known));
    else known = await client.hears(line, known);
  }
  return [...clients.values()].flatMap((client) => client.left());
}

type Client = Awaited<ReturnType<typeof connect>>;

async function connect(url: string, name: string) {
  const door = name.startsWith('agent') ? 'agent' : 'customer';
  const origin = door === 'agent' ? `chrome-extension://${extensionId}` : url;
  const socket = new WebSocket(`${url.replace('http', 'ws')}/${door}`, { origin });
  onTestFinished(() => socket.terminate());
  const heard: Frame[] = [];
  let look = () => {};
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as Frame;
    if (onlyMovesTheCursor(frame)) socket.send(JSON.stringify({ type: 'got', batch: frame.batch }));
    else heard.push(frame);
    look();
  });
  socket.on('close', (code) => {
    heard.push({ close: code });
    look();
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));

  /** The next large frame must be the line's; a small one may come a little later or earlier. */
  function take({ text, number }: Line, bound: Bound): Bound | null {
    const pattern = text.replace(/^close (\d+)$/, '{"close":$1}');
    for (const [n, frame] of heard.entries()) {
      const now = matched(pattern, frame, bound);
      if (now !== null) {
        heard.splice(n, 1);
        return now;
      }
      if (!smallFrames.has(String(frame.type)))
        throw new Error(
          `docs/protocol.md:${number}, ${name}: heard\n  ${JSON.stringify(frame)}\nnot\n  ${text}`,
        );
    }
    return null;
  }

  return {
    send: (text: string) => socket.send(text),
    async hears(line: Line, bound: Bound): Promise<Bound> {
      const until = performance.now() + PATIENCE_MS;
      for (;;) {
        const now = take(line, bound);
        if (now !== null) return now;
        const left = until - performance.now();
        if (left <= 0)
          throw new Error(
            `docs/protocol.md:${line.number}, ${name}: never heard\n  ${line.text}\nbut ${JSON.stringify(heard)}`,
          );
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left);
          look = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    },
    left: () =>
      heard
        .filter((frame) => !smallFrames.has(String(frame.type)))
        .map((frame) => `${name}: ${JSON.stringify(frame)}`),
  };
}

/** After a quiet second a cursor is brought up past what the reader may not see. */
function onlyMovesTheCursor(frame: Frame): boolean {
  const parts = frame.type === 'batch' ? (frame.parts as { events: unknown[] }[]) : [];
  return parts.length > 0 && parts.every(({ events }) => events.length === 0);
}
