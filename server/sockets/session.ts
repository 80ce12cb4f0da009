import type { CommandId } from '../../protocol/ids.ts';
import type { limits } from '../../protocol/limits.ts';
import { closeCodes, type RefusalName } from '../../protocol/refusals.ts';
import { PROTOCOL, PROTOCOL_OLDEST } from '../../protocol/version.ts';
import type { Clock } from '../clock.ts';
import { heartbeatText, refusedText } from './down.ts';
import { commandIdOf, type FrameSchemas, parseObject, readFrame } from './read-frame.ts';
import { newTokenBucket, takeToken } from './token-bucket.ts';

/** What a session is to its socket. It knows no socket: the simulation runs it as it is. */
export type Session = {
  readonly receive: (text: string) => void;
  /** The socket is gone, whoever closed it. */
  readonly closed: () => void;
};

/** What a socket is to its session. */
export type Out = {
  readonly send: (text: string) => void;
  readonly close: (code: number, reason: string) => void;
  /** Bytes sent that the network has not taken yet; left out: always 0. */
  readonly unsent?: () => number;
};

export type Limits = { readonly [Name in keyof typeof limits]: number };

export type SessionDeps = {
  readonly clock: Clock;
  readonly limits: Limits;
  /** Hears of bugs that end a session and nothing else. */
  readonly bug: (error: unknown) => void;
  /** Hears of every no that is said here, before or without a command being looked at, for figures. */
  readonly refused?: (door: DoorName, why: NoAtDoor) => void;
};

export type DoorName = 'agent' | 'customer';
/** Who is too slow is cut without a frame: there is no refusal of that name. */
export type NoAtDoor = RefusalName | 'too-slow';

/** What the two doors have different in their frames. */
export type DoorFrames<Frame> = {
  readonly name: DoorName;
  readonly schemas: FrameSchemas<Frame>;
  readonly heartbeatMs: number;
  readonly silenceMs: number;
};

/** What a session's other half may do to it. */
export type Shell = {
  readonly send: (text: string) => void;
  /** A no that keeps the connection. */
  readonly refuse: (refusal: RefusalName, id?: CommandId | null, retryMs?: number | null) => void;
  /** A no that ends it. */
  readonly end: (refusal: RefusalName & keyof typeof closeCodes) => void;
  readonly close: (why: keyof typeof closeCodes) => void;
  /** Runs something that waits; a bug in it ends this session and no other. */
  readonly later: (what: () => Promise<void>) => void;
  readonly isOver: () => boolean;
};

type Heartbeat = { readonly type: 'heartbeat' };
type AnyFrame = { readonly type: string };
export type HelloOf<Frame> = Extract<Frame, { readonly type: 'hello' }>;
export type LiveFrame<Frame> = Exclude<Frame, { readonly type: 'hello' } | Heartbeat>;

/** The half that knows what the frames mean. */
export type Acts<Frame> = {
  /** Lets the sender in, or ends the shell. Frames that come meanwhile wait. */
  readonly hello: (hello: HelloOf<Frame>) => Promise<void>;
  readonly frame: (frame: LiveFrame<Frame>) => void;
  /** Something was heard; called for every frame once the sender is in. */
  readonly heard: () => void;
  /** Since when the other side owes an acknowledgement, or null. */
  readonly owedSince: () => number | null;
  /** The session is over; called once, whatever state it was in. */
  readonly over: () => void;
};

/** Frames between hello and welcome; a sender that doesn't wait has few to say. */
const HELD_MAX = 64;

/**
 *   waiting ── hello ──► greeting ── welcome ──► live ── closed, silent, refused ──► over
 *
 * Reads frames, refuses bad ones by name, keeps rates, heartbeats and deadlines.
 */
export function createSession<Frame extends AnyFrame>(
  deps: SessionDeps,
  door: DoorFrames<Frame>,
  out: Out,
  makeActs: (shell: Shell) => Acts<Frame>,
): Session {
  const { clock, limits } = deps;
  let state: 'waiting' | 'greeting' | 'live' | 'over' = 'waiting';
  let heardAt = clock.now();
  let beatAt = 0;
  let held: LiveFrame<Frame>[] = [];
  const frames = newTokenBucket(limits.framesPerSecond, limits.framesBurst, heardAt);
  let cancel = clock.at(heardAt + limits.helloMs, () => shell.end('hello-expected'));

  const shell: Shell = {
    send(text) {
      if (state === 'over') return;
      if (out.unsent !== undefined && out.unsent() > limits.unsentBytes) {
        shell.close('too-slow');
        return;
      }
      out.send(text);
    },
    refuse(refusal, id = null, retryMs = null) {
      if (state === 'over') return;
      deps.refused?.(door.name, refusal);
      shell.send(refusedText(id, refusal, retryMs));
    },
    end(refusal) {
      shell.refuse(refusal);
      shell.close(refusal);
    },
    close(why) {
      if (state === 'over') return;
      if (why === 'too-slow') deps.refused?.(door.name, why);
      finish();
      out.close(closeCodes[why], why);
    },
    later(what) {
      what().catch((error: unknown) => {
        deps.bug(error);
        shell.close('try-later');
      });
    },
    isOver: () => state === 'over',
  };
  const acts = makeActs(shell);

  function finish(): void {
    state = 'over';
    cancel();
    held = [];
    acts.over();
  }

  function receive(text: string): void {
    if (state === 'over') return;
    heardAt = clock.now();
    if (!takeToken(frames, heardAt)) {
      shell.end('too-many');
      return;
    }
    if (state === 'live') acts.heard();
    if (isLongerThan(text, limits.frameUpBytes)) {
      if (state === 'waiting') shell.end('frame-too-large');
      else shell.refuse('frame-too-large', commandIdOf(parseObject(text)));
      return;
    }
    const json = parseObject(text);
    if (state === 'waiting') first(json);
    else next(json);
  }

  function first(json: ReturnType<typeof parseObject>): void {
    if (json === null) {
      shell.end('bad-frame');
      return;
    }
    if (json.type !== 'hello') {
      shell.end('hello-expected');
      return;
    }
    // Before its shape is looked at: another version's hello may have another one.
    if (typeof json.protocol === 'number' && json.protocol < PROTOCOL_OLDEST) {
      shell.end('protocol-too-old');
      return;
    }
    if (typeof json.protocol === 'number' && json.protocol > PROTOCOL) {
      shell.end('protocol-too-new');
      return;
    }
    const read = readFrame(door.schemas, json);
    if ('refusal' in read) {
      shell.end('bad-frame');
      return;
    }
    state = 'greeting';
    cancel();
    shell.later(() => greet(read.frame as HelloOf<Frame>));
  }

  async function greet(hello: HelloOf<Frame>): Promise<void> {
    await acts.hello(hello);
    if (shell.isOver()) return;
    state = 'live';
    heardAt = clock.now();
    beatAt = heardAt + door.heartbeatMs;
    arm();
    const waiting = held;
    held = [];
    for (const frame of waiting) if (!shell.isOver()) acts.frame(frame);
  }

  function next(json: ReturnType<typeof parseObject>): void {
    const read = readFrame(door.schemas, json);
    if ('refusal' in read) shell.refuse(read.refusal, read.id);
    else if (read.frame.type === 'hello') shell.refuse('bad-frame');
    else if (read.frame.type === 'heartbeat') return;
    else if (state === 'live') acts.frame(read.frame as LiveFrame<Frame>);
    else if (held.length < HELD_MAX) held.push(read.frame as LiveFrame<Frame>);
    else shell.end('too-many');
  }

  function arm(): void {
    cancel = clock.at(Math.min(beatAt, heardAt + door.silenceMs), tick);
  }

  /** Who seems late is looked at once what has come is read: while we stood still nothing was. */
  function tick(): void {
    if (isSilent() || owesTooLong()) clock.soon(beat);
    else beat();
  }

  const isSilent = () => clock.now() - heardAt >= door.silenceMs;

  function owesTooLong(): boolean {
    const owed = acts.owedSince();
    return owed !== null && clock.now() - owed > limits.customerSilenceMs;
  }

  /** The server's own heartbeat, and the end of those who are silent or don't acknowledge. */
  function beat(): void {
    if (shell.isOver()) return;
    const now = clock.now();
    if (isSilent()) {
      shell.close('going-away');
      return;
    }
    if (now >= beatAt) {
      beatAt = now + door.heartbeatMs;
      if (owesTooLong()) {
        shell.close('too-slow');
        return;
      }
      shell.send(heartbeatText(now));
    }
    if (!shell.isOver()) arm();
  }

  return {
    receive,
    closed: () => {
      if (state !== 'over') finish();
    },
  };
}

/** In UTF-8; the cheap bounds are tried first. */
const isLongerThan = (text: string, bytes: number): boolean =>
  text.length > bytes || (text.length * 3 > bytes && Buffer.byteLength(text) > bytes);
