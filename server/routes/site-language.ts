/** The wanted language where the site speaks it, else the site's first. A site that names none speaks all. */
export function siteLanguage(wanted: string, spoken: readonly string[]): string {
  const [first] = spoken;
  if (first === undefined) return wanted;
  const base = baseOf(wanted);
  return spoken.some((tag) => baseOf(tag) === base) ? wanted : first;
}

const baseOf = (tag: string): string => (tag.split('-')[0] ?? tag).toLowerCase();
