import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { StartError } from '../settings.ts';
import { builtExtension, builtWidget, root } from './paths.ts';

/** Something that is built from sources. */
export type Part = {
  readonly name: string;
  /** Written by every build. */
  readonly product: string;
  /** Files and folders; a change in any of them asks for a new build. */
  readonly sources: readonly string[];
  /** A program of the project and what it is called with. */
  readonly command: readonly [string, ...string[]];
};

const shared = ['protocol', 'guard', 'locales', 'package-lock.json'];

export const parts: readonly Part[] = [
  {
    name: 'the extension',
    product: join(builtExtension, 'manifest.json'),
    sources: ['entrypoints', 'components', 'desk', 'public', 'wxt.config.ts', ...shared],
    command: ['wxt', 'build'],
  },
  {
    name: 'the chat',
    product: join(builtWidget, 'widget.js'),
    sources: ['widget', ...shared],
    command: ['vite', 'build', '--config', 'widget/vite.config.ts'],
  },
];

/** Builds what is missing or older than its sources, and says so. */
export async function buildWhatIsNeeded(say: (text: string) => void): Promise<void> {
  for (const part of parts) {
    if (!isOld(part)) continue;
    const from = performance.now();
    say(`Building ${part.name} … `);
    await build(part);
    say(`${((performance.now() - from) / 1000).toFixed(1)} s\n`);
  }
}

/** Is the product missing, or any source younger? */
export function isOld({ product, sources }: Pick<Part, 'product' | 'sources'>): boolean {
  const built = statSync(product, { throwIfNoEntry: false })?.mtimeMs;
  return built === undefined || sources.some((source) => newest(join(root, source)) > built);
}

/** A folder's own time counts too: it changes when a file in it is removed. */
function newest(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (!found.isDirectory()) return path.endsWith('.tsbuildinfo') ? 0 : found.mtimeMs;
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

async function build({ name, command: [program, ...args] }: Part): Promise<void> {
  const path = programPath(program);
  if (!existsSync(path)) {
    throw new StartError(`${name} can’t be built without ${program}: run "npm ci" first.`, 'build');
  }
  const child = spawn(path, args, { cwd: root, env: withOurNode(), stdio: 'pipe' });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => {
      printed += String(data);
    });
  const [code] = await once(child, 'close');
  if (code === 0) return;
  process.stderr.write(`\n${printed}\n`);
  throw new StartError(`${name} could not be built; see above.`, 'build');
}

export const programPath = (program: string): string => join(root, 'node_modules', '.bin', program);

/** Programs of the project run under the Node that runs us, whatever else is installed. */
export const withOurNode = (): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
});
