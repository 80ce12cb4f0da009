import * as v from 'valibot';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { CentreError } from './centre-error.ts';
import type { Complaint, Path } from './complaint.ts';
import { contradictions } from './contradictions.ts';
import { reservedKey } from './reserved.ts';
import { CentreFile } from './schema.ts';

/**
 * The centre's file from its text.
 * @param file its name, for messages only.
 * @throws CentreError with the first complaint: `centre.yaml:12:20: queues[0].priority must be …`.
 */
export function parseCentre(text: string, file: string): CentreFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [syntax] = document.errors;
  if (syntax !== undefined) throw complain(syntax.pos[0], oneLine(syntax.message));

  const plain = toPlain(document);
  const key = reservedKey(plain);
  if (key !== null) throw complainAbout(key);
  const parsed = v.safeParse(CentreFile, plain, { abortEarly: true });
  if (!parsed.success) throw complainAbout(complaintOf(parsed.issues[0]));
  const [contradiction] = contradictions(parsed.output);
  if (contradiction !== undefined) throw complainAbout(contradiction);
  return parsed.output;

  function complainAbout({ path, says, atKey }: Complaint): CentreError {
    const name = nameOf(path);
    return complain(
      offsetOf(document, path, atKey ?? false),
      name === '' ? says : `${name} ${says}`,
    );
  }

  function complain(offset: number, says: string): CentreError {
    const { line, col } = lines.linePos(offset);
    return new CentreError(`${file}:${Math.max(line, 1)}:${Math.max(col, 1)}: ${says}.`);
  }

  function toPlain(from: Document): unknown {
    try {
      return from.toJS({ maxAliasCount: 100 });
    } catch (error) {
      throw complain(0, oneLine((error as Error).message));
    }
  }
}

function complaintOf(issue: v.InferIssue<typeof CentreFile>): Complaint {
  const path = (issue.path ?? []).map(({ key }) => key as string | number);
  if (issue.type === 'strict_object' && issue.path !== undefined) {
    if (issue.expected === 'never') return { path, says: 'is not a setting here', atKey: true };
    if (issue.received === 'undefined') return { path, says: 'is missing' };
  }
  return { path, says: `must be ${issue.message}, not ${shown(issue.input)}` };
}

/** `queues[0].dispositions[2].label` */
const nameOf = (path: Path): string =>
  path.reduce<string>((name, key) => {
    if (typeof key === 'number') return `${name}[${key}]`;
    return name === '' ? key : `${name}.${key}`;
  }, '');

/** Where the thing at the path begins, or the nearest thing around it that stands in the file. */
function offsetOf(document: Document, path: Path, atKey: boolean): number {
  for (let length = path.length; length >= 0; length--) {
    const here = path.slice(0, length);
    const key = here.at(-1);
    if (atKey && typeof key === 'string') {
      const around = length === 1 ? document.contents : document.getIn(here.slice(0, -1), true);
      const pair = isMap(around)
        ? around.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
        : undefined;
      if (isNode(pair?.key) && pair.key.range) return pair.key.range[0];
    }
    const node = length === 0 ? document.contents : document.getIn(here, true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'nothing';
  if (typeof value === 'object') return 'settings by name';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').replace(/\.$/, '');
