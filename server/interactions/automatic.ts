import { type Fact, fact, type Outcome } from './facts.ts';
import type { QueuePolicy, Texts } from './policy.ts';
import { type InteractionState, isLive } from './state.ts';

/** Said by itself to who begins to wait for a person. */
export const waitingText = (policy: QueuePolicy, language: string): readonly Fact[] =>
  said(policy, 'waiting', language, { queue: policy.name });

/** CHAT-1: what happens when an agent accepts, and then the greeting, unless they spoke last anyway. */
export const greeted = (
  outcome: Outcome,
  state: InteractionState,
  policy: QueuePolicy,
  agent: { readonly id: string; readonly name: string },
): Outcome =>
  happens(outcome) && isLive(state) && state.lastOwner !== agent.id
    ? [...outcome, ...said(policy, 'greeting', state.language, valuesOf(policy, agent))]
    : outcome;

/** The farewell, and then what happens when an agent ends the talk. */
export const bidFarewell = (
  outcome: Outcome,
  state: InteractionState,
  policy: QueuePolicy,
  agent: { readonly name: string },
): Outcome =>
  happens(outcome) && isLive(state)
    ? [...said(policy, 'farewell', state.language, valuesOf(policy, agent)), ...outcome]
    : outcome;

/** A text in this language, else in a near one (`pt` for `pt-BR`), else in the centre's, else any. */
export function textIn(texts: Texts, language: string, usual: string): string | null {
  const all = Object.entries(texts).map(([key, text]) => [key.toLowerCase(), text] as const);
  for (const wanted of [language.toLowerCase(), usual.toLowerCase()]) {
    const found =
      all.find(([key]) => key === wanted) ??
      all.find(([key]) => key === base(wanted)) ??
      all.find(([key]) => base(key) === base(wanted));
    if (found !== undefined) return found[1];
  }
  return all[0]?.[1] ?? null;
}

/** `pt-br` → `pt` */
const base = (language: string): string => language.split('-', 1)[0] ?? language;

const happens = (outcome: Outcome): outcome is readonly Fact[] =>
  typeof outcome !== 'string' && outcome.length > 0;

type Values = Readonly<Record<string, string>>;

const valuesOf = ({ name: queue }: QueuePolicy, { name: agent }: { name: string }): Values => ({
  queue,
  agent,
});

function said(
  { texts }: QueuePolicy,
  which: 'waiting' | 'greeting' | 'farewell',
  language: string,
  values: Values,
): readonly Fact[] {
  const all = texts[which];
  const template = all === null ? null : textIn(all, language, texts.language);
  if (template === null) return [];
  const text = template.replace(/\{\{([^{}]+)\}\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? '') : whole,
  );
  return [fact({ type: 'message-posted', author: { kind: 'system' } }, { text })];
}
