import type { Action, Entity, Policy } from '../guard/policy.ts';
import { type Redacted, redact } from '../guard/redact.ts';
import type { Command } from './interactions/command.ts';

export type Guarded = {
  /** The same object where nothing was found. */
  readonly command: Command;
  /** Somebody wrote what is to be dropped with the whole message. */
  readonly drop: boolean;
  /** What was masked, each once, in the order of names. */
  readonly masked: readonly string[];
};

/** GUARD-2: a command without what the policy doesn't allow in the words that people or bots have written. */
export function guarded(command: Command, policy: Policy): Guarded {
  const masked = new Set<string>();
  let drop = false;

  function look(text: string, allowed: readonly Entity[] = []): Redacted {
    const held = redact(text, allowed.length === 0 ? policy : allowing(policy, allowed));
    for (const { entity } of held.found) masked.add(entity);
    return held;
  }

  function clean(text: string, allowed: readonly Entity[] = []): string {
    const held = look(text, allowed);
    drop ||= held.drop;
    return held.text;
  }

  function walk<T>(value: T): T {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(walk) as T;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, field(key, inner)]),
    ) as T;
  }

  function field(key: string, value: unknown): unknown {
    if (key === 'data') return record(value, (name) => clean(name));
    if (key === 'answers') return record(value, (question) => question);
    if (nested.has(key)) return walk(value);
    if (typeof value !== 'string') return value;
    // Nobody has written it: who comes from such a page could never begin, whatever they wrote.
    if (key === 'entryPage') return cleanUrl(value, (url) => look(url).text);
    if (key === 'page') return pageUrl(value);
    const allowed = addresses.get(key) ?? addresses.get(`${command.type} ${key}`);
    return allowed !== undefined || words.has(key) ? clean(value, allowed) : value;
  }

  /** CHAT-7: a page of which something is masked is another page, and nobody meant that one to open. */
  function pageUrl(url: string): string {
    const plain = cleanUrl(url, clean);
    drop ||= plain !== url;
    return plain;
  }

  function record(value: unknown, name: (key: string) => string): unknown {
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, text]) => [name(key), clean(String(text))]),
    );
  }

  const without = walk(command);
  return masked.size === 0
    ? { command, drop: false, masked: [] }
    : { command: without, drop, masked: [...masked].sort() };
}

/** Everything in a command that is neither an id nor one of few words. */
const words: ReadonlySet<string> = new Set([
  ...['text', 'note', 'draft', 'name', 'subject'],
  // What a bot lets choose from.
  ...['title', 'payload'],
]);
const nested: ReadonlySet<string> = new Set(['says', 'buttons', 'answer']);
/** Where an address is asked for one is given: without it nobody could answer. */
const addresses: ReadonlyMap<string, readonly Entity[]> = new Map([
  ['email', ['EMAIL']],
  ['phone', ['PHONE']],
  ['contact', ['EMAIL', 'PHONE']],
  // END-6. Elsewhere `to` is somebody's id.
  ['send-transcript to', ['EMAIL']],
  ['transcriptTo', ['EMAIL']],
]);

function allowing(policy: Policy, entities: readonly Entity[]): Policy {
  const allow: Action = 'allow';
  const allowed = Object.fromEntries(entities.map((entity) => [entity, allow]));
  return { ...policy, entities: { ...policy.entities, ...allowed } };
}

/** As a browser shows it too: `%20` between digits hides nothing. Half a character is no address. */
function cleanUrl(url: string, clean: (text: string) => string): string {
  const plain = clean(url);
  const shown = decoded(plain);
  const cleaned = clean(shown);
  return cleaned === shown ? plain : encodeURI(cleaned.toWellFormed());
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url.replaceAll('+', ' '));
  } catch {
    // Not all of it was encoded: what reads as an octet each is.
    return url
      .replaceAll('+', ' ')
      .replaceAll(/%([0-7][\da-f])/gi, (_, octet: string) =>
        String.fromCharCode(Number.parseInt(octet, 16)),
      );
  }
}
