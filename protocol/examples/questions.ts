import type { Answer, Question } from '../questions.ts';
import { at, bo, interaction, type OneOfEach, queue, request } from './story.ts';

export const questions = {
  waiting: { type: 'waiting', queue },
  explain: { type: 'explain', interaction },
  preview: { type: 'preview', interaction, request, after: 0 },
  holding: { type: 'holding', agent: bo, from: 0 },
  words: { type: 'words', seq: 9 },
  'reload-centre': { type: 'reload-centre' },
} satisfies OneOfEach<Question>;

export const answers = {
  waiting: {
    type: 'waiting',
    queue,
    count: 1,
    rows: [
      {
        interaction,
        channel: 'chat',
        language: 'en',
        priority: 5,
        enqueuedAt: at,
        step: 0,
        returned: false,
      },
    ],
  },
  explain: {
    type: 'explain',
    interaction,
    step: 0,
    nextStepAt: at + 30_000,
    agents: [{ agent: bo, name: 'Bo', verdict: 'no-room' }],
    counts: { 'no-room': 1 },
  },
  preview: {
    type: 'preview',
    interaction,
    request,
    after: 0,
    upTo: 4,
    events: [
      {
        seq: 3,
        at,
        event: { type: 'message-posted', author: { kind: 'customer' } },
        content: { text: 'Where is my parcel?' },
      },
    ],
    more: false,
  },
  holding: {
    type: 'holding',
    agent: bo,
    from: 0,
    rows: [
      { interaction, channel: 'chat', phase: 'active', role: 'owner', queue, startedAt: at },
      {
        interaction,
        channel: 'chat',
        phase: 'own-wrap-up',
        role: null,
        queue: null,
        startedAt: null,
      },
    ],
    count: 2,
  },
  words: { type: 'words', seq: 9, content: { note: 'Tell her when it left the depot.' } },
  'reload-centre': {
    type: 'reload-centre',
    outcome: 'refused',
    why: 'centre.yaml:12:20: queues[0].priority must be a whole number from 1 to 10, not 11.',
  },
} satisfies OneOfEach<Answer>;
