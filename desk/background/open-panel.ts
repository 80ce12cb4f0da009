import { browser } from 'wxt/browser';

type Sidebar = {
  readonly open: () => Promise<void>;
  readonly toggle: () => Promise<void>;
};
/** Firefox only, and unknown to the types. */
const sidebar = () => (browser as unknown as { readonly sidebarAction?: Sidebar }).sidebarAction;

/**
 * The window that a person used last. It is kept here because a panel opens only in direct answer
 * to a click: nothing may be awaited before.
 */
export function followWindows(): () => number | null {
  let last: number | null = null;
  browser.windows.onFocusChanged.addListener((window) => {
    if (window !== browser.windows.WINDOW_ID_NONE) last = window;
  });
  browser.windows.getLastFocused({ windowTypes: ['normal'] }).then(
    ({ id }) => {
      last ??= id ?? null;
    },
    () => {},
  );
  return () => last;
}

/** The icon opens the panel: by itself in Chromium, by hand in Firefox. */
export async function openOnIconClick(): Promise<void> {
  if (sidebar() === undefined)
    await browser.sidePanel.setPanelBehavior({ openPanelOnActionClick: true });
  else browser.browserAction.onClicked.addListener(() => void sidebar()?.toggle());
}

/** Call it in the very click. Where the browser doesn't count that as one, a small window opens. */
export async function openPanel(window: number | null): Promise<void> {
  const opened =
    sidebar()?.open() ??
    (window === null
      ? Promise.reject(new Error('no window'))
      : browser.sidePanel.open({ windowId: window }));
  try {
    await opened;
    if (window !== null) await browser.windows.update(window, { focused: true });
  } catch {
    await browser.windows.create({
      url: '/sidepanel.html',
      type: 'popup',
      width: 400,
      height: 800,
    });
  }
}
