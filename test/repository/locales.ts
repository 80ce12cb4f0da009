import { type CompiledMessage, compileMessageOrThrow } from '@lingui/message-utils/compileMessage';

export type Catalogue = Readonly<Record<string, string>>;

/** Where the translations of `source` differ from it in keys or placeholders, one sentence each. */
export function translationGaps(
  source: Catalogue,
  translations: Readonly<Record<string, Catalogue>>,
): readonly string[] {
  return Object.entries(translations).flatMap(([name, translation]) => [
    ...missing(source, translation).map((key) => `${name} lacks ${key}`),
    ...missing(translation, source).map((key) => `${name} has ${key}, which en.json lacks`),
    ...Object.entries(source)
      .filter(([key]) => key in translation)
      .filter(([key, text]) => placeholders(text) !== placeholders(translation[key] ?? ''))
      .map(([key]) => `${name}: ${key} has other placeholders than in en.json`),
  ]);
}

/** Keys that no source names, neither whole nor by the beginning of a template (`offer.${state}`). */
export function unusedKeys(source: Catalogue, sources: readonly string[]): readonly string[] {
  const beginnings = new Set<string>();
  const named = new Set<string>();
  for (const text of sources) {
    for (const [, key = ''] of text.matchAll(/['"`]([a-z][\w-]*(?:\.[\w-]+)+)['"`]/g))
      named.add(key);
    for (const [, start = ''] of text.matchAll(/`([a-z][\w-]*\.(?:[\w-]+\.)*)\$\{/g))
      beginnings.add(start);
  }
  return Object.keys(source).filter(
    (key) => !named.has(key) && ![...beginnings].some((start) => key.startsWith(start)),
  );
}

function missing(from: Catalogue, other: Catalogue): readonly string[] {
  return Object.keys(from).filter((key) => !(key in other));
}

/** The names a message fills in and how (plain, plural, select …), in a comparable form. */
function placeholders(message: string): string {
  const found = new Set<string>();
  const collect = (compiled: CompiledMessage) => {
    for (const token of compiled) {
      if (typeof token === 'string') continue;
      const [name, type = '', format] = token;
      found.add(`${name} ${type}`);
      if (typeof format !== 'object' || format === null) continue;
      for (const choice of Object.values(format)) if (Array.isArray(choice)) collect(choice);
    }
  };
  collect(compileMessageOrThrow(message));
  return [...found].sort().join(', ');
}
