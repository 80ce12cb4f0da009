import { agentCommands, customerCommands } from '../../../protocol/examples/commands.ts';
import {
  agentFramesDown,
  agentFramesUp,
  customerFramesDown,
  customerFramesUp,
} from '../../../protocol/examples/frames.ts';
import { questions } from '../../../protocol/examples/questions.ts';
import * as story from '../../../protocol/examples/story.ts';
import type { Random } from '../../simulation/random.ts';

/** What ids of the examples stand for on the server that is shot at. */
export type Ids = {
  readonly interaction: () => string;
  readonly offer: () => string;
  readonly agent: () => string;
  readonly queue: string;
};

const commandFrames = (commands: object): object[] =>
  Object.values(commands).map((command) => ({ type: 'command', id: story.command, command }));

/** Every example of the wire, those of the other door and of the way down with them. */
const agent = [
  ...Object.values(agentFramesUp),
  ...commandFrames(agentCommands),
  ...Object.values(questions).map((question) => ({ type: 'ask', id: story.command, question })),
];
const customer = [...Object.values(customerFramesUp), ...commandFrames(customerCommands)];
const down = [...Object.values(agentFramesDown), ...Object.values(customerFramesDown)];

export const examples = {
  agent: { own: agent, foreign: [...customer, ...down] },
  customer: { own: customer, foreign: [...agent, ...down] },
} as const;

/** The example with ids that mean something there, mostly a new command's, now and then one that was used. */
export function real(random: Random, frame: object, ids: Ids, used: readonly string[]): object {
  const again = random.chance(0.1) ? random.pick(used) : undefined;
  const whole = JSON.stringify(frame)
    .replaceAll(story.command, again ?? random.id('fuzz-'))
    .replaceAll(story.interaction, ids.interaction())
    .replaceAll(story.offer, ids.offer())
    .replaceAll(`"${story.queue}"`, `"${ids.queue}"`)
    .replaceAll(`"${story.bo}"`, `"${ids.agent()}"`);
  return JSON.parse(whole) as object;
}
