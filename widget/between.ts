/**
 * What the loader (in the shop's page) and the chat (in an iframe of the server's origin) tell each
 * other by `postMessage`. Neither believes anything that doesn't come from the exact window and
 * origin it knows, in one of these shapes.
 */
export type ToChat =
  /** Shown or hidden; `full`: it fills the screen; `focus`: the customer asked for it just now. */
  | {
      readonly type: 'open';
      readonly open: boolean;
      readonly full: boolean;
      readonly focus: boolean;
    }
  | { readonly type: 'page'; readonly url: string }
  | { readonly type: 'language'; readonly language: string }
  | { readonly type: 'theme'; readonly theme: string };

export type ToPage =
  /** The chat's script runs; the loader answers with everything in `ToChat`. */
  | { readonly type: 'ready' }
  | { readonly type: 'close' }
  | { readonly type: 'unread'; readonly count: number }
  /** A chat is going on: the next page loads the iframe at once. */
  | { readonly type: 'going'; readonly going: boolean }
  | { readonly type: 'accent'; readonly accent: string; readonly ink: string };

export const toChat: Shapes<ToChat> = {
  open: { open: 'boolean', full: 'boolean', focus: 'boolean' },
  page: { url: 'string' },
  language: { language: 'string' },
  theme: { theme: 'string' },
};

export const toPage: Shapes<ToPage> = {
  ready: {},
  close: {},
  unread: { count: 'number' },
  going: { going: 'boolean' },
  accent: { accent: 'string', ink: 'string' },
};

/** The message in `event`, or null when it isn't from there or isn't one of `shapes`. */
export function readMessage<M extends Message>(
  event: Pick<MessageEvent<unknown>, 'data' | 'origin' | 'source'>,
  from: { readonly origin: string; readonly source: unknown },
  shapes: Shapes<M>,
): M | null {
  if (event.origin !== from.origin || !event.source || event.source !== from.source) return null;
  const message = Object(event.data);
  const type: M['type'] = message[MARK];
  if (!Object.hasOwn(shapes, type)) return null;
  const fits = Object.entries<string>(shapes[type]).every(
    ([field, kind]) => typeof message[field] === kind,
  );
  return fits ? { ...message, type } : null;
}

/** The message as it is posted. */
export const marked = ({ type, ...fields }: Message): object => ({ ...fields, [MARK]: type });

const MARK = 'deskside';

type Message = { readonly type: string };
type Shapes<M extends Message> = {
  readonly [T in M['type']]: {
    readonly [F in Exclude<keyof Extract<M, { type: T }>, 'type'>]: 'string' | 'number' | 'boolean';
  };
};
