/**
 * Sessions as docs/protocol.md writes them: blocks of ```frames NAME, one frame a line.
 *
 *   → {"type":"got","batch":<batch>}       what the client sends
 *   ← {"type":"ack","id":"…","seq":<seq>}  what it hears; `…` is anything, also `{…}` and `[…]`
 *   ← close 4012                           the server closes
 *
 * A placeholder stands for what it first stood for; `<time>` and `<seq>` for any number, and
 * `<batch>` for the batch heard last.
 */
export type Line = {
  readonly number: number;
  readonly client: string;
  readonly way: '→' | '←';
  readonly text: string;
};

export function linesOf(markdown: string): Line[] {
  const lines: Line[] = [];
  let client: string | null = null;
  markdown.split('\n').forEach((text, index) => {
    const fence = /^```(?:frames (.+))?/.exec(text);
    if (fence !== null) client = client === null ? (fence[1] ?? 'other') : null;
    else if (client !== null && client !== 'other' && text.trim() !== '') {
      const [way, rest] = [text[0], text.slice(2)];
      if (way !== '→' && way !== '←')
        throw new Error(`line ${index + 1} begins with neither → nor ←: ${text}`);
      lines.push({ number: index + 1, client, way, text: rest });
    }
  });
  return lines;
}

export type Bound = Map<string, string>;

/** What a person would type: placeholders filled in. */
export function filled(text: string, bound: Bound): string {
  return text.replace(/<([a-z-]+)>/g, (_, name: string) => {
    const value = bound.get(name);
    if (value === undefined) throw new Error(`nobody has said yet what <${name}> is: ${text}`);
    return value;
  });
}

/** Does the frame look like the line? What placeholders stand for is then bound; null: it doesn't. */
export function matched(text: string, frame: unknown, bound: Bound): Bound | null {
  const now = new Map(bound);
  return same(patternOf(text), frame, now) ? now : null;
}

/** The line as JSON: what is not JSON in it becomes strings of its own kind. */
function patternOf(text: string): unknown {
  const json = text
    .replace(/\{…\}|\[…\]/g, '"…"')
    .replace(/(":|[[,])<([a-z-]+)>/g, '$1"number <$2>"');
  try {
    return JSON.parse(json);
  } catch {
    throw new Error(`neither JSON nor close to it: ${text}`);
  }
}

function same(pattern: unknown, found: unknown, bound: Bound): boolean {
  if (pattern === '…') return found !== undefined;
  if (typeof pattern === 'string') return sameText(pattern, found, bound);
  if (typeof pattern !== 'object' || pattern === null || typeof found !== 'object' || !found)
    return pattern === found;
  const keys = Object.keys(pattern);
  return (
    Array.isArray(pattern) === Array.isArray(found) &&
    keys.length === Object.keys(found).length &&
    keys.every((key) =>
      same(pattern[key as keyof typeof pattern], found[key as keyof typeof found], bound),
    )
  );
}

function sameText(pattern: string, found: unknown, bound: Bound): boolean {
  const number = /^number <(.+)>$/.exec(pattern);
  if (number !== null)
    return typeof found === 'number' && isWhatItWas(number[1] as string, String(found), bound);
  const names: string[] = [];
  const expression = pattern
    .split(/<([a-z-]+)>/)
    .map((piece, n) => {
      if (n % 2 === 0) return escaped(piece);
      names.push(piece);
      return '(.+)';
    })
    .join('');
  const match = typeof found === 'string' ? new RegExp(`^${expression}$`, 's').exec(found) : null;
  return match !== null && names.every((name, n) => isWhatItWas(name, match[n + 1] ?? '', bound));
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Differ each time. */
const volatile = new Set(['time', 'seq', 'batch']);

function isWhatItWas(name: string, value: string, bound: Bound): boolean {
  if (!volatile.has(name) && bound.has(name)) return bound.get(name) === value;
  bound.set(name, value);
  return true;
}
