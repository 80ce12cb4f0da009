import type { InteractionEvent } from '../../protocol/interaction-events.ts';
import type { Content } from '../../protocol/parts.ts';
import type { RefusalName } from '../../protocol/refusals.ts';

/** One new event with its words. */
export type Fact = { readonly body: InteractionEvent; readonly content?: Content };

/** What follows from a command: events (none: already so), or the name of a refusal. */
export type Outcome = readonly Fact[] | RefusalName;

export const fact = (body: InteractionEvent, content?: Content): Fact =>
  content === undefined ? { body } : { body, content };
