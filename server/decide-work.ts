import type { InteractionId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import { refusesTaking } from './agents/offers.ts';
import { parkedBy } from './agents/state.ts';
import { parked, revoked, unparked } from './agents/work.ts';
import {
  both,
  type Context,
  type Decision,
  events,
  oneInteraction,
  refused,
  type World,
} from './decision.ts';
import { botEnded, botSays } from './interactions/bot.ts';
import type { Actor, Command } from './interactions/command.ts';
import type { Outcome } from './interactions/facts.ts';
import { addNote, setData, setTags } from './interactions/notes.ts';
import { park, parkOver, unpark } from './interactions/park.ts';
import type { QueuePolicy } from './interactions/policy.ts';
import { channelOf, holderOf, type InteractionState } from './interactions/state.ts';
import {
  requestTranscript,
  type TranscriptRequest,
  transcriptFailed,
  transcriptSent,
} from './interactions/transcript.ts';
import { extendWrapUp, markDone, wrapUpOver } from './interactions/wrap-up.ts';

/** Commands about what is written beside the talk, its end, the workbin and the bot. */
type WorkCommand = Extract<
  Command,
  {
    interaction: InteractionId;
    type:
      | 'mark-done'
      | 'send-transcript'
      | 'transcript-sent'
      | 'transcript-failed'
      | 'wrap-up-over'
      | 'extend-wrap-up'
      | 'add-note'
      | 'set-tags'
      | 'set-data'
      | 'park'
      | 'unpark'
      | 'park-over'
      | 'bot-says'
      | 'bot-over';
  }
>;

export function decideWork(
  command: WorkCommand,
  actor: Actor,
  state: InteractionState,
  policy: QueuePolicy,
  world: World,
  context: Context,
): Decision {
  const { now } = context;
  const id = state.id;
  const self = actor.kind === 'agent' ? actor.id : null;
  const author =
    actor.kind === 'agent' ? ({ kind: 'agent', agent: actor.id, name: actor.name } as const) : null;
  switch (command.type) {
    case 'mark-done': {
      if (author === null) return refused('not-allowed');
      const { workflow } = command;
      const placeIn = workflow === null || workflow === 'stop' ? null : context.queue(workflow);
      const done = markDone(state, author, command, policy, context.isTag, placeIn, now);
      return both(
        id,
        command.sendTranscript && isNews(done)
          ? withTranscript(done, state, author, command.transcriptTo ?? null, context)
          : done,
        author.agent,
        (agent) => revoked(world.agent(agent), id, 'done'),
      );
    }
    case 'send-transcript': {
      const asks = author ?? (actor.kind === 'customer' ? ({ kind: 'customer' } as const) : null);
      if (asks === null) return refused('not-allowed');
      return oneInteraction(id, asked(state, asks, command.to, context));
    }
    case 'transcript-sent':
      return oneInteraction(id, transcriptSent(state, command.request));
    case 'transcript-failed':
      return oneInteraction(id, transcriptFailed(state, command.request, command.why));
    case 'extend-wrap-up':
      if (author === null) return refused('not-allowed');
      return oneInteraction(id, extendWrapUp(state, author, command.to, policy, now));
    case 'add-note':
      if (author === null) return refused('not-allowed');
      return oneInteraction(id, addNote(state, author, command.text, now));
    case 'set-tags':
      if (author === null) return refused('not-allowed');
      return oneInteraction(id, setTags(state, author, command.tags, context.isTag, now));
    case 'set-data':
      if (author === null) return refused('not-allowed');
      return oneInteraction(id, setData(state, author, command.data, now));
    case 'park': {
      if (self === null) return refused('not-allowed');
      const until = now + Math.min(command.forMs ?? policy.parkMs, policy.parkMs);
      const facts = park(state, self, until);
      const isFull = parkedBy(world.agent(self)).length >= limits.parked;
      if (isFull && isNews(facts)) return refused('workbin-full');
      return both(id, facts, self, () => parked(id, until));
    }
    case 'unpark': {
      if (self === null) return refused('not-allowed');
      if (world.agent(self).desk === null) return refused('not-signed-in');
      const facts = unpark(state, self, policy, now);
      const no = refusesTaking(world.agent(self), channelOf(state), context.agent(self));
      if (no !== null && isNews(facts)) return refused(no);
      return both(id, facts, self, () => unparked(id));
    }
    case 'park-over':
      return both(id, parkOver(state, command.since, policy), holderOf(state), (owner) =>
        revoked(world.agent(owner), id, 'done'),
      );
    case 'bot-says':
      return oneInteraction(id, botSays(state, command));
    case 'bot-over': {
      const named = command.queue === null ? null : context.queue({ queue: command.queue });
      const chosen = named?.channels.includes(channelOf(state)) ? named : null;
      const queue = chosen === null || command.queue === null ? state.queue : command.queue;
      return oneInteraction(
        id,
        botEnded(state, command.since, command, queue, chosen ?? policy, context.lastOwner, now),
      );
    }
    case 'wrap-up-over': {
      const holder = holderOf(state);
      if (holder === null) return events([], []);
      const reachable = world.agent(holder).reach.reachable;
      return both(id, wrapUpOver(state, command.since, reachable, policy), holder, () =>
        revoked(world.agent(holder), id, 'done'),
      );
    }
    default:
      return command satisfies never;
  }
}

const isNews = (outcome: Outcome): boolean => typeof outcome !== 'string' && outcome.length > 0;

const asked = (
  state: InteractionState,
  author: TranscriptRequest['author'],
  to: string | null,
  { words, transcriptsLately: lately }: Context,
): Outcome => requestTranscript(state, { author, to, known: words.email ?? null, lately });

/** END-2: who marks it done without saying where the transcript goes hears that first. */
function withTranscript(
  done: Outcome,
  state: InteractionState,
  author: TranscriptRequest['author'],
  to: string | null,
  context: Context,
): Outcome {
  const request = asked(state, author, to, context);
  if (typeof done === 'string') return done;
  return typeof request === 'string' ? request : [...done, ...request];
}
