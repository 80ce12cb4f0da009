import * as v from 'valibot';
import { expect, test } from 'vitest';
import { AgentEvent } from '../../protocol/agent-events.ts';
import { AgentCommand, CustomerCommand } from '../../protocol/commands.ts';
import { agentCommands, customerCommands } from '../../protocol/examples/commands.ts';
import { agentEvents, interactionEvents } from '../../protocol/examples/events.ts';
import {
  agentFramesDown,
  agentFramesUp,
  customerFramesDown,
  customerFramesUp,
} from '../../protocol/examples/frames.ts';
import { answers, questions } from '../../protocol/examples/questions.ts';
import type { OneOfEach } from '../../protocol/examples/story.ts';
import {
  AgentFrameDown,
  AgentFrameUp,
  CustomerFrameDown,
  CustomerFrameUp,
} from '../../protocol/frames.ts';
import { InteractionEvent } from '../../protocol/interaction-events.ts';
import { limits } from '../../protocol/limits.ts';
import { Answer, Question } from '../../protocol/questions.ts';

const unions = [
  ['an agent’s command', AgentCommand, agentCommands],
  ['a customer’s command', CustomerCommand, customerCommands],
  ['a frame up to the agent’s door', AgentFrameUp, agentFramesUp],
  ['a frame up to the customer’s door', CustomerFrameUp, customerFramesUp],
  ['a frame down from the agent’s door', AgentFrameDown, agentFramesDown],
  ['a frame down from the customer’s door', CustomerFrameDown, customerFramesDown],
  ['a question', Question, questions],
  ['an answer', Answer, answers],
  ['an event of an agent', AgentEvent, agentEvents],
  ['an event of an interaction', InteractionEvent, interactionEvents],
] as const;

const examples = unions.flatMap(([kind, schema, table]) =>
  Object.entries(table).map(([name, example]) => ({ kind, name, schema, example })),
);

test.each(examples)('$kind, $name, is what its schema takes and survives JSON unchanged', (one) => {
  expect(v.parse(one.schema, JSON.parse(JSON.stringify(one.example)))).toEqual(one.example);
});

test.each(unions)('every member of the union has its example: %s', (_, schema, table) => {
  const members = schema.options.map((option) => option.entries.type.literal);
  expect(Object.keys(table).sort()).toEqual([...members].sort());
});

test('a member without an example does not compile, nor does an example of another shape', () => {
  const { leave: _, ...missing } = customerCommands;
  // @ts-expect-error `leave` has no example
  missing satisfies OneOfEach<CustomerCommand>;
  const wrong = { ...customerCommands, leave: { type: 'leave' } } as const;
  // @ts-expect-error `leave` names no interaction
  wrong satisfies OneOfEach<CustomerCommand>;
  expect(v.is(CustomerCommand, wrong.leave)).toBe(false);
});

test.each(examples)('$kind, $name, with its type misspelt is refused', ({ schema, example }) => {
  expect(v.is(schema, { ...example, type: `${example.type}s` })).toBe(false);
});

test('a text of 16 KiB passes and a longer one does not, counted in bytes', () => {
  const post = (text: string) => v.is(CustomerCommand, { ...customerCommands.post, text });
  expect(post('é'.repeat(limits.textBytes / 2))).toBe(true);
  expect(post(`${'é'.repeat(limits.textBytes / 2)}e`)).toBe(false);
  expect(post(' \n\t ')).toBe(false);
});
