import type { ToChat, ToPage } from '../between.ts';
import { createFrame, type FrameState } from './frame.ts';
import { createLook } from './look.ts';
import { remember } from './remembered.ts';
import { isColour, readSite, type Site } from './site.ts';
import { text } from './texts.ts';

const dark = matchMedia('(prefers-color-scheme: dark)');
/** Where the chat fills the screen. */
const small = matchMedia('(max-width: 480px), (max-height: 460px)');
const site = readSite(document.currentScript as HTMLScriptElement | null, dark);
if (site !== null && !document.querySelector('[data-deskside]')) start(site);

/** Adds the launcher to the page; the chat itself is loaded when it is wanted. */
function start(site: Site): void {
  const { now: remembered, set } = remember(site.id);
  const look = createLook(site.id);
  const { host, launcher, badge, panel, words, retry, status } = look;
  let open = false;
  let unread = 0;
  let state: FrameState = 'loading';

  const address = () =>
    `${site.server}/chat?${new URLSearchParams({
      site: site.id,
      language: site.language(),
      theme: site.theme(),
      origin: location.origin,
    })}`;
  const frame = createFrame(panel, site.server, address, heard, (next) => {
    state = next;
    show();
  });

  function heard(message: ToPage) {
    switch (message.type) {
      case 'ready':
        tellAll(false);
        break;
      case 'close':
        setOpen(false);
        break;
      case 'unread':
        unread = message.count;
        break;
      case 'going':
        set({ going: message.going });
        break;
      case 'accent':
        set({ accent: message.accent, ink: message.ink });
        break;
      default:
        message satisfies never;
    }
    show();
  }

  /** `focus`: the customer asked for it just now. */
  function setOpen(next: boolean, focus = true) {
    open = next;
    set({ open });
    if (!frame.wanted()) frame.load();
    show();
    tellAll(focus);
    if (focus) (open ? frame : launcher).focus();
  }

  function tellAll(focus: boolean) {
    const messages: readonly ToChat[] = [
      { type: 'language', language: site.language() },
      { type: 'theme', theme: site.theme() },
      { type: 'page', url: location.href.slice(0, URL_CHARACTERS) },
      { type: 'open', open, full: small.matches, focus },
    ];
    if (state === 'ready') messages.forEach(frame.tell);
  }

  function show() {
    const { accent = site.accent ?? '', ink = '' } = remembered();
    const language = site.language();
    host.style.colorScheme = site.theme();
    if (isColour(accent)) host.style.setProperty('--accent', accent);
    if (isColour(ink)) host.style.setProperty('--ink', ink);
    launcher.hidden = open && small.matches;
    launcher.ariaExpanded = String(open);
    look.icon(open);
    panel.hidden = !open;
    panel.className = `${state} ${small.matches && 'full'}`;
    words.textContent = state === 'failed' ? text(language, 'loader.unreachable') : '…';
    retry.textContent = text(language, 'loader.retry');
    retry.hidden = state !== 'failed';
    const news = !open && unread > 0 ? text(language, 'loader.unread', unread) : '';
    badge.hidden = news === '';
    badge.textContent = String(unread);
    status.textContent = news;
    launcher.ariaLabel = news || text(language, open ? 'loader.close' : 'loader.open');
  }

  const refresh = () => {
    show();
    tellAll(false);
  };
  launcher.onclick = () => setOpen(!open);
  retry.onclick = frame.load;
  panel.onkeydown = (event) => event.key === 'Escape' && setOpen(false);
  dark.onchange = refresh;
  small.onchange = refresh;
  new MutationObserver(refresh).observe(document.documentElement, { attributeFilter: ['lang'] });
  // Shops that change their address without loading a page.
  addEventListener('popstate', refresh);

  document.body.append(host);
  show();
  const { going, open: wasOpen } = remembered();
  if (!going) return;
  frame.load();
  // On a small screen it would cover the page that the customer has just gone to.
  if (wasOpen && !small.matches) setOpen(true, false);
}

/** `limits.urlCharacters` of the protocol. */
const URL_CHARACTERS = 2048;
