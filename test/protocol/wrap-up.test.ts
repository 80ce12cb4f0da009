import { expect, test } from 'vitest';
import { emptyForm, missing, type ScriptQuestion, unfitting } from '../../protocol/wrap-up.ts';

const question = (
  id: string,
  kind: ScriptQuestion['kind'],
  required: ScriptQuestion['required'] = { when: 'never' },
): ScriptQuestion => {
  const asked = { id, label: id, required };
  if (kind === 'text') return { ...asked, kind };
  if (kind === 'number') return { ...asked, kind, minimum: -3, maximum: 10 };
  return { ...asked, kind, choices: ['carrier', 'shop'].map((one) => ({ id: one, label: one })) };
};
const script = [
  question('cause', 'choice', { when: 'always' }),
  question('days', 'number', { when: 'answered', question: 'cause', is: ['carrier'] }),
  question('remark', 'text'),
];
const asks = { dispositionRequired: true, resolvedRequired: true, script };
const full = { dispositions: ['late'], resolved: false, answers: { cause: 'shop' } };

test.each<[string, Partial<typeof full & { answers: object }>, unknown]>([
  ['nothing, when all is there', {}, []],
  ['a disposition', { dispositions: [] }, [{ what: 'disposition' }]],
  ['resolved, which no is an answer to', { resolved: null as never }, [{ what: 'resolved' }]],
  ['an answer', { answers: {} as never }, [{ what: 'answer', question: 'cause' }]],
  ['an answer of blanks', { answers: { cause: '  ' } }, [{ what: 'answer', question: 'cause' }]],
  [
    'an answer that another one asks for',
    { answers: { cause: 'carrier' } },
    [{ what: 'answer', question: 'days' }],
  ],
  ['nothing, when that is there, too', { answers: { cause: 'carrier', days: '3' } as never }, []],
])('END-2: what is missing is told: %s', (_, change, expected) => {
  expect(missing(asks, { ...full, ...change })).toEqual(expected);
});

test('END-2: of an empty form everything mandatory is missing, in the order of the form', () => {
  expect(missing(asks, emptyForm).map(({ what }) => what)).toEqual([
    'disposition',
    'resolved',
    'answer',
  ]);
  const nothing = { dispositionRequired: false, resolvedRequired: false, script: [] };
  expect(missing(nothing, emptyForm)).toEqual([]);
});

test.each([
  ['cause', 'carrier', true],
  ['cause', 'weather', false],
  ['cause', '', true],
  ['days', '3', true],
  ['days', '-2.5', true],
  ['days', '2,5', true],
  ['days', '-3', true],
  ['days', '10.5', false],
  ['days', '-4', false],
  ['days', 'three', false],
  ['days', '1e9', false],
  ['remark', 'anything at all', true],
  ['weather', 'fine', false],
  ['toString', 'fine', false],
])('END-2: to %s, “%s” fits: %s', (id, answer, fits) => {
  expect(unfitting(script, { [id]: answer })).toEqual(fits ? [] : [id]);
});
