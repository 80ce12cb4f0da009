import { expect, test } from 'vitest';
import { compileCatalogue } from '../locales/vite-plugin.ts';
import { extensionId } from '../wxt.config.ts';
import { faults } from './prove/faults.ts';
import { isCode, isProduction, repositoryFiles, textOf } from './repository/files.ts';
import { type Catalogue, translationGaps, unusedKeys } from './repository/locales.ts';
import { mutations } from './simulation/mutations.ts';

const files = repositoryFiles();
const texts = files.filter((path) => !/\.(png|ico|mp3|ogg|wav|woff2?|db|gz)$/.test(path));
const code = files.filter((path) => isProduction(path) && isCode(path));

const topLevel = new Set(
  `README.md LICENSE CONTRIBUTING.md package.json package-lock.json tsconfig.json wxt.config.ts
  entrypoints components server test protocol guard desk widget locales public docs`.split(/\s+/),
);

test('the top level holds what a newcomer expects and nothing else', () => {
  const names = new Set(files.map((path) => path.split('/')[0] ?? ''));
  expect([...names].filter((name) => !name.startsWith('.') && !topLevel.has(name))).toEqual([]);
});

test('no file names a place on somebody’s machine', () => {
  expect(
    texts.flatMap((path) => machinePaths(textOf(path)).map((found) => `${path}: ${found}`)),
  ).toEqual([]);
});

test('a place on somebody’s machine is recognised', () => {
  const slash = '/';
  const bad = ['home/ana/x', 'Users/ana/x', 'root/x', 'tmp/x', 'work/src'].map(
    (path) => slash + path,
  );
  expect(bad.flatMap(machinePaths)).toHaveLength(bad.length);
  const good = ['https://example.org/home/ana/', 'docs/tmp/src', './tmp/x', '/usr/bin/chromium'];
  expect(good.flatMap(machinePaths)).toEqual([]);
});

test('the lock file names no registry but the public one', () => {
  const hosts = [...textOf('package-lock.json').matchAll(/"resolved": "https?:\/\/([^/"]+)/g)];
  expect(hosts.filter(([, host]) => host !== 'registry.npmjs.org')).toEqual([]);
});

test('versions are exact', () => {
  const { dependencies, devDependencies } = JSON.parse(textOf('package.json')) as Packages;
  const versions = Object.entries({ ...dependencies, ...devDependencies });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test('no production file is longer than 300 lines', () => {
  const long = files
    .filter((path) => isProduction(path) && /\.(tsx?|css|html)$/.test(path))
    .map((path) => ({ path, lines: textOf(path).split('\n').length - 1 }));
  expect(long.filter(({ lines }) => lines > 300)).toEqual([]);
});

test('no file is named for a drawer instead of a noun or a verb', () => {
  const drawer = /(^|[-/])(utils?|helpers?|common|types|managers?|services?|misc)(\.|\/)/i;
  expect(files.filter((path) => isProduction(path) && drawer.test(path))).toEqual([]);
});

test('every extension id that is written down is the one of our key', () => {
  const ids = code.flatMap((path) => textOf(path).match(/\b[a-p]{32}\b/g) ?? []);
  expect(ids.filter((id) => id !== extensionId)).toEqual([]);
});

test('every fault that a checker must catch fits the source, under a name of its own', () => {
  const all = [...mutations, ...Object.values(faults)];
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  const outOfDate = all.filter(({ changes }) =>
    changes.some(({ file, find }) => textOf(file).split(find).length !== 2),
  );
  expect(outOfDate.map(({ name }) => name)).toEqual([]);
});

/** The catalogues of one half of the product, by language. */
function catalogues(folder: string): Readonly<Record<string, Catalogue>> {
  const inFolder = files.filter(
    (path) => path.startsWith(folder) && /^[^/]+\.json$/.test(path.slice(folder.length)),
  );
  return Object.fromEntries(
    inFolder.map((path) => [path.slice(folder.length), JSON.parse(textOf(path)) as Catalogue]),
  );
}

const halves = ['locales/', 'locales/widget/'];

test.each(halves)(
  'every language in %s has every message, with the same placeholders',
  (folder) => {
    const languages = catalogues(folder);
    expect(Object.keys(languages)).toEqual(expect.arrayContaining(['de.json', 'en.json']));
    expect(translationGaps(languages['en.json'] ?? {}, languages)).toEqual([]);
    for (const name of Object.keys(languages)) compileCatalogue(textOf(folder + name), name);
  },
);

test.each(halves)('every message in %s is used', (folder) => {
  expect(unusedKeys(catalogues(folder)['en.json'] ?? {}, code.map(textOf))).toEqual([]);
});

test('a missing, superfluous, differently filled or unused message is caught', () => {
  const en = { 'a.b': 'Hi {name}', 'a.c': '{n, plural, one {# day} other {# days}}' };
  expect(translationGaps(en, { de: { 'a.b': 'Hallo {name}' } })).toHaveLength(1);
  expect(translationGaps(en, { de: { ...en, 'a.d': 'x' } })).toHaveLength(1);
  expect(translationGaps(en, { de: { ...en, 'a.b': 'Hallo {nam}' } })).toHaveLength(1);
  expect(translationGaps(en, { de: { ...en, 'a.c': '{n} Tage' } })).toHaveLength(1);
  expect(translationGaps(en, { de: { ...en, 'a.c': '{n, plural, other {# Tage}}' } })).toEqual([]);
  expect(unusedKeys(en, ["say('a.b')"])).toEqual(['a.c']);
  expect(unusedKeys(en, ['say(`a.${x}`)'])).toEqual([]);
});

type Packages = Readonly<
  Record<'dependencies' | 'devDependencies', Readonly<Record<string, string>>>
>;

/** Absolute paths in home, temporary and mounted folders, and Windows drives' users. */
function machinePaths(text: string): readonly string[] {
  return (
    text.match(
      /(?<![\w./:~$}{*-])\/(?:home|Users|root|tmp|work|mnt)\/[\w.-]+|[A-Z]:\\Users\\\w+/g,
    ) ?? []
  );
}
