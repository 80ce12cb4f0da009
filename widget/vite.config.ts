import { fileURLToPath } from 'node:url';
import preact from '@preact/preset-vite';
import { defineConfig, type Plugin } from 'vite';
import { messages } from '../locales/vite-plugin.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Two builds into one folder: the chat's page with hashed assets, and the loader as one classic
 * script (`widget.js`) that runs in other people's pages.
 */
export default defineConfig({
  root: here('.'),
  base: '/widget/',
  publicDir: false,
  plugins: [preact(), messages(), ownMessages(), plainImports()],
  // The page is rendered as a whole by one effect (chat/main.tsx): it needs signals, and neither
  // hooks nor what binds the two, which would be 2 kB.
  resolve: { alias: { '@preact/signals': '@preact/signals-core' } },
  css: { modules: { generateScopedName: '[hash:base64:4]' } },
  build: {
    outDir: here('../.output/widget'),
    target: 'baseline-widely-available',
    modulePreload: false,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  builder: {
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments))
        await builder.build(environment);
    },
  },
  environments: {
    client: {
      build: { emptyOutDir: true, rolldownOptions: { input: here('chat/index.html') } },
    },
    loader: {
      consumer: 'client',
      build: {
        emptyOutDir: false,
        rolldownOptions: {
          input: here('loader/loader.ts'),
          output: { format: 'iife', entryFileNames: 'widget.js' },
        },
      },
    },
  },
});

/** Of a language file, the loader gets the loader's messages and the chat the chat's. */
function ownMessages(): Plugin {
  return {
    name: 'deskside:own-messages',
    transform(code, id) {
      if (!id.startsWith('\0messages:')) return null;
      const all: object = JSON.parse(
        JSON.parse(code.slice(code.indexOf('(') + 1, code.lastIndexOf(')'))),
      );
      const room = this.environment.name === 'loader' ? 'loader.' : 'chat.';
      const own = Object.entries(all)
        .filter(([key]) => key.startsWith(room))
        .map(([key, message]) => [
          key,
          message.length === 1 && typeof message[0] === 'string' ? message[0] : message,
        ]);
      return `export default ${JSON.stringify(Object.fromEntries(own))};`;
    },
  };
}

/**
 * Vite wraps each `import()` in 1.3 kB that fetch a chunk's styles and dependencies ahead of it.
 * Ours have styles at most, and each is imported once.
 */
function plainImports(): Plugin {
  return {
    name: 'deskside:plain-imports',
    enforce: 'pre',
    load: (id) => (id === '\0vite/preload-helper.js' ? withStyles : null),
  };
}

const withStyles = `
export const __vitePreload = (load, styles) => Promise.all(styles.map(add)).then(load);
const add = (path) => new Promise((done, failed) => {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = '/widget/' + path;
  link.onload = done;
  link.onerror = failed;
  document.head.append(link);
});`;
