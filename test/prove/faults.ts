import type { Mutation } from '../simulation/mutations.ts';

/** Faults that only a server on real sockets shows; each part of `npm run prove` must catch its own. */
export const faults = {
  logsFrames: {
    name: 'what can’t be read is logged',
    changes: [
      {
        file: 'server/sockets/session.ts',
        find: 'const json = parseObject(text);\n',
        put: 'const json = parseObject(text);\n    if (json === null) console.error(text);\n',
      },
    ],
  },
  keepsFrames: {
    name: 'every frame is kept',
    changes: [
      {
        file: 'server/sockets/session.ts',
        find: 'const json = parseObject(text);\n',
        put: 'const json = parseObject(text);\n    ((globalThis as any).kept ??= []).push(`${text} ${Math.random()}`, json);\n',
      },
    ],
  },
  trustsFrames: {
    name: 'a frame is believed to be an object',
    changes: [
      {
        file: 'server/sockets/session.ts',
        find: 'const json = parseObject(text);\n',
        put: 'const json = JSON.parse(text);\n',
      },
    ],
  },
} as const satisfies Record<string, Mutation>;

/** What the environment of a server with that fault says. */
export const broken = ({ name }: Pick<Mutation, 'name'>): Record<string, string> => ({
  MUTATION: name,
  NODE_OPTIONS: `--import=${new URL('../simulation/mutate.ts', import.meta.url).pathname}`,
});
