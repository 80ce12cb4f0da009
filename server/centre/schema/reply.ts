import * as v from 'valibot';
import { id, ifGiven, language, list, needed, prose, words } from '../expect.ts';
import { queueId } from './ids.ts';

const shortcutMessage = 'a shortcut: 1 to 40 of the characters a–z 0–9 -';

/** CHAT-5. */
export const Reply = v.strictObject({
  id: needed(id, 'one each'),
  language: needed(language, '`en`, `pt-BR`'),
  title: needed(words(80), 'what agents look for'),
  shortcut: ifGiven(
    v.pipe(v.string(shortcutMessage), v.regex(/^[a-z0-9-]{1,40}$/, shortcutMessage)),
    'none',
    'typed after a slash; one each in a language',
  ),
  queues: ifGiven(list(queueId, 100), 'all', 'ids of queues'),
  text: needed(
    prose(4_000),
    'variables stand in double braces: `{{agent.name}}`, `{{customer.name}}`, `{{queue.name}}`, `{{interaction.id}}`, `{{interaction.subject}}`; what isn’t known is asked for',
  ),
});
