import { setupI18n } from '@lingui/core';
import { expect, test } from 'vitest';
import { compileCatalogue } from '../../locales/vite-plugin.ts';

const english = {
  'offer.from': '{name} is waiting',
  'outbox.waiting':
    '{count, plural, =0 {Nothing waits} one {# message waits} other {# messages wait}}',
};

test('messages compiled at build time are filled in at run time, plurals by the language’s rules', () => {
  const i18n = setupI18n({ locale: 'en' });
  i18n.load('en', compileCatalogue(JSON.stringify(english), 'en.json'));
  expect(i18n._('offer.from', { name: 'Ana <b>' })).toBe('Ana <b> is waiting');
  expect([0, 1, 2].map((count) => i18n._('outbox.waiting', { count }))).toEqual([
    'Nothing waits',
    '1 message waits',
    '2 messages wait',
  ]);
});

test('a message that does not parse names its file and its key', () => {
  const broken = JSON.stringify({ 'a.b': '{count, plural, one {x}' });
  expect(() => compileCatalogue(broken, 'de.json')).toThrow('de.json: "a.b"');
});
