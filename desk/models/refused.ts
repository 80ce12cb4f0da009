import type { Overview } from '../disk/contract.ts';
import type { RefusedCommand } from './panel-model.ts';

/** Refused commands that no transcript shows. A refused message stands in its conversation, as long as there is one. */
export function refusedCommands(seen: Overview | null): readonly RefusedCommand[] {
  if (seen === null) return [];
  return seen.outbox.flatMap((row) => {
    if (row.state !== 'refused') return [];
    const { id, refusal, command } = row;
    if (command.type === 'can-show' || command.type === 'offer-shown') return [];
    if (command.type === 'post' && !seen.stranded.includes(id)) return [];
    const interaction = 'interaction' in command ? command.interaction : null;
    return [{ id, refusal, command: command.type, interaction }];
  });
}
