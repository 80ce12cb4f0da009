import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { extensionId } from '../../../server/people/origins.ts';

type Frame = { readonly type: string } & Record<string, unknown>;

/** A WebSocket client that keeps what it hears and acknowledges batches. */
export type Door = {
  readonly send: (frame: object) => void;
  /** The first frame, heard before or later, for which `of` says something. */
  readonly hears: <T>(of: (frame: Frame) => T | undefined) => Promise<T>;
  /** Sends a command; resolves with its answer. */
  readonly command: (command: object) => Promise<Frame>;
  readonly closed: Promise<number>;
};

let commands = 0;

export async function openDoor(url: string, path: '/agent' | '/customer'): Promise<Door> {
  const origin = path === '/agent' ? `chrome-extension://${extensionId}` : url;
  const socket = new WebSocket(`${url.replace('http', 'ws')}${path}`, { origin });
  onTestFinished(() => socket.terminate());
  const frames: Frame[] = [];
  const looks = new Set<() => void>();
  let over = false;
  const lookAll = () => {
    for (const look of looks) look();
  };
  const closed = new Promise<number>((resolve) =>
    socket.on('close', (code) => {
      over = true;
      lookAll();
      resolve(code);
    }),
  );
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const send = (frame: object) => socket.send(JSON.stringify(frame));
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as Frame;
    frames.push(frame);
    if (frame.type === 'batch') send({ type: 'got', batch: frame.batch });
    lookAll();
  });
  const hears: Door['hears'] = (of) =>
    new Promise((resolve, reject) => {
      const look = () => {
        for (const frame of frames) {
          const found = of(frame);
          if (found === undefined) continue;
          looks.delete(look);
          return resolve(found);
        }
        if (over) reject(new Error(`closed; heard ${JSON.stringify(frames)}`));
      };
      looks.add(look);
      look();
    });
  return {
    send,
    hears,
    closed,
    command(command) {
      const id = `test-command-${++commands}-${process.pid}`;
      send({ type: 'command', id, command });
      return hears((frame) => (frame.id === id ? frame : undefined));
    },
  };
}

/** Every event of every batch in which this type stands. */
export const event =
  (type: string, text?: string) =>
  (frame: Frame): Record<string, unknown> | undefined => {
    if (frame.type !== 'batch') return undefined;
    const parts = frame.parts as {
      events: { event: Record<string, unknown>; content?: Frame }[];
    }[];
    return parts
      .flatMap(({ events }) => events)
      .find((one) => one.event.type === type && (text === undefined || one.content?.text === text))
      ?.event;
  };
