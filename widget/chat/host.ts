import { marked, readMessage, type ToChat, type ToPage, toChat } from '../between.ts';

/** The page around us, as far as it may be known: its loader. */
export type Host = {
  readonly tell: (message: ToPage) => void;
};

/**
 * Listens to the loader in the parent page; `claimed` is that page's origin, as the loader said it.
 * A page of another origin that claims it neither hears us nor is heard.
 */
export function connectHost(claimed: string | null, heard: (message: ToChat) => void): Host {
  const origin = URL.canParse(claimed ?? '') ? String(claimed) : location.origin;
  addEventListener('message', (event) => {
    const message = readMessage<ToChat>(event, { origin, source: parent }, toChat);
    if (message !== null) heard(message);
  });
  return { tell: (message) => parent.postMessage(marked(message), origin) };
}
