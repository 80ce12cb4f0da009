import type { DirectoryView } from '../../protocol/directory.ts';
import { AgentFrameUp } from '../../protocol/frames.ts';
import { type AgentId, agentStream, type CommandId, type StreamName } from '../../protocol/ids.ts';
import type { Question } from '../../protocol/questions.ts';
import { can } from '../access.ts';
import type { Directory, Shown } from '../directory/directory.ts';
import { isWeather } from '../feed/weather.ts';
import type { Handle } from '../handle.ts';
import type { Actor } from '../interactions/command.ts';
import type { StoredEvent } from '../store/contract.ts';
import { type AskedDeps, createAsked } from './asked.ts';
import { type CommandDoor, createCommandDoor } from './command-door.ts';
import type { DeskSocket, DesksHeard } from './desks-heard.ts';
import {
  type AgentHello,
  agentFacts,
  type GreetDeps,
  type Greeting,
  greetAgent,
  type Person,
} from './greet-agent.ts';
import { createInstants, type Instants } from './instants.ts';
import { schemasByType } from './read-frame.ts';
import {
  type Acts,
  createSession,
  type LiveFrame,
  type Out,
  type Session,
  type Shell,
} from './session.ts';
import type { SetUpNews } from './set-up-news.ts';
import { openSide, type Side, type SideDeps } from './side.ts';

export type AgentSessionDeps = SideDeps &
  GreetDeps &
  AskedDeps & {
    readonly handle: Handle;
    readonly desks: DesksHeard;
    readonly directory: Pick<Directory, 'open'>;
    /** Who shows this access token, or null. Rejects while the store is away. */
    readonly verify: (token: string) => Promise<Access | null>;
    /** Null: no longer in the centre's file. */
    readonly person: (agent: AgentId) => Person | null;
    readonly news: SetUpNews;
  };

export type Access = { readonly agent: AgentId; readonly session: string };

const schemas = schemasByType<AgentFrameUp>(AgentFrameUp.options);

/** The agent's door, for one desk. */
export function createAgentSession(deps: AgentSessionDeps, out: Out): Session {
  const { agentHeartbeatMs: heartbeatMs, agentSilenceMs: silenceMs } = deps.limits;
  return createSession(deps, { name: 'agent', schemas, heartbeatMs, silenceMs }, out, (shell) =>
    actsOf(deps, shell),
  );
}

type AgentActor = Extract<Actor, { readonly kind: 'agent' }>;

function actsOf(deps: AgentSessionDeps, shell: Shell): Acts<AgentFrameUp> {
  const { limits, handle, desks, listeners, verify, person, news } = deps;
  let actor: AgentActor | null = null;
  let side: Side | null = null;
  let commands: CommandDoor<Parameters<Handle['handle']>[2]> | null = null;
  let instants: Instants | null = null;
  let asked: ((id: CommandId, question: Question) => void) | null = null;
  let shown: Shown | null = null;
  let socket: DeskSocket | null = null;
  let stopListening = () => {};
  let stopNews = () => {};
  /** The seq at which the agent signed out; when the desk has it, there is no more to say. */
  let signedOutAt: number | null = null;
  let ownStream: StreamName | null = null;

  async function hello(hello: AgentHello): Promise<void> {
    const access = await verified(hello.token);
    if (shell.isOver()) return;
    if (access === 'try-later') {
      shell.end('try-later');
      return;
    }
    const who = access === null ? null : person(access.agent);
    if (access === null || who === null) {
      shell.end('not-signed-in');
      return;
    }
    stopListening = listeners.onSessionOver(access.session, () => shell.end('not-signed-in'));
    // Before the desk becomes the live one: whatever happens now, its silence will be noticed.
    socket = desks.connect(access.agent);
    if (socket === null) {
      shell.end('too-many');
      return;
    }
    const greeting = await greetAgent(deps, access.agent, who, hello);
    if (greeting === 'open-elsewhere') socket.forget();
    if (shell.isOver()) return;
    if (typeof greeting === 'string') shell.end(greeting);
    else welcome(access.agent, hello, greeting);
  }

  async function verified(token: string): Promise<Access | 'try-later' | null> {
    try {
      return await verify(token);
    } catch (error) {
      if (isWeather(error)) return 'try-later';
      throw error;
    }
  }

  function welcome(id: AgentId, hello: AgentHello, greeting: Greeting): void {
    // The set-up may have changed since they were greeted; from here on it is heard of.
    const who = person(id);
    if (who === null) {
      shell.end('not-signed-in');
      return;
    }
    const self = actorOf(id, who);
    actor = self;
    const facts = agentFacts(id, who, deps.centreCard());
    shell.send(JSON.stringify({ ...greeting.welcome, ...facts }));
    if (shell.isOver()) return;
    stopNews = news.listen(() => setUpChanged(id));
    commands = createCommandDoor(deps, shell, {
      perSecond: limits.agentCommandsPerSecond,
      burst: limits.agentCommandsBurst,
      ask: (command, what) => handle.handle(actor ?? self, command, what),
      answered: () => {},
    });
    asked = createAsked(deps, shell, () => actor ?? self);
    instants = createInstants(deps, shell, () => actor ?? self);
    ownStream = agentStream(id);
    side = openSide(deps, shell, {
      actor: self,
      mark: id,
      own: (event) => own(event, hello, greeting.liveFrom),
    });
    for (const { stream, epoch, after, role } of greeting.subscriptions)
      side.reader.subscribe(stream, epoch, after, role);
  }

  /** Who is no longer in the file is out; the others go on with what it says of them now. */
  function setUpChanged(id: AgentId): void {
    const who = person(id);
    if (who === null) {
      shell.end('not-signed-in');
      return;
    }
    actor = actorOf(id, who);
    shell.send(JSON.stringify({ type: 'centre', ...agentFacts(id, who, deps.centreCard()) }));
  }

  /** What the agent's own stream says of this desk. */
  function own({ seq, body }: StoredEvent, { desk }: AgentHello, liveFrom: number): void {
    if (seq <= liveFrom) return;
    // STATE-11: the newer sign-in wins.
    if (body.type === 'signed-in' && body.desk !== desk) shell.end('open-elsewhere');
    // STATE-8: given up while it was silent; with its next hello it is back.
    else if (body.type === 'unreachable') shell.close('going-away');
    else if (body.type === 'signed-out') signedOutAt = seq;
  }

  function frame(frame: LiveFrame<AgentFrameUp>): void {
    switch (frame.type) {
      case 'command':
        commands?.take(frame.id, frame.command);
        return;
      case 'ask':
        asked?.(frame.id, frame.question);
        return;
      case 'instant':
        instants?.send(frame);
        return;
      case 'instant-shown':
        instants?.shown(frame.id);
        return;
      case 'directory':
        looksUp(frame.show);
        return;
      default:
        side?.take(frame);
        if (frame.type === 'got') endSignedOut();
    }
  }

  function looksUp(view: DirectoryView | null): void {
    const no = actor === null ? 'not-allowed' : can(actor, 'directory', null);
    if (no !== null) {
      shell.refuse(no);
      return;
    }
    shown ??= deps.directory.open(shell.send);
    shown.show(view);
  }

  function endSignedOut(): void {
    if (signedOutAt === null || ownStream === null || side?.reader.waitingSince() !== null) return;
    if ((side.reader.sent(ownStream) ?? 0) >= signedOutAt) shell.close('signed-out');
  }

  return {
    hello,
    frame,
    heard: () => socket?.heard(),
    owedSince: () => side?.reader.waitingSince() ?? null,
    over: () => {
      stopListening();
      stopNews();
      socket?.close();
      side?.close();
      instants?.close();
      shown?.show(null);
    },
  };
}

const actorOf = (id: AgentId, { name, role }: Person): AgentActor => ({
  kind: 'agent',
  id,
  name,
  role,
});
