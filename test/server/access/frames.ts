import { agentCommands, customerCommands } from '../../../protocol/examples/commands.ts';
import type { Action } from '../../../server/access.ts';

/**
 * What is sent to a door for each action. Commands are the examples of the protocol; `answered`
 * says by what a frame that isn't answered under its id shows that it was taken.
 */
export type Frame = {
  readonly frame: Record<string, unknown>;
  /** The type of what comes instead of an answer. */
  readonly answered?: string;
};

let sent = 0;

export function frameOf(
  action: Action,
  side: 'agent' | 'customer',
  interaction: string,
  colleague: string,
): Frame {
  const id = `try-${String(++sent).padStart(20, '0')}`;
  const ask = (question: object): Frame => ({ frame: { type: 'ask', id, question } });
  switch (action) {
    case 'typing':
      return { frame: { type: 'typing', interaction } };
    case 'read':
      // Of another epoch than anybody's: who may read it hears that theirs is out of date.
      return {
        frame: { type: 'from', stream: `interaction:${interaction}`, epoch: 99, after: 0 },
        answered: 'out-of-date',
      };
    case 'directory': {
      const show = { kinds: ['agent'], search: '', from: 0, rows: 1 };
      return { frame: { type: 'directory', show }, answered: 'directory' };
    }
    case 'instant':
      return { frame: { type: 'instant', id, to: colleague, text: 'Hello.' } };
    case 'see-waiting':
      return ask({ type: 'waiting', queue: 'sales' });
    case 'own-words':
      return ask({ type: 'words', seq: 1 });
    case 'preview':
      return ask({ type: 'preview', interaction, request: 'nobody-asked', after: 0 });
    case 'holding':
      return ask({ type: 'holding', agent: colleague, from: 0 });
    case 'reload-centre':
      return ask({ type: 'reload-centre' });
    default: {
      const known: Readonly<Record<string, object>> =
        side === 'agent' ? agentCommands : customerCommands;
      const command = { ...(known[action] ?? { type: action }) };
      const about = 'interaction' in command ? { interaction } : {};
      return { frame: { type: 'command', id, command: { ...command, ...about, ...over[action] } } };
    }
  }
}

/** Where the protocol's example names somebody or something that this house doesn't have. */
const over: Partial<Record<Action, object>> = {
  'leave-message': { queue: 'sales' },
  start: { queue: 'sales' },
};
