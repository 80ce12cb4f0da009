import { marked, readMessage, type ToChat, type ToPage, toPage } from '../between.ts';

/**
 * The iframe with the chat: loaded, listened to, and loaded again until its server is there.
 * `changed` hears `failed` when it can't be reached; the next try follows by itself.
 */
export function createFrame(
  panel: HTMLElement,
  server: string,
  address: () => string,
  heard: (message: ToPage) => void,
  changed: (state: FrameState) => void,
) {
  let iframe: HTMLIFrameElement | undefined;
  let timer = 0;
  let tries = 0;

  const wait = (ms: number, what: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(what, ms);
  };

  function load() {
    iframe?.remove();
    iframe = document.createElement('iframe');
    iframe.src = address();
    iframe.title = 'Chat';
    // A page that the browser shows instead of ours loads as well, but never says that it is ready.
    iframe.onload = () => wait(READY_MS, failed);
    wait(LOAD_MS, failed);
    changed('loading');
    panel.append(iframe);
  }

  function failed() {
    iframe?.remove();
    changed('failed');
    wait(Math.min(RETRY_MS * 2 ** tries++, RETRY_MS_MAX), load);
  }

  addEventListener('message', (event) => {
    const from = { origin: server, source: iframe?.contentWindow };
    const message = readMessage<ToPage>(event, from, toPage);
    if (message === null) return;
    if (message.type === 'ready') {
      clearTimeout(timer);
      tries = 0;
      changed('ready');
    }
    heard(message);
  });

  return {
    load,
    wanted: () => iframe !== undefined,
    tell: (message: ToChat) => iframe?.contentWindow?.postMessage(marked(message), server),
    focus: () => iframe?.focus(),
  };
}

export type FrameState = 'loading' | 'ready' | 'failed';

/** Scripts have run when a page counts as loaded; a slow machine gets some time more. */
const READY_MS = 3_000;
const LOAD_MS = 20_000;
const RETRY_MS = 4_000;
const RETRY_MS_MAX = 60_000;
