import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { madeOnce } from '../made-once/made-once.ts';

/** A kilobyte here is 1,000 bytes, the stricter reading. */
const LOADER_BYTES = 3_000;
const FIRST_MESSAGE_BYTES = 20_000;

let folder: string;
beforeAll(async () => {
  folder = await madeOnce('widget');
}, 60_000);

const text = (path: string) => readFileSync(join(folder, path), 'utf8');
const size = (path: string) => gzipSync(text(path), { level: 9 }).length;
const assets = () => readdirSync(join(folder, 'assets'));
/** What a page or script fetches before it runs. */
const fetched = (source: string) =>
  assets().filter((name) =>
    [`"/widget/assets/${name}"`, `from"./${name}"`, `import"./${name}"`].some((use) =>
      source.replaceAll('`', '"').includes(use),
    ),
  );
const language = (code: string) => assets().filter((name) => name.startsWith(`${code}-`));

test('the loader takes at most 3 kB of a shop’s page', () => {
  expect(size('widget.js')).toBeLessThanOrEqual(LOADER_BYTES);
});

test('the loader is one classic script that leaves nothing in the page’s own scope', () => {
  expect(text('widget.js')).toMatch(/^\(function\(\)\{.*\}\)\(\);?\s*$/s);
});

test.each(['en', 'de'])(
  'until the first message can be sent in %s it takes at most 20 kB',
  (code) => {
    const first = fetched(text('chat/index.html'));
    const more = first
      .filter((name) => name.endsWith('.js'))
      .flatMap((name) => fetched(text(`assets/${name}`)));
    const names = [...new Set([...first, ...more, ...language(code)])];
    expect(names.filter((name) => name.endsWith('.js')).length).toBeGreaterThanOrEqual(2);
    expect(names.some((name) => name.endsWith('.css'))).toBe(true);
    const sizes = ['chat/index.html', ...names.map((name) => `assets/${name}`)].map(size);
    expect(sizes.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(FIRST_MESSAGE_BYTES);
  },
);

test('each language is a chunk of its own', () => {
  expect([language('en').length, language('de').length]).toEqual([1, 1]);
  const others = assets().filter((name) => !language('de').includes(name));
  expect(others.filter((name) => text(`assets/${name}`).includes('Unterhaltung'))).toEqual([]);
});

test('the page needs nothing that its policy forbids: no inline script, no inline style', () => {
  const page = text('chat/index.html');
  expect(page).not.toMatch(/<style|<script(?![^>]*\bsrc=)|\son\w+=|javascript:/i);
  expect(page).not.toMatch(/https?:\/\//);
});
