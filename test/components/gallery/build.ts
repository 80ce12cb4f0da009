import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { messages } from '../../../locales/vite-plugin.ts';

/** The built gallery's files by their path, in memory. */
export async function buildGallery(): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const built = await build({
    configFile: false,
    root: fileURLToPath(new URL('.', import.meta.url)),
    logLevel: 'warn',
    plugins: [messages()],
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      write: false,
      target: 'es2023',
      minify: false,
      rolldownOptions: {
        input: fileURLToPath(new URL('gallery.html', import.meta.url)),
        checks: { pluginTimings: false },
      },
    },
  });
  if (Array.isArray(built) || !('output' in built)) throw new Error('One build was expected.');
  return new Map(
    built.output.map((file) => [
      `/${file.fileName}`,
      file.type === 'chunk' ? file.code : file.source,
    ]),
  );
}
