import { computed } from '@preact/signals';
import type en from './en.json';
import { clockTime, dayName, list, together } from './format.ts';
import { bestLanguage, createTranslator, type Values } from './translate.ts';

type PanelKey = keyof typeof en;
export const panelLanguages = { en: 'English', de: 'Deutsch' } as const;
export type PanelLanguage = keyof typeof panelLanguages;

const translator = createTranslator<PanelKey, PanelLanguage>({
  en: () => import('./en.json?messages'),
  de: () => import('./de.json?messages'),
});

export const language = translator.language;
export const switchLanguage = translator.use;
export const t: (key: PanelKey, values?: Values) => string = translator.t;

/** The panel's language: the one chosen, else that of a browser that prefers these, the best first. */
export function panelLanguageOf(
  chosen: string | null,
  preferred: readonly string[],
): PanelLanguage {
  const isThere = (name: string | null): name is PanelLanguage =>
    name !== null && Object.hasOwn(panelLanguages, name);
  return isThere(chosen) ? chosen : bestLanguage(preferred, ['en', 'de']);
}

/** The language with the person's own region, so that en-GB reads 14:05 and en-US 2:05 PM. */
const locale = computed(() => {
  const chosen = language.value ?? 'en';
  const tags = typeof navigator === 'undefined' ? [] : navigator.languages;
  return tags.find((tag) => tag === chosen || tag.startsWith(`${chosen}-`)) ?? chosen;
});

export const formatTime = (at: number) => clockTime(locale.value, at);
export const formatDay = (at: number, now: number) => dayName(locale.value, at, now);
export const formatList = (items: readonly string[]) => list(locale.value, items);
export const formatTogether = (items: readonly string[]) => together(locale.value, items);
