import { type TranscriptLanguage, type TranscriptTexts, transcriptTexts } from './texts.ts';
import type { Entry, Transcript } from './transcript.ts';

/** How a transcript is shown: in which words and at what clock. */
export type Manner = {
  readonly centre: string;
  readonly language: TranscriptLanguage;
  /** IANA name, such as `Europe/Berlin`; null: unknown, so UTC, and it says so. */
  readonly timeZone: string | null;
};

/** Everything that stands on it, in words; text, PDF and HTML only arrange it. */
export type Sheet = {
  readonly language: TranscriptLanguage;
  readonly title: string;
  /** Who the customer is, for the top of every page. Never empty, one line, not too long for it. */
  readonly customer: string;
  readonly customerName: string | null;
  /** Label and value. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly lines: readonly Line[];
  /** What is said at the end where not everything found room; or null. */
  readonly left: string | null;
};

export type Line =
  | {
      readonly kind: 'said';
      readonly internal: boolean;
      readonly own: boolean;
      readonly who: string;
      readonly when: string;
      readonly text: string;
      readonly removed: boolean;
    }
  | { readonly kind: 'happened'; readonly when: string; readonly text: string };

/** A transcript in a language, at a clock. Pure. */
export function sheetOf(transcript: Transcript, { centre, language, timeZone }: Manner): Sheet {
  const texts = transcriptTexts[language];
  const { customer } = transcript;
  const [name, subject] = [given(customer.name), given(customer.subject)];
  const known = [name, given(customer.email), given(customer.phone)].filter((one) => one !== null);
  const time = clockOf(language, timeZone);
  const short = known.map(shortened).join(', ');
  return {
    language,
    title: texts.title(centre),
    customer: short === '' ? `${texts.customer} ${transcript.interaction}` : short,
    customerName: name,
    facts: [
      [texts.customer, known.length === 0 ? '–' : known.join(', ')],
      ...(subject === null ? [] : [[texts.subject, subject] as const]),
      [texts.reference, transcript.interaction],
    ],
    lines: transcript.entries.map((entry) => lineOf(entry, name, texts, time)),
    left: transcript.left === 0 ? null : texts.left(transcript.left),
  };
}

/** Whatever a program may take for the end of a line is none here. */
export const oneLine = (text: string): string =>
  text.replace(/[\s\u0085\u2028\u2029]+/g, ' ').trim();

function given(text: string | null): string | null {
  const line = oneLine(text ?? '');
  return line === '' ? null : line;
}

/** Each field of the head of a page, so that all of them stay on the page. */
const HEAD_CHARACTERS = 64;
function shortened(text: string): string {
  const characters = [...text];
  return characters.length <= HEAD_CHARACTERS
    ? text
    : `${characters.slice(0, HEAD_CHARACTERS - 1).join('')}…`;
}

function lineOf(
  entry: Entry,
  customer: string | null,
  texts: TranscriptTexts,
  time: (at: number) => string,
): Line {
  const when = time(entry.at);
  if (entry.kind === 'happened')
    return { kind: 'happened', when, text: texts.happened[entry.what](entry.name ?? '') };
  const { from, text } = entry;
  const name = 'name' in from ? from.name : null;
  const speaker =
    name ?? (from.kind === 'customer' ? (customer ?? texts.customer) : texts.automatic);
  const whose = { message: (who: string) => who, note: texts.note, aside: texts.aside };
  return {
    kind: 'said',
    internal: entry.kind !== 'message',
    own: from.kind === 'customer',
    who: whose[entry.kind](speaker),
    when,
    text: text ?? texts.removed,
    removed: text === null,
  };
}

/** `21 Nov 2026, 22:47 CET`: each time says its zone, for it changes in spring and autumn. */
function clockOf(language: TranscriptLanguage, timeZone: string | null): (at: number) => string {
  const format = new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', {
    ...{ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
    timeZone: timeZone ?? 'UTC',
    timeZoneName: 'short',
  });
  return (at) => format.format(at);
}
