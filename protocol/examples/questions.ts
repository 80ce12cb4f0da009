import type { Answer, Question } from '../questions.ts';
import { at, bo, interaction, type OneOfEach, queue } from './story.ts';

export const questions = {
  waiting: { type: 'waiting', queue },
  explain: { type: 'explain', interaction },
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
  'reload-centre': {
    type: 'reload-centre',
    outcome: 'refused',
    why: 'centre.yaml:12:20: queues[0].priority must be a whole number from 1 to 10, not 11.',
  },
} satisfies OneOfEach<Answer>;
