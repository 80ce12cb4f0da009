import { connect, type Socket } from 'node:net';
import { withResolvers } from './resolvers.ts';

/**
 * The load generator's own WebSocket: text frames only, read from one shared buffer, everything
 * that is sent in one turn of the event loop in one write. A general client spends as much per
 * message as the servers that are measured, on a machine with two cores.
 */
export type WsClient = {
  /** Goes out at the end of this turn of the event loop. Text must be ASCII. */
  readonly send: (text: string) => void;
  readonly close: () => void;
};

export type WsTarget = {
  readonly port: number;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export type WsHeard = {
  readonly text: (text: string) => void;
  /** `code` is null when the connection was cut. */
  readonly closed: (code: number | null) => void;
};

/** Resolves when the upgrade was answered, rejects when it was refused or cut. */
export function connectWs(target: WsTarget, heard: WsHeard): Promise<WsClient> {
  const { promise, resolve, reject } = withResolvers<WsClient>();
  let open = false;
  let over = false;
  let rest: Buffer | null = null;

  const socket = connect({
    port: target.port,
    host: '127.0.0.1',
    noDelay: true,
    onread: { buffer: shared, callback: (length) => read(shared.subarray(0, length)) },
  });
  socket.on('connect', () => void socket.write(upgradeRequest(target)));
  socket.on('error', reject);
  socket.on('close', () => end(null));

  function end(code: number | null): void {
    if (over) return;
    over = true;
    socket.destroy();
    if (open) heard.closed(code);
    else reject(new Error(`no upgrade at ${target.path}`));
  }

  function read(chunk: Buffer): boolean {
    let data = rest === null ? chunk : Buffer.concat([rest, chunk]);
    rest = null;
    if (!open) {
      const head = data.indexOf('\r\n\r\n');
      if (head === -1) {
        rest = Buffer.from(data);
        return true;
      }
      const status = data.toString('latin1', 0, data.indexOf('\r\n'));
      if (!status.includes(' 101')) {
        reject(new Error(`${target.path}: ${status}`));
        socket.destroy();
        return false;
      }
      data = data.subarray(head + 4);
      open = true;
      resolve({ send: (text) => enqueue(socket, text), close: () => socket.destroy() });
    }
    rest = readFrames(data, (opcode, payload) => {
      if (opcode === 1) heard.text(payload.toString('utf8'));
      else if (opcode === 8) end(payload.length >= 2 ? payload.readUInt16BE(0) : 1005);
      else if (opcode === 9) enqueueFrame(socket, frame(10, payload));
    });
    return !over;
  }
  return promise;
}

/** Hands over every whole frame and returns a copy of what is left of an unfinished one. */
function readFrames(data: Buffer, take: (opcode: number, payload: Buffer) => void): Buffer | null {
  let at = 0;
  while (data.length - at >= 2) {
    const short = (data[at + 1] as number) & 0x7f;
    const header = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (data.length - at < header) break;
    const length =
      short < 126
        ? short
        : short === 126
          ? data.readUInt16BE(at + 2)
          : Number(data.readBigUInt64BE(at + 2));
    const end = at + header + length;
    if (data.length < end) break;
    take((data[at] as number) & 0x0f, data.subarray(at + header, end));
    at = end;
  }
  return at === data.length ? null : Buffer.from(data.subarray(at));
}

const shared = Buffer.allocUnsafeSlow(256 * 1024);

/** Browsers mask with a random key; the server's work is the same with this one. */
const MASK = [0x37, 0xfa, 0x21, 0x3d] as const;

function frame(opcode: number, payload: Buffer | string): Buffer {
  const length = payload.length;
  const header = length < 126 ? 6 : 8;
  if (length > 0xffff) throw new Error('A frame of the load generator is never that long.');
  const bytes = Buffer.allocUnsafe(header + length);
  bytes[0] = 0x80 | opcode;
  if (length < 126) bytes[1] = 0x80 | length;
  else {
    bytes[1] = 0x80 | 126;
    bytes.writeUInt16BE(length, 2);
  }
  for (let i = 0; i < 4; i++) bytes[header - 4 + i] = MASK[i as 0] as number;
  if (typeof payload === 'string') bytes.write(payload, header, 'latin1');
  else payload.copy(bytes, header);
  for (let i = 0; i < length; i++) {
    const byte = header + i;
    bytes[byte] = (bytes[byte] as number) ^ (MASK[(i & 3) as 0] as number);
  }
  return bytes;
}

const corked = new Set<Socket>();

function enqueue(socket: Socket, text: string): void {
  enqueueFrame(socket, frame(1, text));
}

function enqueueFrame(socket: Socket, bytes: Buffer): void {
  if (socket.destroyed) return;
  if (!corked.has(socket)) {
    if (corked.size === 0) setImmediate(uncorkAll);
    corked.add(socket);
    socket.cork();
  }
  socket.write(bytes);
}

function uncorkAll(): void {
  const touched = [...corked];
  corked.clear();
  for (const socket of touched) socket.uncork();
}

function upgradeRequest({ port, path, headers = {} }: WsTarget): string {
  const lines = Object.entries({
    Host: `127.0.0.1:${port}`,
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Key': 'ZGVza3NpZGUtYmVuY2gxNg==',
    'Sec-WebSocket-Version': '13',
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`);
  return `GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
}
