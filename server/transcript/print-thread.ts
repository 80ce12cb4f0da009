import { stepBack } from '../step-back.ts';
import { asHtml } from './as-html.ts';
import { createPdfMaker, type PdfMaker } from './as-pdf.ts';
import { asText } from './as-text.ts';
import { type Manner, type Sheet, sheetOf } from './sheet.ts';
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

/** `memory`: the bytes that the thread has taken for PDFs and gives back when it ends. */
export type Printed = { readonly print: Print; readonly memory: number };

stepBack();
let pdfMaker: PdfMaker | null = null;

/**
 * One job of the worker thread, never two at once; the compiler and the fonts are read with the
 * first PDF.
 */
export async function print({ as, transcript, manner }: PrintJob): Promise<Printed> {
  const sheet = sheetOf(transcript, manner);
  if (as === 'text') return { print: asText(sheet), memory: pdfMaker?.memory() ?? 0 };
  pdfMaker ??= await createPdfMaker();
  const pdf = pdfMaker.make(sheet);
  const made = as === 'pdf' ? pdf : letterOf(sheet, manner, pdf);
  return { print: made, memory: pdfMaker.memory() };
}

function letterOf(sheet: Sheet, { centre, language }: Manner, pdf: Uint8Array): Letter {
  const { mail } = transcriptTexts[language];
  const hello = `${mail.hello(sheet.customerName)}\n\n${mail.intro(centre)} ${mail.attached}`;
  return {
    subject: mail.subject(centre),
    text: `${hello}\n\n${asText(sheet)}\n-- \n${mail.why(centre)}\n`,
    html: asHtml(sheet, centre),
    pdf,
  };
}
