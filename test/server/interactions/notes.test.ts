import { expect, test } from 'vitest';
import type { Command } from '../../../server/interactions/command.ts';
import { by, byCustomer, chat, given, later, saying } from '../given.ts';
import { done, doneBy, id, ready, talking, waiting, wrapping } from '../stories.ts';

const bo = { kind: 'agent', agent: 'bo' as never, name: 'bo' } as const;
const talks = [...ready('bo'), ...talking('c1', 'bo')];
const note = (text: string): Command => ({ type: 'add-note', interaction: id('c1'), text });
const tags = (...list: string[]): Command => ({
  type: 'set-tags',
  interaction: id('c1'),
  tags: list,
});
const data = (pairs: Record<string, string>): Command => ({
  type: 'set-data',
  interaction: id('c1'),
  data: pairs,
});
const DAY = 24 * 3_600_000;

test('CHAT-16: a note is the owner’s words, kept apart from the event', () => {
  given(talks)
    .when(note('She is in a hurry.'), by('bo'))
    .thenTells(
      chat('c1', saying({ type: 'note-added', author: bo }, { text: 'She is in a hurry.' })),
    );
});

test('END-2: tags are the centre’s; set again as they are, nothing happens', () => {
  const world = given(talks);
  world.when(tags('weather'), by('bo')).thenRefused('unknown-tag');
  world
    .when(tags('vip', 'parcel', 'vip'), by('bo'))
    .thenTells(chat('c1', { type: 'tags-set', author: bo, tags: ['vip', 'parcel'] }));
  world.when(tags('parcel', 'vip'), by('bo')).thenNothing();
  world.when(tags(), by('bo'));
  expect(world.interaction('c1')?.tags).toEqual([]);
});

test('END-2: attached data is words: keys and values stand in the content', () => {
  given(talks)
    .when(data({ order: '1042', old: '' }), by('bo'))
    .thenTells(chat('c1', saying({ type: 'data-set', author: bo }, { order: '1042', old: '' })))
    .when(data({}), by('bo'))
    .thenNothing();
});

test.each([note('x'), tags('vip'), data({ a: 'b' })])(
  'TRUST-4: $type is for who is in it',
  (command) => {
    given(talks).when(command, by('cy')).thenRefused('unknown-interaction');
    given(talks).when(command, byCustomer()).thenRefused('not-allowed');
    given(waiting('c1')).when(command, by('bo')).thenRefused('unknown-interaction');
  },
);

test.each([note('x'), tags('vip'), data({ a: 'b' })])(
  'END-9: $type still gets there for a day after the end',
  (command) => {
    const closed = [...ready('bo'), ...wrapping('c1', 'bo'), chat('c1', doneBy('system'))];
    for (const history of [closed, [...ready('bo'), ...done('c1', 'bo')]]) {
      const world = given(history, later(DAY)).when(command, by('bo'));
      expect(world.seq('interaction:c1' as never)).toBe(8);
      given(history, later(DAY + 1))
        .when(command, by('bo'))
        .thenRefused('not-active');
    }
  },
);
