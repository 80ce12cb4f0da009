import { type I18n, type Messages, setupI18n } from '@lingui/core';
import { computed, type ReadonlySignal, signal } from '@preact/signals';

/** One catalogue per language, fetched when it is first used. */
type Loaders<Language extends string> = Readonly<
  Record<Language, () => Promise<{ readonly default: Messages }>>
>;

export type Values = Readonly<Record<string, string | number>>;

type Translator<Key extends string, Language extends string> = {
  /** Null until the first `use` has resolved. */
  readonly language: ReadonlySignal<Language | null>;
  /** Reads a signal: a component that calls it is rendered again when the language changes. */
  readonly t: (key: Key, values?: Values) => string;
  /** Loads and switches, unless it is spoken already; of two calls under way the later one wins. */
  readonly use: (language: Language) => Promise<void>;
};

export function createTranslator<Key extends string, Language extends string>(
  loaders: Loaders<Language>,
): Translator<Key, Language> {
  const active = signal<{ readonly language: Language; readonly i18n: I18n } | null>(null);
  let asked: Language | null = null;
  return {
    language: computed(() => active.value?.language ?? null),
    t: (key, values) => active.value?.i18n._(key, values && literal(values)) ?? '',
    async use(language) {
      asked = language;
      if (active.peek()?.language === language) return;
      const { default: messages } = await loaders[language]();
      if (asked !== language) return;
      const i18n = setupI18n({ locale: language, messages: { [language]: messages } });
      active.value = { language, i18n };
    },
  };
}

/** The first language a person wants that there is: `de-AT` takes `de`; else the first there is. */
export function bestLanguage<Language extends string>(
  wanted: readonly string[],
  there: readonly [Language, ...Language[]],
): Language {
  for (const tag of wanted) {
    const [base] = tag.toLowerCase().split('-');
    const found =
      there.find((language) => language.toLowerCase() === tag.toLowerCase()) ??
      there.find((language) => language.toLowerCase().split('-')[0] === base);
    if (found !== undefined) return found;
  }
  return there[0];
}

/** Lingui decodes `\u….` escapes after filling in; in what people wrote they stay as they are. */
function literal(values: Values): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replaceAll(/\\(?=[ux])/g, '\\\u2060') : value,
    ]),
  );
}
