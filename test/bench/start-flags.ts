import { readFileSync } from 'node:fs';

/** What `npm start` says to Node. */
export function startFlags(): string[] {
  const project = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { scripts } = JSON.parse(project) as { readonly scripts: { readonly start: string } };
  return scripts.start.split(' ').filter((word) => word.startsWith('--'));
}
