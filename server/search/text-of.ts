import type { InteractionEvent } from '../../protocol/interaction-events.ts';
import type { Content } from '../../protocol/parts.ts';

/**
 * The words of an event that colleagues find it by; empty: none. What is said aside between two
 * (HAND-5) and what hasn't been sent (a draft that travels with a transfer) is found by nobody.
 */
export function textOf(event: InteractionEvent, content: Content): string {
  switch (event.type) {
    case 'started':
    case 'message-left':
      return joined([content.name, content.subject]);
    case 'message-posted':
    case 'note-added':
      return joined([content.text]);
    case 'marked-done':
    case 'amended':
    case 'data-set':
      return joined(Object.values(content));
    case 'bot-ended':
    case 'own-wrap-up-ended':
    case 'requested':
    case 'transferred':
      return joined([content.note]);
    default:
      return '';
  }
}

const joined = (texts: readonly (string | undefined)[]): string =>
  texts.filter((text) => text !== undefined && text !== '').join('\n');
