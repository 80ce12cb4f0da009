import { accentOn } from './accent.ts';

/** Puts the site's colour and the theme on the page; returns what the launcher is to look like. */
export function paint(
  colour: string | null,
  theme: 'light' | 'dark',
): { readonly accent: string; readonly ink: string } | null {
  const { style, dataset } = document.documentElement;
  dataset.theme = theme;
  if (colour === null) return null;
  const { fill, ink, text } = accentOn(colour, grounds[theme]);
  style.setProperty('--accent', fill);
  style.setProperty('--accent-ink', ink);
  style.setProperty('--accent-text', text);
  return { accent: fill, ink };
}

/** `--ground` of components/tokens.css. */
const grounds = { light: '#ffffff', dark: '#16161c' };
