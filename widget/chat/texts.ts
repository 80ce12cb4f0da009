import { signal } from '@preact/signals';
import type en from '../../locales/widget/en.json';
import { type Compiled, fillIn, type Values } from '../fill-in.ts';

export type Key = Extract<keyof typeof en, `chat.${string}`>;
type Language = keyof typeof loaders;
type Messages = Readonly<Record<string, Compiled>>;

const loaders = {
  en: () => import('../../locales/widget/en.json?messages'),
  de: () => import('../../locales/widget/de.json?messages'),
};

const current = signal<{ readonly language: Language; readonly messages: Messages } | null>(null);
let asked: Language;

/** The text in the current language. A component that calls it follows the language. */
export function t(key: Key, values?: Values): string {
  const { language, messages } = current.value ?? { language: 'en', messages: {} };
  return fillIn(messages[key] ?? '', language, values);
}

/** The language of what `t` gives, as BCP 47. */
export const language = (): Language => current.value?.language ?? 'en';

/** Switches to the language of `tag`, English when we don't speak it. Of two calls the later wins. */
export async function useLanguage(tag: string): Promise<void> {
  asked = tag.toLowerCase().startsWith('de') ? 'de' : 'en';
  const wanted = asked;
  const { default: messages } = await loaders[wanted]();
  if (wanted === asked) current.value = { language: wanted, messages: messages as Messages };
}

/** The time of day, with the weekday when it isn't today. */
export function clockTime(at: number, now = Date.now()): string {
  const day =
    new Date(at).toDateString() === new Date(now).toDateString()
      ? {}
      : { weekday: 'short' as const };
  return new Date(at).toLocaleTimeString(regional(), {
    hour: 'numeric',
    minute: '2-digit',
    ...day,
  });
}

/** With the person's own region, so that en-GB reads 14:05 and en-US 2:05 PM. */
const regional = (): string =>
  navigator.languages.find((tag) => tag.startsWith(language())) ?? language();
