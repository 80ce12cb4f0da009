import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accepted, anything, doneWith, notes, START, says, searchWorld, tagged } from './world.ts';

test('END-5: what is done is found by phone, e-mail, the customer’s id and its words', async () => {
  const { begin, find, twoSeconds } = await searchWorld();
  const words = {
    name: 'Zoë',
    email: 'Zoe@Shop.example',
    phone: '030 901820',
    verifiedId: 'shop/4711',
  };
  await begin('i1', { customer: 'principal-1', words }, says('Where is my lamp?'), doneWith([]));
  await begin('i2', { words: { phone: '+49 40 428280' } }, says('A chair, please.'));
  await twoSeconds();
  for (const phone of ['+4930901820', '030/90 18 20', '0049 30 901820'])
    expect(await find({ phone })).toEqual(['i1']);
  expect(await find({ email: ' zoe@shop.EXAMPLE ' })).toEqual(['i1']);
  expect(await find({ customer: 'principal-1' })).toEqual(['i1']);
  for (const customer of ['4711', 'shop/4711']) expect(await find({ customer })).toEqual(['i1']);
  expect(await find({ text: 'chair' })).toEqual(['i2']);
  expect(await find({ text: 'zoe' })).toEqual(['i1']);
  expect(await find({})).toEqual(['i2', 'i1']);
});

test('KNOW-5: of two who were vouched for in one interaction the later counts', async () => {
  const { begin, search, twoSeconds } = await searchWorld();
  const left = { type: 'message-left' } as const;
  await begin('i1', { words: { verifiedId: 'shop/9' } }, [left, { verifiedId: 'shop/10' }]);
  await twoSeconds();
  const { rows } = await search().find(anything);
  expect(rows).toMatchObject([{ verifiedId: 'shop/10' }]);
});

test('END-5: words are found without their accents, in any case, the last one from its beginning', async () => {
  const { begin, find, twoSeconds } = await searchWorld();
  await begin('i1', {}, says('Die Größe des Crème-Sofas'));
  await begin('i2', {}, says('größer geht nicht'));
  await twoSeconds();
  expect(await find({ text: 'CREME' })).toEqual(['i1']);
  expect(await find({ text: 'größ' })).toEqual(['i2', 'i1']);
  expect(await find({ text: 'sofas größ' })).toEqual(['i1']);
  expect(await find({ text: 'größ sofas' })).toEqual([]);
  expect(await find({ text: 'creme-sof' })).toEqual(['i1']);
  expect(await find({ text: 'sofa-creme' })).toEqual([]);
});

test('END-5: the beginning of a word finds it however many words begin so', async () => {
  const { begin, find, twoSeconds } = await searchWorld();
  const many = Array.from({ length: 80 }, (_, n) => `order${n}`).join(' ');
  await begin('i1', {}, says(many));
  await begin('i2', {}, says('orders'));
  await twoSeconds();
  expect(await find({ text: 'orde' })).toEqual(['i2', 'i1']);
  expect(await find({ text: 'orders' })).toEqual(['i2']);
});

test('TRUST-5: of one customer’s, a beginning of many words is looked for in few at a time, and none is left out', async () => {
  const { begin, search, twoSeconds } = await searchWorld();
  const many = Array.from({ length: 80 }, (_, n) => `order${n}`).join(' ');
  for (let n = 0; n < 25; n++) await begin(`i${n}`, { customer: 'zoe' }, says(many));
  await twoSeconds();
  const sizes: number[] = [];
  let after: number | null = null;
  do {
    const page = await search().find({ ...anything, customer: 'zoe', text: 'orde', after });
    sizes.push(page.rows.length);
    after = page.next;
  } while (after !== null);
  expect(sizes).toEqual([10, 10, 5]);
});

test('END-5: notes and what was written at the end are in the agents’ index; what two said aside is not', async () => {
  const { begin, find, twoSeconds } = await searchWorld();
  await begin('i1', {}, accepted('ana'), notes('prefers evenings'), [
    {
      ...{ type: 'side-message-posted', author: { agent: 'bo' as never, name: 'Bo' } },
      ...{ owner: 'ana' as never, with: 'bo' as never },
    },
    { text: 'between us' },
  ]);
  await begin('i2', {}, doneWith([], 'refunded in full'));
  await twoSeconds();
  expect(await find({ text: 'evenings' })).toEqual(['i1']);
  expect(await find({ text: 'refunded' })).toEqual(['i2']);
  expect(await find({ text: 'between' })).toEqual([]);
});

test('END-5: filters hold together: queue, agent, disposition, tag, channel and time', async () => {
  const { begin, go, find, twoSeconds, clock } = await searchWorld();
  await begin('i1', { queue: 'sales' }, accepted('ana'), tagged('vip', 'late'), doneWith(['sold']));
  await twoSeconds();
  await begin('i2', { queue: 'help' }, accepted('bo'), tagged('vip'), says('lamp'));
  await go('i1', tagged('vip'));
  await twoSeconds();
  expect(await find({ queue: 'sales' as never })).toEqual(['i1']);
  expect(await find({ agent: 'bo' as never })).toEqual(['i2']);
  expect(await find({ disposition: 'sold' })).toEqual(['i1']);
  expect(await find({ tag: 'vip' })).toEqual(['i2', 'i1']);
  expect(await find({ tag: 'late' })).toEqual([]);
  expect(await find({ tag: 'vip', agent: 'ana' as never })).toEqual(['i1']);
  expect(await find({ text: 'lamp', queue: 'sales' as never })).toEqual([]);
  expect(await find({ channel: 'email' })).toEqual([]);
  expect(await find({ from: START + 1 })).toEqual(['i2']);
  expect(await find({ to: START + 1 })).toEqual(['i1']);
  expect(await find({ from: START, to: clock.now() })).toEqual(['i2', 'i1']);
  expect(await find({ heldBy: ['help' as never] })).toEqual(['i2']);
  expect(await find({ heldBy: [] })).toEqual([]);
  expect(await find({ heldBy: ['none', 'help'] as never })).toEqual(['i2']);
  expect(await find({ heldBy: ['none', 'sales', 'help'] as never, tag: 'vip' })).toEqual([
    'i2',
    'i1',
  ]);
  expect(await find({ heldBy: ['none', 'nowhere'] as never })).toEqual([]);
});

test.each([null, 'lamp'])(
  'END-5: pages go on where the last one ended, whatever came meanwhile (text: %s)',
  async (text) => {
    const { begin, search, twoSeconds } = await searchWorld();
    for (let n = 1; n <= 5; n++) await begin(`i${n}`, {}, says('lamp'), says('lamp again'));
    await twoSeconds();
    const pages: string[][] = [];
    let after: number | null = null;
    do {
      const page = await search().find({ ...anything, text, after, limit: 2 });
      pages.push(page.rows.map(({ interaction }) => interaction));
      after = page.next;
      await begin(`new-${pages.length}`, {}, says('lamp'));
      await twoSeconds();
    } while (after !== null);
    expect(pages).toEqual([['i5', 'i4'], ['i3', 'i2'], ['i1']]);
  },
);

test('TRUST-5: a search looks at so much and no more; its short page goes on with the next', async () => {
  const { begin, search, twoSeconds } = await searchWorld();
  await begin('rare', {}, tagged('rare'), says('lamp'));
  const many = Array.from({ length: 500 }, () => says('lamp'));
  for (let n = 0; n < 5; n++) await begin(`i${n}`, {}, ...many);
  await twoSeconds();
  await twoSeconds();
  const first = await search().find({
    ...anything,
    text: 'lamp',
    heldBy: null,
    queue: null,
    limit: 50,
  });
  expect(first.next).not.toBeNull();
  const rest = await search().find({ ...anything, text: 'lamp', after: first.next });
  const found = [...first.rows, ...rest.rows].map(({ interaction }) => interaction);
  expect(found).toEqual(['i4', 'i3', 'i2', 'i1', 'i0', 'rare']);
});

test('END-5: a row says who, when, which queue, how it ended and what was found', async () => {
  const { begin, go, search, twoSeconds, clock } = await searchWorld();
  const words = { name: 'Zoë', subject: 'A lamp' };
  await begin('i1', { words }, accepted('ana'), tagged('vip'), says('It is broken.'));
  await clock.advance(5_000);
  await go('i1', doneWith(['returned']));
  await twoSeconds();
  const { rows } = await search().find({ ...anything, text: 'broken' });
  expect(rows).toEqual([
    {
      interaction: 'i1',
      customer: 'customer-of-i1',
      verifiedId: null,
      channel: 'chat',
      queues: ['sales'],
      agents: ['ana'],
      dispositions: ['returned'],
      tags: ['vip'],
      startedAt: START,
      doneAt: START + 5_000,
      name: 'Zoë',
      subject: 'A lamp',
      match: { seq: 5, text: 'It is broken.' },
    },
  ]);
});

test('TRUST-5: whatever somebody types, it is words and never syntax', async () => {
  const { begin, search, twoSeconds } = await searchWorld();
  await begin('i1', {}, says('NEAR the "lamp" AND text:chair* OR -sofa (x) ^y {z}'));
  await twoSeconds();
  const syntax = fc.constantFrom(
    '"',
    '""',
    'AND',
    'OR',
    'NOT',
    'NEAR(',
    ')',
    '*',
    '^',
    ':',
    '-',
    '\0',
    '+',
    '{',
    "'",
    '\\',
    '%',
    ';--',
    '\ud800',
    'text',
    'ab',
  );
  const typed = fc.oneof(
    fc.array(syntax).map((all) => all.join(' ')),
    fc.array(syntax).map((all) => all.join('')),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
  );
  await fc.assert(
    fc.asyncProperty(typed, typed, async (text, other) => {
      const { rows } = await search().find({ ...anything, text, limit: 5 });
      expect(rows.length).toBeLessThanOrEqual(1);
      await search().find({ ...anything, phone: other, email: text, customer: other, tag: text });
    }),
    { numRuns: 150 },
  );
  const { rows } = await search().find({ ...anything, text: '"lamp" AND text:chair*' });
  expect(rows).toHaveLength(1);
});
