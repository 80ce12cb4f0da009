import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = ['components', 'desk', 'entrypoints', 'locales', 'protocol', 'widget', 'public'];
const BUILT = ['.output/chrome-mv3/manifest.json', '.output/widget/widget.js'];

/** Builds extension and widget when something that they are made of is newer. */
export function buildIfOlder(root: string, say: (line: string) => void): void {
  const newest = Math.max(...SOURCES.map((folder) => newestIn(join(root, folder))));
  const oldest = Math.min(...BUILT.map((file) => changedAt(join(root, file))));
  if (oldest > newest) return;
  say('building the extension and the widget …');
  const { status } = spawnSync('npm run --silent build', {
    cwd: root,
    shell: true,
    stdio: 'ignore',
  });
  if (status !== 0) throw new Error('The build failed.');
}

function newestIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Math.max(
    0,
    ...files
      .filter((entry) => entry.isFile() && /\.(tsx?|css|html|json|svg|png)$/.test(entry.name))
      .map((entry) => changedAt(join(entry.parentPath, entry.name))),
  );
}

const changedAt = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
