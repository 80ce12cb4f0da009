import { expect, test } from 'vitest';
import type { Command } from '../../../server/interactions/command.ts';
import { by, byCustomer, bySystem, chat, given, type Told } from '../given.ts';
import { done, id, post, talking, waiting, who, wrapping } from '../stories.ts';

const send = (to: string | null): Command => ({
  type: 'send-transcript',
  interaction: id('c1'),
  to,
});
const bo = { kind: 'agent', agent: who('bo'), name: 'bo' } as const;
const asked = (
  author: typeof bo | { readonly kind: 'customer' },
  email: string,
  address: 'known' | 'unverified',
): Told =>
  chat('c1', { body: { type: 'transcript-requested', author, address }, words: { email } });

test('END-6: without an address of the customer one is asked for', () => {
  given(talking('c1', 'bo')).when(send(null), by('bo')).thenRefused('no-address');
});

test('END-6: one that the agent gives is marked unverified, and it is written down who asked', () => {
  given(talking('c1', 'bo'))
    .when(send(' ana@example.org '), by('bo'))
    .thenTells(asked(bo, 'ana@example.org', 'unverified'));
});

test('END-6: it may be sent while it is wrapped up, and once it is done', () => {
  for (const history of [wrapping('c1', 'bo'), done('c1', 'bo')])
    given(history)
      .when(send('ana@example.org'), by('bo'))
      .thenTells(asked(bo, 'ana@example.org', 'unverified'));
});

test('END-6: customers ask for their own, once somebody has answered', () => {
  given(waiting('c1')).when(send('ana@example.org'), byCustomer()).thenRefused('nothing-to-send');
  given(talking('c1', 'bo'))
    .when(send('ana@example.org'), byCustomer())
    .thenTells(asked({ kind: 'customer' }, 'ana@example.org', 'unverified'));
});

test('TRUST-4: nobody else does', () => {
  given(talking('c1', 'bo'))
    .when(send('eve@example.org'), byCustomer('eve'))
    .thenRefused('unknown-interaction')
    .when(send('eve@example.org'), by('cy'))
    .thenRefused('unknown-interaction');
});

test.each([
  'ana',
  'ana@',
  '@example.org',
  'ana@example.org\r\nBcc: eve@example.org',
  'ana@example.org\nX: y',
  'ana@example.org, eve@example.org',
  'Ana <ana@example.org>',
  '"ana b"@example.org',
  'ana@exa mple.org',
  'ana@-example.org',
  'ana@example..org',
  'änä@example.org',
  `${'a'.repeat(65)}@example.org`,
  `ana@${'a.'.repeat(130)}org`,
])('END-6: %j is no address that mail can go to', (to) => {
  given(talking('c1', 'bo')).when(send(to), by('bo')).thenRefused('bad-address');
});

test('TRUST-5: five at most wait to be sent; what is sent makes room', () => {
  const world = given(talking('c1', 'bo'));
  for (let n = 0; n < 5; n++) world.when(send('ana@example.org'), by('bo')).thenTellsSomething();
  world.when(send('ana@example.org'), by('bo')).thenRefused('too-many-transcripts');
  const request = world.interaction('c1')?.transcripts[0] ?? 0;
  world
    .when({ type: 'transcript-sent', interaction: id('c1'), request }, bySystem)
    .thenTells(chat('c1', { type: 'transcript-sent', request }))
    .when(send('ana@example.org'), by('bo'))
    .thenTellsSomething();
});

test('I7: what is over stays over', () => {
  const world = given(talking('c1', 'bo')).when(send('ana@example.org'), by('bo'));
  const [request = 0] = world.interaction('c1')?.transcripts ?? [];
  const failed = {
    type: 'transcript-failed',
    interaction: id('c1'),
    request,
    why: 'refused',
  } as const;
  world
    .when(failed, bySystem)
    .thenTells(chat('c1', { type: 'transcript-failed', request, why: 'refused' }))
    .when(failed, bySystem)
    .thenNothing()
    .when({ type: 'transcript-sent', interaction: id('c1'), request }, bySystem)
    .thenNothing();
  expect(world.interaction('c1')?.transcripts).toEqual([]);
});

test('CHAT-7: a page goes with the message; how it opens is decided by the site it is on', () => {
  const withPage = (page: string): Command => ({ ...post('c1', 'look'), page }) as Command;
  const pushed = (opens: 'tab' | 'card'): Told =>
    chat('c1', {
      body: { type: 'message-posted', author: bo, page: opens },
      words: { text: 'look', page: 'https://shop.example/' },
    });
  given(talking('c1', 'bo'))
    .when(withPage('https://shop.example/'), by('bo'))
    .thenTells(pushed('card'))
    .when(withPage('javascript:alert(1)'), by('bo'))
    .thenRefused('bad-page');
  const [begun, ...rest] = talking('c1', 'bo');
  const started = begun?.events[0] as object;
  const fromShop = {
    stream: begun!.stream,
    events: [{ ...started, site: 'shop' }, ...begun!.events.slice(1)],
  };
  given(fromShop as Told, rest)
    .when(withPage('https://shop.example/'), by('bo'))
    .thenTells(pushed('tab'));
});
