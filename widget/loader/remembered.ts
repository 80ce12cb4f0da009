/**
 * What the next page of the shop must know before the chat can tell it. It stands in the shop's
 * own storage, so it says nothing that the shop may not know.
 */
export type Remembered = {
  /** A chat is going on. */
  going?: boolean;
  open?: boolean;
  accent?: string;
  ink?: string;
};

/** Where the page may not store anything, nothing is remembered beyond it. */
export function remember(site: string) {
  const key = `deskside:${site}`;
  let now: Remembered = {};
  try {
    now = Object(JSON.parse(localStorage.getItem(key) ?? ''));
  } catch {}
  return {
    now: () => now,
    set(next: Remembered) {
      now = { ...now, ...next };
      try {
        localStorage.setItem(key, JSON.stringify(now));
      } catch {}
    },
  };
}
