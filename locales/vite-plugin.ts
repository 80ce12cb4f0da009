import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type CompiledMessage, compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import type { Plugin } from 'vite';

/**
 * Turns `import messages from './de.json?messages'` into that file's ICU messages, compiled, so
 * that no browser carries a message parser. `?messages=widget` keeps only the keys that begin with
 * `widget.`. A message that doesn't parse fails the build and names its file and key.
 */
export function messages(): Plugin {
  return {
    name: 'deskside:messages',
    enforce: 'pre',
    resolveId(source, importer) {
      const [, path, room = ''] = /^(.+)\.json\?messages(?:=([a-z]+))?$/.exec(source) ?? [];
      if (path === undefined) return null;
      // The id hides the `.json`, which Vite's own JSON plugin would otherwise compile once more.
      return `${prefix}${resolve(importer ? dirname(importer) : '.', path)}:${room}`;
    },
    async load(id) {
      if (!id.startsWith(prefix)) return null;
      const end = id.lastIndexOf(':');
      const file = `${id.slice(prefix.length, end)}.json`;
      this.addWatchFile(file);
      const compiled = compileCatalogue(await readFile(file, 'utf8'), file, id.slice(end + 1));
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(compiled))});`;
    },
  };
}

/** The compiled messages of a locale file's text; only the keys of `room` when one is named. */
export function compileCatalogue(
  json: string,
  file: string,
  room = '',
): Record<string, CompiledMessage> {
  const compiled: Record<string, CompiledMessage> = {};
  for (const [key, message] of Object.entries(JSON.parse(json) as Record<string, string>)) {
    if (room !== '' && !key.startsWith(`${room}.`)) continue;
    try {
      compiled[key] = compileMessageOrThrow(message);
    } catch (cause) {
      throw new Error(`${file}: "${key}" is not a valid message: ${message}`, { cause });
    }
  }
  return compiled;
}

const prefix = '\0messages:';
