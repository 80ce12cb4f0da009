import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Every file of the repository, committed or about to be, as a path with slashes from its root. */
export function repositoryFiles(): readonly string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const listed = execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\0');
  return [...new Set(listed)].filter((path) => path !== '' && existsSync(join(root, path))).sort();
}

export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

export function isIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

export function isCode(path: string): boolean {
  return /\.tsx?$/.test(path) && !path.endsWith('.d.ts');
}

/** Where the product lives, as opposed to what builds, checks and describes it. */
export function isProduction(path: string): boolean {
  return productionFolders.some((folder) => isIn(path, folder));
}

const productionFolders = [
  'protocol',
  'guard',
  'server',
  'desk',
  'components',
  'entrypoints',
  'widget',
  'locales',
];
