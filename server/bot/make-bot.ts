import type { Bot } from './contract.ts';
import { httpBot } from './http.ts';
import { questionsBot } from './questions.ts';
import type { BotSetup } from './setup.ts';

/** The bot that the centre's file means. It keeps nothing: one is as good as another. */
export const makeBot = (setup: BotSetup): Bot =>
  setup.kind === 'http' ? httpBot(setup) : questionsBot(setup);
