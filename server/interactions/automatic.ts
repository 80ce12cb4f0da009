import { type Fact, fact } from './facts.ts';
import type { AutomaticTexts, QueuePolicy, Texts } from './policy.ts';
import type { InteractionState } from './state.ts';

/** Said by itself when a customer has started. */
export const waitingText = (policy: QueuePolicy, language: string): Fact[] =>
  said(policy, 'waiting', language, { queue: policy.name });

/** CHAT-1: said by itself when an agent has accepted, unless it is the one who spoke last. */
export const greeting = (
  state: InteractionState,
  policy: QueuePolicy,
  agent: string,
  name: string,
): Fact[] =>
  isTalk(state) && state.lastOwner !== agent
    ? said(policy, 'greeting', state.language, { queue: policy.name, agent: name })
    : [];

/** Said by itself when the agent ends the talk. */
export const farewell = (state: InteractionState, policy: QueuePolicy, name: string): Fact[] =>
  isTalk(state)
    ? said(policy, 'farewell', state.language, { queue: policy.name, agent: name })
    : [];

/** The text for who speaks this language: in it, in its wider form, in the centre's, in the first. */
export function textIn(texts: Texts, language: string, usual: string): string | null {
  const lower = new Map(Object.entries(texts).map(([key, text]) => [key.toLowerCase(), text]));
  const wanted = [language, widest(language), usual, widest(usual)];
  for (const one of wanted) {
    const exact = lower.get(one.toLowerCase());
    if (exact !== undefined) return exact;
    const near = [...lower].find(([key]) => widest(key) === one.toLowerCase());
    if (near !== undefined && one === widest(one)) return near[1];
  }
  return [...lower.values()][0] ?? null;
}

/** `pt-BR` → `pt` */
const widest = (language: string): string => language.split('-', 1)[0]?.toLowerCase() ?? '';

function said(
  { texts }: QueuePolicy,
  which: Exclude<keyof AutomaticTexts, 'language'>,
  language: string,
  values: Readonly<Record<string, string>>,
): Fact[] {
  const all = texts[which];
  const template = all === null ? null : textIn(all, language, texts.language);
  if (template === null) return [];
  const text = template.replace(/\{\{([^{}]+)\}\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? '') : whole,
  );
  return [fact({ type: 'message-posted', author: { kind: 'system' } }, { text })];
}

/** Nobody reads an automatic word in an e-mail or a work item. */
const isTalk = ({ legs }: InteractionState): boolean => {
  const channel = legs.at(-1)?.channel;
  return channel === 'chat' || channel === 'messaging';
};
