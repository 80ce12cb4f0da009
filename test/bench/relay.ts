import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { type WebSocket, WebSocketServer } from 'ws';
import { reportOnRequest, tellParent } from './process-figures.ts';
import type { Side } from './subject.ts';

/**
 * The limit that Deskside is measured against, as a process of its own.
 * (a) `node relay.ts`: a bare relay, nothing stored.
 * (b) `node relay.ts FILE`: every message is appended to SQLite at `synchronous=FULL` before it is
 *     acknowledged and relayed, all that arrived meanwhile in one transaction; on reconnect a client
 *     gets what came after a given seq.
 * Both are corked once per turn of the event loop, as Deskside is. No checks, no limits, no rights.
 */
export type RelayUp =
  | {
      readonly type: 'hello';
      readonly side: Side;
      readonly rooms: readonly { readonly room: string; readonly after: number }[];
    }
  | { readonly type: 'post'; readonly id: string; readonly room: string; readonly text: string };

export type RelayMessage = {
  readonly room: string;
  readonly seq: number;
  readonly side: Side;
  readonly id: string;
  readonly text: string;
};
export type RelayDown =
  | { readonly type: 'welcome' }
  | { readonly type: 'ack'; readonly id: string; readonly room: string; readonly seq: number }
  | ({ readonly type: 'message' } & RelayMessage);

type Waiting = {
  readonly from: WebSocket;
  readonly side: Side;
  readonly id: string;
  readonly room: string;
  readonly text: string;
};

const file = process.argv[2];
const readers = { customer: new Map<string, WebSocket>(), agent: new Map<string, WebSocket>() };
const seqs = new Map<string, number>();
const database = file === undefined ? null : open(file);

function open(path: string) {
  const db = new DatabaseSync(path);
  // Deskside's log is as long; with SQLite's own 1,000 pages (b) would hold hardly half as much.
  db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=32000;');
  db.exec(`CREATE TABLE IF NOT EXISTS messages
    (room TEXT, seq INTEGER, side TEXT, id TEXT, text TEXT, PRIMARY KEY (room, seq)) WITHOUT ROWID`);
  for (const row of db.prepare('SELECT room, max(seq) AS seq FROM messages GROUP BY room').all())
    seqs.set(String(row.room), Number(row.seq));
  return {
    insert: db.prepare('INSERT INTO messages VALUES (?, ?, ?, ?, ?)'),
    after: db.prepare(
      'SELECT room, seq, side, id, text FROM messages WHERE room = ? AND seq > ? ORDER BY seq',
    ),
    begin: db.prepare('BEGIN IMMEDIATE'),
    commit: db.prepare('COMMIT'),
  };
}

const corked = new Set<Socket>();
function send(ws: WebSocket, frame: RelayDown): void {
  const socket = (ws as unknown as { _socket?: Socket })._socket;
  if (socket !== undefined && !corked.has(socket)) {
    if (corked.size === 0) setImmediate(uncorkAll);
    corked.add(socket);
    socket.cork();
  }
  ws.send(JSON.stringify(frame));
}

function uncorkAll(): void {
  for (const socket of corked) socket.uncork();
  corked.clear();
}

let waiting: Waiting[] = [];
function commit(): void {
  const batch = waiting;
  waiting = [];
  const numbered = batch.map((one) => {
    const seq = (seqs.get(one.room) ?? 0) + 1;
    seqs.set(one.room, seq);
    return { ...one, seq };
  });
  if (database !== null) {
    database.begin.run();
    for (const { room, seq, side, id, text } of numbered)
      database.insert.run(room, seq, side, id, text);
    database.commit.run();
  }
  for (const { from, side, room, id, seq, text } of numbered) {
    send(from, { type: 'ack', id, room, seq });
    const other = readers[side === 'customer' ? 'agent' : 'customer'].get(room);
    if (other !== undefined) send(other, { type: 'message', room, seq, side, id, text });
  }
}

function receive(ws: WebSocket, frame: RelayUp, speaker: { side: Side }): void {
  if (frame.type === 'post') {
    if (waiting.length === 0) setImmediate(commit);
    waiting.push({ ...frame, from: ws, side: speaker.side });
    return;
  }
  speaker.side = frame.side;
  for (const { room, after } of frame.rooms) {
    readers[frame.side].set(room, ws);
    const rows = database?.after.all(room, after) ?? [];
    for (const row of rows) send(ws, { type: 'message', ...(row as unknown as RelayMessage) });
  }
  send(ws, { type: 'welcome' });
}

const sockets = new WebSocketServer({
  noServer: true,
  clientTracking: false,
  perMessageDeflate: false,
});
const server = createServer();
server.on('upgrade', (request, socket, head) =>
  sockets.handleUpgrade(request, socket, head, (ws) => {
    const speaker: { side: Side } = { side: 'customer' };
    ws.on('message', (data) => receive(ws, JSON.parse(String(data)) as RelayUp, speaker));
    ws.on('error', () => ws.terminate());
  }),
);
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  tellParent({ type: 'ready', port: address.port });
});
reportOnRequest();
