import { asHtml } from './as-html.ts';
import { createPdfMaker } from './as-pdf.ts';
import { asText } from './as-text.ts';
import { type Manner, sheetOf } from './sheet.ts';
import { transcriptTexts } from './texts.ts';
import type { Transcript } from './transcript.ts';

export type PrintJob = {
  readonly as: 'text' | 'pdf' | 'letter';
  readonly transcript: Transcript;
  readonly manner: Manner;
};

export type Letter = {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly pdf: Uint8Array;
};
export type Print = string | Uint8Array | Letter;

let pdfMaker: ReturnType<typeof createPdfMaker> | null = null;

/** One job of the worker thread; the fonts are read with the first PDF. */
export function print({ as, transcript, manner }: PrintJob): Print {
  const sheet = sheetOf(transcript, manner);
  if (as === 'text') return asText(sheet);
  pdfMaker ??= createPdfMaker();
  const pdf = pdfMaker(sheet);
  if (as === 'pdf') return pdf;
  const { mail } = transcriptTexts[manner.language];
  const { centre } = manner;
  const hello = `${mail.hello(sheet.customerName)}\n\n${mail.intro(centre)} ${mail.attached}`;
  return {
    subject: mail.subject(centre),
    text: `${hello}\n\n${asText(sheet)}\n-- \n${mail.why(centre)}\n`,
    html: asHtml(sheet, centre),
    pdf,
  };
}
