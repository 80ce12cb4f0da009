import { expect, test } from 'vitest';
import { type Policy, strictPolicy } from '../../guard/policy.ts';
import { agentCommands, customerCommands } from '../../protocol/examples/commands.ts';
import type { InteractionId, QueueId } from '../../protocol/ids.ts';
import { guarded } from '../../server/guarded.ts';
import type { Command } from '../../server/interactions/command.ts';

const visa = '4111 1111 1111 1111';
const interaction = 'i-1' as InteractionId;
const queue = 'orders' as QueueId;

/** Ids, and words of which there are few. Whatever else stands in a command somebody has written. */
const notWritten = new Set(
  `type interaction offer agent queue request commitment about to with team skill kind channel reason
  status next language dispositions tags outcome workflow desk`.split(/\s+/),
);

/** A card in front of everything that somebody has written. */
function planted<T>(value: T, key = ''): T {
  if (notWritten.has(key)) return value;
  if (typeof value === 'string') return `${visa} ${value}` as T;
  if (Array.isArray(value)) return value.map((one) => planted(one, key)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, planted(inner, name)]),
  ) as T;
}

const written: readonly Command[] = [
  ...Object.values(agentCommands),
  ...Object.values(customerCommands),
  {
    type: 'bot-over',
    interaction,
    since: 2,
    outcome: 'handed-over',
    note: 'wants a person',
    queue,
    answer: {
      name: 'Bot',
      answers: 3,
      says: [{ text: 'Hello', buttons: [{ title: 'Yes', payload: 'yes' }] }],
      data: { order: '17' },
    },
  },
];

test.each(written.map((command) => [command.type, command] as const))(
  'GUARD-1: nothing that is written in %s goes past the guard',
  (_, command) => {
    const full = planted(command);
    const { command: clean, masked } = guarded(full, strictPolicy);
    expect(JSON.stringify(clean)).not.toContain('4111');
    const holds = JSON.stringify(full).includes('4111');
    expect(masked).toEqual(holds ? ['CREDIT_CARD'] : []);
  },
);

test('GUARD-1: what holds nothing is the same command, with its ids whatever they look like', () => {
  const command = { type: 'pick', interaction: '4111111111111111' as InteractionId } as const;
  expect(guarded(command, strictPolicy).command).toEqual(command);
});

test('GUARD-1: keys of attached data are written by people too', () => {
  const command = { type: 'set-data', interaction, data: { [visa]: 'x' } } as const;
  expect(guarded(command, strictPolicy).command).toMatchObject({
    data: { '**** **** **** 1111': 'x' },
  });
});

test('GUARD-1: an address that is asked for is given, and hidden anywhere else', () => {
  const fields = { email: 'ana@shop.example', phone: '+49 30 1234567' };
  const start = { type: 'start', queue, language: 'en', ...fields, subject: fields.email } as const;
  expect(guarded(start, strictPolicy).command).toMatchObject({
    ...fields,
    subject: '***@****.*******',
  });
});

test.each([
  'https://shop.example/pay?card=4111%201111%201111%201111',
  'https://shop.example/pay?card=4111+1111+1111+1111',
  'https://shop.example/pay?card=4111111111111111&half=%E4',
  'https://shop.example/pay?card=4111%201111%201111%201111&half=\ud800',
])('GUARD-1: the address of a page hides nothing: %s', (entryPage) => {
  const start = { type: 'start', queue, language: 'en', entryPage } as const;
  const { command, masked } = guarded(start, strictPolicy);
  expect(masked).toContain('CREDIT_CARD');
  expect(JSON.stringify(command)).not.toContain('4111');
});

test.each([
  { type: 'send-transcript', interaction, to: 'ana@shop.example' },
  { ...agentCommands['mark-done'], transcriptTo: 'ana@shop.example' },
] as const)('END-6: the address that a transcript goes to is given: $type', (command) => {
  expect(guarded(command, strictPolicy).command).toEqual(command);
});

test('GUARD-1: what is no address goes nowhere', () => {
  const send = { type: 'send-transcript', interaction, to: `${visa}@shop.example` } as const;
  expect(JSON.stringify(guarded(send, strictPolicy).command)).not.toContain('4111');
});

test.each([
  'https://shop.example/pay?card=4111%201111%201111%201111',
  'https://shop.example/of?who=ana@shop.example',
])('CHAT-7: a page opens as it was meant, or not at all: %s', (page) => {
  const post = { type: 'post', interaction, text: 'Look here', page } as const;
  expect(guarded(post, strictPolicy).drop).toBe(true);
  const allowed: Policy = {
    ...strictPolicy,
    entities: { ...strictPolicy.entities, CREDIT_CARD: 'allow', EMAIL: 'allow' },
  };
  expect(guarded(post, allowed)).toEqual({ command: post, drop: false, masked: [] });
});

test('GUARD-1: a drop says so', () => {
  const policy: Policy = {
    ...strictPolicy,
    entities: { ...strictPolicy.entities, IBAN: 'drop' },
  };
  const text = (words: string) => ({ type: 'post', interaction, text: words }) as const;
  expect(guarded(text('DE89 3704 0044 0532 0130 00'), policy).drop).toBe(true);
  expect(guarded(text(visa), policy).drop).toBe(false);
});

test('GUARD-1: the address of a page is masked, and keeps nobody from beginning there', () => {
  const policy: Policy = { ...strictPolicy, entities: { ...strictPolicy.entities, EMAIL: 'drop' } };
  const start = { type: 'start', queue, language: 'en' } as const;
  const entryPage = 'https://shop.example/order?for=ana@shop.example';
  const { command, drop } = guarded({ ...start, entryPage }, policy);
  expect([JSON.stringify(command).includes('ana@'), drop]).toEqual([false, false]);
  expect(guarded({ ...start, entryPage, subject: 'ana@shop.example' }, policy).drop).toBe(true);
});
