import type { Answer, Question } from '../questions.ts';
import { at, bo, interaction, type OneOfEach, queue } from './story.ts';

export const questions = {
  waiting: { type: 'waiting', queue },
  explain: { type: 'explain', interaction },
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
} satisfies OneOfEach<Answer>;
