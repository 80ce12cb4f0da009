import { expect, test } from 'vitest';
import { appWorld, home } from './app-world.ts';

const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
const asForm = { 'Content-Type': 'application/x-www-form-urlencoded', Origin: home };
const chosen = 'a password of their own';

test('an invited agent sets a password in a browser, once, and signs in with it', async () => {
  const { ask, people } = await appWorld();
  const token = await people.invite('ana' as never);
  const page = await ask(`/invite?token=${token}`);
  expect(page.status).toBe(200);
  const text = await page.text();
  expect(text).toContain('Hello Ana.');
  expect(text).toContain(`value="${token}"`);

  const different = await ask('/invite', form({ token, password: chosen, again: 'else' }), asForm);
  expect(different.status).toBe(422);
  expect(await different.text()).toContain('The two passwords are not the same.');
  const short = await ask('/invite', form({ token, password: 'short', again: 'short' }), asForm);
  expect(await short.text()).toContain('at least 12 characters');

  const set = await ask('/invite', form({ token, password: chosen, again: chosen }), asForm);
  expect(set.status).toBe(200);
  expect(await set.text()).toContain('sign in to http://desk.example as ana@small.example');
  expect((await people.signIn('ana@small.example', chosen, 'here')).type).toBe('signed-in');

  const again = await ask(`/invite?token=${token}`);
  expect(again.status).toBe(410);
  expect(await again.text()).toContain('used or is too old');
});

test('the page speaks German to who prefers it', async () => {
  const { ask } = await appWorld();
  const german = await ask('/invite', undefined, { 'Accept-Language': 'de-AT,de;q=0.9,en;q=0.8' });
  expect(await german.text()).toContain('<html lang="de">');
  const english = await ask('/invite', undefined, { 'Accept-Language': 'en;q=0.9,de;q=0.8' });
  expect(await english.text()).toContain('<html lang="en">');
  const french = await ask('/invite', undefined, { 'Accept-Language': 'fr' });
  expect(await french.text()).toContain('<html lang="en">');
});

test('names and tokens are shown as text, never as markup', async () => {
  const { createCentre } = await import('../../../server/centre/centre.ts');
  const { parseCentre } = await import('../../../server/centre/parse-centre.ts');
  const name = '<script>alert(1)</script>';
  const agent = {
    id: 'ana' as never,
    name,
    email: 'ana@small.example',
    role: 'agent',
    teams: [],
    languages: [],
    skills: {},
  } as const;
  const base = await appWorld();
  const { ask } = await appWorld({
    people: { ...base.people, invited: async () => agent },
    centre: createCentre(
      parseCentre(`{ name: "${name}", agents: [], queues: [{ id: q, name: Q }] }`, 'f'),
    ),
  });
  const page = await ask(`/invite?token=${encodeURIComponent('"><img src=x>')}`);
  const text = await page.text();
  expect(text).not.toContain('<script');
  expect(text).not.toContain('<img');
  expect(text).toContain('&lt;script&gt;');
});

test('the page is kept nowhere, and its own style is the only thing that it may use', async () => {
  const { ask } = await appWorld();
  const { headers } = await ask('/invite');
  expect(headers.get('Cache-Control')).toBe('no-store');
  expect(headers.get('Content-Security-Policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
  );
});
