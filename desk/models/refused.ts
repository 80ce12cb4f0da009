import type { Overview } from '../disk/contract.ts';
import type { FailedMessage, NamedCommand, RefusedCommand } from './panel-model.ts';

/** Refused commands that no transcript shows. A refused message stands in its conversation, as long as there is one. */
export function refusedCommands(seen: Overview | null): readonly RefusedCommand[] {
  if (seen === null) return [];
  return seen.outbox.flatMap((row) => {
    if (row.state !== 'refused') return [];
    const { id, refusal, command } = row;
    if (isSilent(command.type)) return [];
    if (command.type === 'post' && !seen.stranded.includes(id)) return [];
    const interaction = 'interaction' in command ? command.interaction : null;
    return [{ id, refusal, command: isNamed(command.type) ? command.type : 'other', interaction }];
  });
}

/** Refused messages that stand in a conversation of this desk. */
export const failedMessages = (seen: Overview | null): readonly FailedMessage[] =>
  (seen?.outbox ?? []).flatMap((row) => {
    const { id, command } = row;
    if (row.state !== 'refused' || command.type !== 'post') return [];
    if (seen?.stranded.includes(id)) return [];
    return [{ id, interaction: command.interaction, refusal: row.refusal }];
  });

const named: Readonly<Record<NamedCommand, true>> = {
  'set-status': true,
  accept: true,
  reject: true,
  post: true,
  end: true,
  'mark-done': true,
  'sign-out': true,
};
const isNamed = (type: string): type is NamedCommand => Object.hasOwn(named, type);

/** What the desk says by itself: nobody has asked for it on a screen. */
const isSilent = (type: string): boolean =>
  type === 'can-show' || type === 'offer-shown' || type === 'idle-set';
