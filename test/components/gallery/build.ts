import { fileURLToPath } from 'node:url';
import preact from '@preact/preset-vite';
import { build, type InlineConfig } from 'vite';
import { messages } from '../../../locales/vite-plugin.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

/** How the gallery is made; `vite test/components/gallery` is not needed, `look.ts` shows it. */
export const galleryConfig: InlineConfig = {
  configFile: false,
  root,
  logLevel: 'warn',
  plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false }), messages()],
};

/** The built gallery's files by their path, in memory. */
export async function buildGallery(): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const input = fileURLToPath(new URL('gallery.html', import.meta.url));
  const built = await build({
    ...galleryConfig,
    build: { write: false, target: 'es2023', minify: false, rolldownOptions: { input } },
  });
  if (Array.isArray(built) || !('output' in built)) throw new Error('One build was expected.');
  return new Map(
    built.output.map((file) => [
      `/${file.fileName}`,
      file.type === 'chunk' ? file.code : file.source,
    ]),
  );
}
