import { expect, test } from 'vitest';
import type { CommandId, InteractionId } from '../../protocol/ids.ts';
import type { LinkState } from '../../widget/chat/link.ts';
import type { Entry, Talk } from '../../widget/chat/talk.ts';
import { createTranscript } from '../../widget/chat/transcript.ts';

const interaction = 'talk-1' as InteractionId;
const minute = 60_000;
const said = (seq: number, from: 'customer' | 'agent', at = 0): Entry => ({
  kind: 'message',
  seq,
  at,
  from,
  name: from === 'agent' ? 'Marta' : null,
  text: `message ${seq}`,
  command: from === 'customer' ? (`command-${seq}` as CommandId) : null,
});
const state = (entries: readonly Entry[], over: Partial<LinkState> = {}): LinkState => {
  const talk = { interaction, entries, phase: 'active' } as unknown as Talk;
  return { talk, pending: [], delivered: 0, read: 0, ...over } as unknown as LinkState;
};
const marks = (of: LinkState) =>
  createTranscript(of).flatMap((passage) =>
    passage.kind === 'group' ? passage.lines.map(({ mark }) => mark) : [],
  );
const unsent = (id: string, over: object = {}) => ({
  id: id as CommandId,
  command: { type: 'post' as const, interaction, text: id },
  at: 0,
  failed: null,
  acknowledged: false,
  ...over,
});

test('CHAT-2: messages of one sender stand together, until the other speaks or time goes by', () => {
  const passages = createTranscript(
    state([
      said(1, 'customer'),
      said(2, 'customer'),
      said(3, 'agent'),
      said(4, 'agent', 6 * minute),
    ]),
  );
  expect(
    passages.map((one) => one.kind === 'group' && [one.from, one.name, one.lines.length]),
  ).toEqual([
    ['customer', null, 2],
    ['agent', 'Marta', 1],
    ['agent', 'Marta', 1],
  ]);
});

test('CHAT-3: an own message is sending, sent, delivered, read; equal ones say it once', () => {
  const own = [said(1, 'customer'), said(2, 'customer'), said(3, 'customer'), said(4, 'customer')];
  expect(marks(state(own, { delivered: 3, read: 2 }))).toEqual([null, 'read', 'delivered', 'sent']);
  const pending = [unsent('a', { acknowledged: true }), unsent('b'), unsent('c')];
  expect(marks(state([], { pending }))).toEqual(['sent', null, 'sending']);
});

test('CHAT-3: a failed one says why and has no mark', () => {
  const [group] = createTranscript(state([], { pending: [unsent('a', { failed: 'not-active' })] }));
  expect(group).toMatchObject({
    lines: [{ mark: null, failed: { id: 'a', failure: 'not-active' } }],
  });
});

test('the agent’s messages bear no marks', () => {
  expect(marks(state([said(1, 'agent')], { read: 9 }))).toEqual([null]);
});

test('what belongs to another talk is not shown in this one', () => {
  const other = unsent('a', { command: { type: 'post', interaction: 'talk-0', text: 'old' } });
  expect(createTranscript(state([], { pending: [other] }))).toEqual([]);
});
