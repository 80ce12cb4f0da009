import { expect, test } from 'vitest';
import { createCentre } from '../../../server/centre/centre.ts';
import { parseCentre } from '../../../server/centre/parse-centre.ts';
import { siteLanguage } from '../../../server/routes/site-language.ts';
import { appWorld, folderWith } from './app-world.ts';

test.each<[string, readonly string[], string]>([
  ['de-AT', [], 'de-AT'],
  ['de-AT', ['en', 'de'], 'de-AT'],
  ['DE', ['en', 'de'], 'DE'],
  ['fr', ['de', 'en'], 'de'],
  ['pt', ['en', 'pt-BR'], 'pt'],
  ['', ['de'], 'de'],
])('who wants "%s" of a site that speaks %j gets "%s"', (wanted, spoken, language) => {
  expect(siteLanguage(wanted, spoken)).toBe(language);
});

test('the chat’s page is asked for in a language that its site speaks', async () => {
  const file = `{ name: Small, agents: [], queues: [{ id: q, name: Q }], sites: [
    { id: shop, name: Shop, origins: [self], languages: [de, en] },
    { id: any, name: Any, origins: [self] }] }`;
  const widget = folderWith({ 'chat/index.html': '<!doctype html>chat' });
  const { ask } = await appWorld({
    centre: createCentre(parseCentre(file, 'f')),
    files: { widget, demo: null },
  });
  const french = await ask('/chat?site=shop&language=fr&theme=dark');
  expect(french.status).toBe(302);
  expect(french.headers.get('Location')).toBe('/chat?site=shop&language=de&theme=dark');
  for (const path of [
    '/chat?site=shop&language=en-GB',
    '/chat?site=any&language=fr',
    '/chat?site=any',
  ])
    expect((await ask(path)).status).toBe(200);
  const said = await ask('/chat?site=shop');
  expect(said.headers.get('Location')).toBe('/chat?site=shop&language=de');
});
