import { type Line, oneLine, type Sheet } from './sheet.ts';

/** Plain text, LF lines, UTF-8 without a mark: to be read, copied and attached anywhere. */
export function asText({ title, facts, lines, left }: Sheet): string {
  const head = [title, ...facts.map(([label, value]) => `${label}: ${oneLine(value)}`)];
  const end = left === null ? [] : [left];
  return `${[head.join('\n'), ...lines.map(paragraph), ...end].join('\n\n')}\n`;
}

/** Words are indented, so that nobody can write a line that looks like somebody else's. */
const paragraph = (line: Line): string =>
  line.kind === 'happened'
    ? `— ${oneLine(line.text)} (${line.when})`
    : `${oneLine(line.who)}, ${line.when}\n${line.text.split(LINE_END).map(indented).join('\n')}`;

const indented = (line: string): string => `  ${line}`;

/** All that a program may take for the end of a line. */
const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;
