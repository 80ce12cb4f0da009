/** A message as locales/vite-plugin.ts compiles it: texts, names to fill in, and choices by number. */
export type Compiled = string | readonly Token[];
type Token = string | readonly [name: string, kind?: string, choices?: unknown];
export type Values = Readonly<Record<string, string | number>>;

/**
 * The message with its values. It knows names and plurals, which is all that the customer's texts
 * use (a test holds them to it): @lingui/core would take 2 of the 20 kB that a first message may cost.
 */
export function fillIn(message: Compiled, language: string, values: Values = {}): string {
  if (typeof message === 'string') return message;
  const parts = message.map((token) => {
    if (typeof token === 'string') return token;
    const [name, kind, choices] = token;
    const value = values[name] ?? '';
    if (kind !== 'plural') return value;
    const count = Number(value);
    const cases = choices as Readonly<Record<string, readonly Token[]>>;
    const chosen =
      cases[count] ?? cases[new Intl.PluralRules(language).select(count)] ?? cases.other;
    const figure = new Intl.NumberFormat(language).format(count);
    return fillIn(chosen?.map((part) => (part === '#' ? figure : part)) ?? '', language, values);
  });
  return parts.join('');
}
