import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type CompiledMessage, compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import type { Plugin } from 'vite';

/**
 * Turns `import messages from './de.json?messages'` into that file's ICU messages, compiled, so
 * that no browser carries a message parser. A message that doesn't parse fails the build and names
 * its file and key.
 */
export function messages(): Plugin {
  return {
    name: 'deskside:messages',
    enforce: 'pre',
    resolveId: {
      filter: { id: suffix },
      handler(source, importer) {
        // The id hides the `.json`, which Vite's own JSON plugin would otherwise compile once more.
        const path = source.replace(suffix, '');
        return prefix + resolve(importer ? dirname(importer) : '.', path);
      },
    },
    load: {
      filter: { id: new RegExp(`^${prefix}`) },
      async handler(id) {
        const file = `${id.slice(prefix.length)}.json`;
        this.addWatchFile(file);
        const compiled = compileCatalogue(await readFile(file, 'utf8'), file);
        return `export default JSON.parse(${JSON.stringify(JSON.stringify(compiled))});`;
      },
    },
  };
}

/** The compiled messages of a locale file's text, by key. Throws and names the key of a bad one. */
export function compileCatalogue(json: string, file: string): Record<string, CompiledMessage> {
  const compiled: Record<string, CompiledMessage> = {};
  for (const [key, message] of Object.entries(JSON.parse(json) as Record<string, string>)) {
    try {
      compiled[key] = compileMessageOrThrow(message);
    } catch (cause) {
      throw new Error(`${file}: "${key}" is not a valid message: ${message}`, { cause });
    }
  }
  return compiled;
}

const prefix = '\0messages:';
const suffix = /\.json\?messages$/;
