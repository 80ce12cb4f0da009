/** What the script tag and its page say. */
export type Site = {
  readonly id: string;
  /** The server's origin, where the script came from. */
  readonly server: string;
  readonly language: () => string;
  readonly theme: () => string;
  /** The launcher's colour before the chat has told it. */
  readonly accent: string | undefined;
};

/**
 * Reads `<script src="https://SERVER/widget.js" data-site="…" defer>`. Optional: `data-language`
 * (else the page's, else the browser's), `data-theme` (`light` or `dark`, else the visitor's
 * choice) and `data-accent` (`#rrggbb`). Null when the tag names no site.
 */
export function readSite(script: HTMLScriptElement | null, dark: MediaQueryList): Site | null {
  if (!script?.dataset.site) return null;
  const { site, language, theme, accent } = script.dataset;
  return {
    id: site,
    server: new URL(script.src).origin,
    language: () => language || document.documentElement.lang || navigator.language,
    theme: () => theme || (dark.matches ? 'dark' : 'light'),
    accent,
  };
}

export const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(text);
