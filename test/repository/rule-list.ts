export type ListedRule = {
  readonly id: string;
  readonly says: string;
  /** The test files named in the row. */
  readonly shownBy: readonly string[];
};

/** The rows of docs/rules.md: `| OFFER-5 | what it says | test/routing/offer.test.ts |`. */
export function listedRules(markdown: string): readonly ListedRule[] {
  return markdown.split('\n').flatMap((line) => {
    const [, id, says, files] = /^\| ([A-Z]+-\d+) \|(.*)\|([^|]*)\|$/.exec(line) ?? [];
    if (id === undefined) return [];
    const shownBy = [...(files ?? '').matchAll(/test\/[\w./-]+\.tsx?/g)].map(([path]) => path);
    return [{ id, says: (says ?? '').trim(), shownBy }];
  });
}

/** The rule ids that a test's name quotes. */
export function quotedRules(testName: string): readonly string[] {
  const ids = testName.match(/\b[A-Z]{2,}-\d+\b/g) ?? [];
  return ids.filter((id) => !notRules.has(id));
}

/** Words of the same shape. */
const notRules = new Set(['UTF-8', 'UTF-16', 'SHA-256', 'ISO-8601', 'AES-256']);
