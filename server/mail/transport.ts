import type { Letter } from '../transcript/print-thread.ts';

/** One mail, ready to go out. Every attempt sends the same, under the same Message-ID. */
export type Mail = Letter & {
  /** An address as `isEmailAddress` knows it. */
  readonly to: string;
  /** Without angle brackets: `i-7Qm.12@desk.example`. */
  readonly messageId: string;
  /** Milliseconds since 1970: when it was asked for. */
  readonly date: number;
  /** Who it comes from, as people read it. */
  readonly sender: string;
  readonly fileName: string;
};

/**
 * What became of one attempt. `refused`: this mail will never be taken; `later`: nothing could be
 * done now. `why` is for the operator and quotes neither addresses nor words.
 */
export type Sent =
  | { readonly type: 'accepted' }
  | { readonly type: 'refused' | 'later'; readonly why: string };

export type Transport = {
  /** Never rejects because of the weather. */
  readonly send: (mail: Mail) => Promise<Sent>;
  readonly close: () => void;
};

/** A mail as nodemailer takes it; addresses and names are data to it, never header text. */
export const envelopeOf = (mail: Mail, from: string) => ({
  from: { name: mail.sender, address: from },
  to: { name: '', address: mail.to },
  envelope: { from, to: mail.to },
  subject: mail.subject,
  messageId: `<${mail.messageId}>`,
  date: new Date(mail.date),
  text: mail.text,
  html: mail.html,
  // RFC 3834: nobody's holiday notice answers it.
  headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  attachments: [
    {
      filename: mail.fileName,
      content: Buffer.from(mail.pdf),
      contentType: 'application/pdf',
    },
  ],
  disableFileAccess: true,
  disableUrlAccess: true,
});
