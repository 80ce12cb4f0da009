import { nanoid } from 'nanoid';
import type { Frame } from './socket.ts';

/**
 * What one sender has asked and not yet heard an answer to. After a cut all of it is sent again
 * under the same ids, whatever became of it (TRUST-2).
 */
export function createOutbox<Command extends object>(send: (frame: object) => void) {
  const open = new Map<string, Command>();
  /** Told to come again later, and waiting for that. */
  const waiting = new Set<string>();
  const counts = { asked: 0, acknowledged: 0, refused: 0, resent: 0 };
  const refusals = new Map<string, number>();

  function ask(command: Command): void {
    const id = nanoid();
    counts.asked++;
    open.set(id, command);
    send({ type: 'command', id, command });
  }

  function answered({ type, id, refusal, retryMs }: Frame): void {
    const command = open.get(String(id));
    if (command === undefined) return;
    if (type === 'ack') counts.acknowledged++;
    else if (retryMs === null) {
      counts.refused++;
      refusals.set(String(refusal), (refusals.get(String(refusal)) ?? 0) + 1);
    } else {
      if (waiting.has(String(id))) return;
      waiting.add(String(id));
      setTimeout(() => {
        waiting.delete(String(id));
        if (open.has(String(id))) send({ type: 'command', id, command });
      }, Number(retryMs));
      return;
    }
    open.delete(String(id));
  }

  return {
    ask,
    answered,
    counts,
    refusals,
    size: () => open.size,
    /** Something about this interaction is on its way. */
    isAsking: (interaction: string): boolean =>
      [...open.values()].some((one) => 'interaction' in one && one.interaction === interaction),
    again(): void {
      for (const [id, command] of open) {
        if (waiting.has(id)) continue;
        counts.resent++;
        send({ type: 'command', id, command });
      }
    },
  };
}
