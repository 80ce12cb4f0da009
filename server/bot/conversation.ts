import * as v from 'valibot';
import type { QueueId } from '../../protocol/ids.ts';
import type { InteractionEvent } from '../../protocol/interaction-events.ts';
import type { Content } from '../../protocol/parts.ts';

/** A customer's talk with a bot, folded from the interaction's stream. */
export type Conversation = {
  readonly seq: number;
  /** The seq of `bot-started`; 0 before it. */
  readonly since: number;
  readonly queue: QueueId | null;
  readonly language: string;
  readonly data: Readonly<Record<string, string>>;
  /** What the customer's words mean where a button said them: payload by title. */
  readonly buttons: Readonly<Record<string, string>>;
  /** What the bot has not answered, oldest first; the first of all is that the customer has come. */
  readonly waiting: readonly { readonly seq: number; readonly message: string | null }[];
  readonly over: boolean;
};

export const newConversation: Conversation = {
  seq: 0,
  since: 0,
  queue: null,
  language: 'en',
  data: {},
  buttons: {},
  waiting: [],
  over: false,
};

type Told = {
  readonly seq: number;
  readonly body: InteractionEvent;
  readonly content?: Content | null | undefined;
};

/** The conversation after one more event; one that it has heard before changes nothing. */
export function hear(before: Conversation, { seq, body, content }: Told): Conversation {
  if (seq <= before.seq) return before;
  const state = { ...before, seq };
  switch (body.type) {
    case 'started':
      return { ...state, queue: body.queue, language: body.language };
    case 'bot-started':
      return { ...state, since: seq, waiting: [...state.waiting, { seq, message: null }] };
    case 'message-posted': {
      const { author } = body;
      if (author.kind === 'customer')
        return { ...state, waiting: [...state.waiting, { seq, message: content?.text ?? '' }] };
      return author.kind === 'bot'
        ? { ...answered(state, author.answers), buttons: buttonsOf(content?.buttons) }
        : state;
    }
    case 'data-set':
      return {
        ...(body.author.kind === 'bot' ? answered(state, body.author.answers) : state),
        data: { ...state.data, ...content },
      };
    case 'queued':
    case 'abandoned':
      return { ...state, over: true };
    default:
      return state;
  }
}

/** Up to here the bot has answered. */
export const answered = (state: Conversation, seq: number): Conversation => ({
  ...state,
  waiting: state.waiting.filter((one) => one.seq > seq),
});

const Buttons = v.array(v.object({ title: v.string(), payload: v.string() }));

function buttonsOf(text: string | undefined): Conversation['buttons'] {
  if (text === undefined) return {};
  const list = v.parse(Buttons, JSON.parse(text));
  return Object.fromEntries(list.map(({ title, payload }) => [title, payload]));
}
