import de from '../../locales/widget/de.json?messages';
import en from '../../locales/widget/en.json?messages';

type Key = `loader.${'open' | 'close' | 'unread' | 'unreachable' | 'retry'}`;
type Texts = Readonly<Record<Key, string | readonly (string | readonly string[])[]>>;

/** The loader's text in a page's language, `count` in the place of its one variable; English for a language that we don't speak. */
export function text(language: string, key: Key, count = 0): string {
  const message = ((/^de\b/i.test(language) ? de : en) as Texts)[key];
  return [message]
    .flat()
    .map((part) => (typeof part === 'string' ? part : count))
    .join('');
}
