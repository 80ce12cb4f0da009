import * as v from 'valibot';
import { expect, test } from 'vitest';
import { AgentSnapshot } from '../../../protocol/agent-events.ts';
import { limits } from '../../../protocol/limits.ts';
import { type Channel, type Content, channelLimitsMax, channels } from '../../../protocol/parts.ts';
import { type AgentState, type Assignment, newAgent } from '../../../server/agents/state.ts';
import { agentSnapshot } from '../../../server/feed/snapshot.ts';
import type { Store, StoredEvent } from '../../../server/store/contract.ts';
import { by } from '../given.ts';
import { Spine } from '../spine.ts';

const id = (kind: string, n: number) => `${kind}-${n}-`.padEnd(64, 'x') as never;
const TIME = 9_999_999_999_999;
const EPOCH = 99_999;

/** All that an agent may have open at once, with the longest ids, names and skills. */
function fullest(): AgentState {
  const many = <T>(count: number, make: (n: number) => T): T[] =>
    Array.from({ length: count }, (_, n) => make(n));
  const held = (channel: Channel, count: number, rest: object): [string, Assignment][] =>
    many(count, (n) => [
      id(`${channel}-${JSON.stringify(rest).length}`, n),
      {
        phase: 'wrapping',
        epoch: EPOCH,
        role: 'consultant',
        channel,
        blocks: false,
        ...rest,
      } as Assignment,
    ]);
  const name = '\u{1F600}'.repeat(40);
  const facts = (n: number) => ({
    interaction: id('interaction', n),
    channel: 'messaging' as const,
    queue: id('queue', n),
    startedAt: TIME,
  });
  const offers = many(channelLimitsMax.chat, (n): [string, Assignment] => [
    id('offered', n),
    {
      phase: 'offered',
      seq: 1 + n,
      answerBy: TIME,
      facts: {
        ...facts(n),
        offer: id('offer', n),
        enqueuedAt: TIME,
        showBy: TIME,
        answerMs: 300_000,
        why: {
          reason: 'proficiency',
          skills: many(20, (k) => ({ skill: id('skill', k), proficiency: 5 })),
          candidates: 10_000,
          step: 20,
          passedOver: Object.fromEntries(many(13, (k) => [`kept-for-another-${k}`, 10_000])),
        },
      },
    },
  ]);
  const status = {
    status: 'not-ready',
    reason: 'r'.repeat(64),
    since: TIME,
    until: TIME,
    next: 'ready',
    pending: {
      to: 'not-ready',
      reason: 'r'.repeat(64),
      durationMs: limits.statusMsMax,
      next: 'ready',
      by: { kind: 'supervisor', agent: id('agent', 1), name },
    },
    before: null,
  } as const;
  const fresh = newAgent(id('agent', 0));
  return {
    ...fresh,
    channels: {
      chat: status,
      voice: status,
      email: status,
      messaging: status,
      'work-item': status,
    },
    assignments: Object.fromEntries([
      ...offers,
      ...channels.flatMap((channel) => held(channel, channelLimitsMax[channel], {})),
      ...held('messaging', limits.parked, { phase: 'parked', until: TIME }),
      ...held('messaging', limits.listening, { phase: 'active', role: 'monitor' }),
    ]),
    ownWrapUps: Object.fromEntries(
      many(12, (n) => [id('own', n), { channel: 'messaging', until: TIME, since: 1 } as const]),
    ),
    requests: Object.fromEntries(
      many(20, (n) => [
        id('request', n),
        {
          seq: 101 + n,
          facts: {
            ...facts(n),
            request: id('request', n),
            kind: 'transfer',
            from: id('agent', n),
            fromName: name,
            until: TIME,
          } as const,
        },
      ]),
    ),
    commitments: Object.fromEntries(
      many(limits.commitments, (n) => [
        id('commitment', n),
        {
          about: id('about', n),
          due: TIME,
          channel: 'messaging',
          isDue: false,
          seq: 201 + n,
        } as const,
      ]),
    ),
  };
}

/** What stands in the agent's stream, by its seq. */
const storeOf = (words: (seq: number) => Content): Pick<Store, 'read'> => ({
  read: async (_, after) => [{ seq: after + 1, content: words(after + 1) } as StoredEvent],
});

const bytesOf = (what: unknown) => Buffer.byteLength(JSON.stringify(what));

/** What people may write at most: in characters of several bytes, and in those that JSON writes as six. */
const longest =
  (text: (bytes: number, characters: number) => string) =>
  (seq: number): Content =>
    seq > 200
      ? {
          note: text(limits.noteBytes, limits.noteBytes),
          contact: text(9_999, limits.fieldCharacters),
        }
      : {
          ...(seq > 100 ? { note: text(limits.noteBytes, limits.noteBytes) } : {}),
          name: text(9_999, limits.fieldCharacters),
          email: text(9_999, limits.fieldCharacters),
          phone: text(9_999, limits.fieldCharacters),
          subject: text(9_999, limits.fieldCharacters),
          entryPage: text(9_999, limits.urlCharacters),
        };
const of = (character: string) => (bytes: number, characters: number) =>
  character.repeat(
    Math.min(
      Math.floor(bytes / Buffer.byteLength(character)),
      Math.floor(characters / character.length),
    ),
  );

test.each([
  ['of three bytes', '語'],
  ['of four bytes', '\u{1F600}'],
  ['that JSON writes as six', '\u0001'],
  ['of one byte', 'x'],
])(
  'TRUST-5: the fullest snapshot, all texts as long as they may be, in characters %s, has room in half a frame',
  async (_, character) => {
    const state = fullest();
    const words = longest(of(character));
    const snapshot = await agentSnapshot(storeOf(words), state, 300);
    expect(bytesOf(snapshot)).toBeLessThanOrEqual(limits.snapshotBytes);
    expect(v.parse(AgentSnapshot, JSON.parse(JSON.stringify(snapshot)))).toEqual(snapshot);
    // Nothing open is missing; of each text there is a beginning, and where the rest stands.
    expect([snapshot.offers.length, snapshot.requests.length, snapshot.commitments.length]).toEqual(
      [12, 20, 50],
    );
    for (const { content, cutAt } of [
      ...snapshot.offers,
      ...snapshot.requests,
      ...snapshot.commitments,
    ]) {
      expect(cutAt).not.toBeNull();
      for (const [key, whole] of Object.entries(words(cutAt!))) {
        expect(whole.startsWith(content![key]!)).toBe(true);
        expect(content![key]!.length % character.length).toBe(0);
      }
    }
    expect(snapshot.commitments[0]!.content!.note!.length).toBeGreaterThan(0);
  },
);

test('ordinary words stay as they are, beside those that are cut', async () => {
  const state = fullest();
  const words = (seq: number): Content =>
    seq > 201 && seq < 206
      ? { note: 'x'.repeat(limits.noteBytes) }
      : { note: 'Call back after four' };
  const { commitments, requests } = await agentSnapshot(storeOf(words), state, 300);
  const all = [...commitments, ...requests];
  const long = all.filter(({ content }) => content?.note?.startsWith('x'));
  const short = all.filter((one) => !long.includes(one));
  expect(long.map(({ cutAt }) => cutAt)).toEqual([202, 203, 204, 205]);
  for (const { content } of long) expect(content!.note!.length).toBeGreaterThan(1_000);
  for (const one of short)
    expect(one).toMatchObject({ cutAt: null, content: { note: 'Call back after four' } });
});

test('words that were removed are null, and not cut', async () => {
  const store = { read: async () => [{ seq: 1, content: null } as StoredEvent] };
  const { offers } = await agentSnapshot(store, fullest(), 300);
  expect(offers[0]).toMatchObject({ content: null, cutAt: null });
});

test('HAND-7, TRUST-5: a supervisor listens to so many at once and no more, so that a snapshot has its bound', async () => {
  const world = new Spine();
  await world.connect('sue');
  const sue = { ...by('sue'), role: 'supervisor' } as const;
  for (let n = 0; n <= limits.listening; n++) {
    const owner = `bo-${n}`;
    await world.connect(owner);
    const interaction = (await world.comes(`ana-${n}`)) as never;
    expect(await world.ask(by(owner), { type: 'pick', interaction })).toMatchObject({
      type: 'ack',
    });
    expect(await world.ask(sue as never, { type: 'monitor', interaction })).toMatchObject(
      n < limits.listening ? { type: 'ack' } : { refusal: 'no-room' },
    );
  }
  expect(Object.keys((await world.agent('sue')).assignments)).toHaveLength(limits.listening);
});
