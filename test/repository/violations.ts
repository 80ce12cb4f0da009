import { builtinModules } from 'node:module';
import { isIn } from './files.ts';
import { type Import, importsOf, withoutComments } from './imports.ts';
import type { Room } from './rooms.ts';

/** What a file does that its room's row doesn't allow, one sentence each. */
export function violations(
  file: string,
  source: string,
  rooms: readonly Room[],
): readonly string[] {
  const room = roomOf(file, rooms);
  if (room === null) return [`${file} stands in no room of test/repository/rooms.ts`];
  const found = importsOf(file, source).flatMap((one) => forbidden(one, room, rooms) ?? []);
  const impure = room.pure ? impurities(withoutComments(file, source)) : [];
  return [...found, ...impure].map((what) => `${file} ${what}`);
}

function forbidden(one: Import, room: Room, rooms: readonly Room[]): string | null {
  const { path, specifier, typesOnly } = one;
  if (path !== null) {
    const target = roomOf(path, rooms);
    if (target === null) return `imports ${specifier}, which stands in no room`;
    if (target === room || isIn(target.path, room.path)) return null;
    const known = typesOnly ? [...room.knows, ...(room.knowsTypesOf ?? [])] : room.knows;
    if (known.some((name) => isIn(path, name))) return null;
    return `imports ${typesOnly ? 'the types of ' : ''}${path}, which ${room.path} may not know`;
  }
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) {
    return room.node ? null : `imports ${specifier}, and ${room.path} runs without Node`;
  }
  const name = packageOf(specifier);
  const allowed = room.packages?.includes(name) ?? !room.noPackages?.includes(name);
  return allowed ? null : `imports the package ${name}, which ${room.path} may not use`;
}

/** `@scope/name/sub/path` → `@scope/name`. */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function roomOf(path: string, rooms: readonly Room[]): Room | null {
  const around = rooms.filter((room) => isIn(path, room.path));
  return around.sort((a, b) => b.path.length - a.path.length)[0] ?? null;
}

function impurities(code: string): readonly string[] {
  return notPure.filter(({ pattern }) => pattern.test(code)).map(({ name }) => `mentions ${name}`);
}

const notPure = [
  { name: 'Date.now', pattern: /\bDate\s*\.\s*now\b/ },
  { name: 'new Date()', pattern: /\bnew\s+Date\s*(\(\s*\)|[^\s(])/ },
  { name: 'Math.random', pattern: /\bMath\s*\.\s*random\b/ },
  { name: 'crypto', pattern: /\bcrypto\b/ },
  { name: 'performance', pattern: /\bperformance\s*\.\s*now\b/ },
  { name: 'a timer', pattern: /\b(setTimeout|setInterval|setImmediate|queueMicrotask)\b/ },
  { name: 'the process', pattern: /\bprocess\s*\./ },
];
