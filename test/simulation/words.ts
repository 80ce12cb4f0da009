import type { InteractionState } from '../../server/interactions/state.ts';
import type { StoredEvent } from '../../server/store/contract.ts';
import { must } from './broken.ts';

/** Holds what is said against what was said before it. */
export function createWords() {
  /** The last number said, by interaction and tab. */
  const said = new Map<string, number>();
  /** The command of a bot's last words, by interaction: one answer may be several messages. */
  const answering = new Map<string, string>();

  /** TRUST-1: what one tab or desk said stands in the order in which it was said. */
  function inOrder({ stream, content }: StoredEvent): void {
    const match = /^(.*) says (\d+)$/.exec(content?.text ?? '');
    if (match === null) return;
    const key = `${stream} ${match[1]}`;
    const number = Number(match[2]);
    must(number > (said.get(key) ?? 0), `TRUST-1: ${key} said ${number} after ${said.get(key)}`);
    said.set(key, number);
  }

  return (event: StoredEvent, state: InteractionState | null): void => {
    const { body, stream, commandId } = event;
    if (body.type !== 'message-posted') return;
    inOrder(event);
    if (body.author.kind !== 'bot') return;
    const isWithBot = state?.status.name === 'with-bot';
    must(isWithBot, `CHAT-11: a bot speaks in ${stream}, which isn't with it`);
    must(
      (isWithBot && body.author.answers > state.status.answered) ||
        answering.get(stream) === commandId,
      `TRUST-2: a bot answers twice to ${body.author.answers} of ${stream}`,
    );
    answering.set(stream, commandId);
  };
}
