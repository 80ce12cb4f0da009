import './components/tokens.css';
import { effect } from '@preact/signals';
import { render } from 'preact';
import type { ToChat } from '../between.ts';
import { browserClock } from './browser-clock.ts';
import { newCommandId, newSecret } from './chance.ts';
import { Chat } from './components/Chat.tsx';
import { loadConversation } from './components/Later.tsx';
import type { WidgetDisk } from './disk.ts';
import { focusScreen, keepFocus } from './focus.ts';
import { connectHost } from './host.ts';
import { openIndexedDisk } from './indexed-disk.ts';
import { keep, kept } from './kept.ts';
import { createCustomerLink } from './link.ts';
import { createModel } from './model.ts';
import { paint } from './paint.ts';
import { openSocket } from './socket.ts';
import { language, useLanguage } from './texts.ts';

const asked = new URLSearchParams(location.search);
const site = asked.get('site') ?? '';
void start();

async function start(): Promise<void> {
  const texts = useLanguage(asked.get('language') ?? '');
  const link = createCustomerLink({
    transport: openSocket,
    clock: browserClock,
    random: Math.random,
    ids: newCommandId,
    secret: newSecret,
    disk: await openDisk(),
    site,
    changed: (state) => model.changed(state),
  });
  const host = connectHost(asked.get('origin'), heard);
  const model = createModel(link, host, language);
  model.theme.value = themeOf(asked.get('theme'));
  // Opened by itself, without a shop around it, it is always shown.
  model.open.value = parent === window;

  function heard(message: ToChat): void {
    switch (message.type) {
      case 'open':
        model.full.value = message.full;
        model.open.value = message.open;
        if (message.open && message.focus) focusScreen(message.full);
        break;
      case 'page':
        model.pageUrl.value = message.url;
        break;
      case 'language':
        void useLanguage(message.language);
        break;
      case 'theme':
        model.theme.value = themeOf(message.theme);
        break;
      default:
        message satisfies never;
    }
  }

  const look = () => {
    model.visible.value = !document.hidden;
    if (model.visible.value) link.wake();
  };
  document.addEventListener('visibilitychange', look);
  addEventListener('online', look);
  effect(() => {
    document.documentElement.lang = language();
  });
  effect(() => {
    const colour = model.state.value.site?.accent ?? kept(`accent:${site}`);
    const launcher = paint(colour, model.theme.value);
    if (colour === null || launcher === null) return;
    keep(`accent:${site}`, colour);
    host.tell({ type: 'accent', ...launcher });
  });

  await texts;
  effect(() => {
    render(<Chat model={model} />, document.body);
    keepFocus(model.full.peek());
  });
  host.tell({ type: 'ready' });
  await link.open();
  // While the customer reads and writes; when it fails it is fetched when it is needed.
  loadConversation().catch(() => {});
}

function themeOf(text: string | null): 'light' | 'dark' {
  return text === 'dark' ? 'dark' : 'light';
}

/** Where the browser keeps nothing for us the chat lasts as long as its page. */
async function openDisk(): Promise<WidgetDisk> {
  try {
    const disk = await openIndexedDisk(site);
    // Some let us open a database and then keep nothing in it.
    await disk.secret(newSecret());
    return disk;
  } catch {
    const { createMemoryDrive } = await import('./memory-disk.ts');
    return createMemoryDrive().open();
  }
}
