import { expect, test } from 'vitest';
import { panelLanguageOf } from '../../locales/panel.ts';
import { createTranslator } from '../../locales/translate.ts';

test.each([
  ['de', ['en'], 'de'],
  ['en', ['de'], 'en'],
  [null, ['de-AT'], 'de'],
  ['xx', ['de'], 'de'],
  ['toString', ['fr'], 'en'],
] as [string | null, string[], string][])(
  'whoever chose %j in a browser that prefers %j has a panel in %s',
  (chosen, preferred, language) => {
    expect(panelLanguageOf(chosen, preferred)).toBe(language);
  },
);

test('a language that is spoken already is not fetched again', async () => {
  let fetched = 0;
  const load = async () => {
    fetched++;
    return { default: {} };
  };
  const { use, language } = createTranslator<'hello', 'en' | 'de'>({ en: load, de: load });
  await use('en');
  await use('en');
  expect(fetched).toBe(1);
  // Back before the other one has come: it stays.
  await Promise.all([use('de'), use('en')]);
  expect(language.value).toBe('en');
});
