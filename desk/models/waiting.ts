import type { OutboxRow } from '../disk/rows.ts';
import type { Connection } from './panel-model.ts';

/**
 * What the agent did here and the server hasn't answered yet. What the desk tells the server by
 * itself (`can-show`, `offer-shown`) is nobody's act.
 */
export function waitingOf(outbox: readonly OutboxRow[]): Connection['waiting'] {
  let messages = 0;
  let changes = 0;
  for (const { state, command } of outbox) {
    if (state !== 'waiting') continue;
    if (command.type === 'post') messages++;
    else if (command.type !== 'can-show' && command.type !== 'offer-shown') changes++;
  }
  return { messages, changes };
}
