/** `npm run dev`: the server, the extension and the chat, each made anew when a file changes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { programPath, withOurNode } from './build.ts';
import { root } from './paths.ts';

type Watcher = { readonly name: string; readonly command: readonly [string, ...string[]] };

const watchers: readonly Watcher[] = [
  {
    name: 'server',
    command: [process.execPath, '--watch', '--watch-preserve-output', 'server/main.ts'],
  },
  { name: 'extension', command: [programPath('wxt')] },
  {
    name: 'chat',
    command: [programPath('vite'), 'build', '--watch', '--config', 'widget/vite.config.ts'],
  },
];

console.log('The extension to load while developing: .output/chrome-mv3-dev');
const children = watchers.map(watch);
let ending = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);

function watch({ name, command: [program, ...args] }: Watcher): ChildProcess {
  const child = spawn(program, args, { cwd: root, env: withOurNode(), stdio: 'pipe' });
  const write = (line: string) => {
    if (!isSpinner(line)) console.log(`${name.padEnd(10)}│ ${line}`);
  };
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', write);
  child.on('error', (error) => write(error.message));
  child.on('exit', (code) => {
    if (ending) return;
    write(`ended (${code}); the others end too`);
    process.exitCode = 1;
    end();
  });
  return child;
}

/** A spinner's turn, drawn with Braille dots; without a terminal each would be a line. */
const isSpinner = (line: string): boolean => /^[\u2800-\u28ff] /.test(line);

function end(): void {
  ending = true;
  for (const child of children) child.kill('SIGTERM');
}
