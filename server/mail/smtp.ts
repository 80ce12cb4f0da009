import { createTransport } from 'nodemailer';
import type { SmtpSettings } from './smtp-url.ts';
import { envelopeOf, type Sent, type Transport } from './transport.ts';

export type SmtpTimes = typeof smtpTimes;
/** A mail server that lets so long pass is as good as away; RFC 5321's minutes are for relays. */
export const smtpTimes = { connectMs: 10_000, greetMs: 10_000, silentMs: 60_000 };

/** Mails through a mail server. `ca`: who signs its certificate, besides those that Node trusts. */
export function createSmtp(
  { host, port, secure, requireTls, user, password }: SmtpSettings,
  from: string,
  { connectMs, greetMs, silentMs }: SmtpTimes = smtpTimes,
  ca: string | null = null,
): Transport {
  const transport = createTransport({
    ...{ host, port, secure, requireTLS: requireTls },
    // Offered or not, `?tls=never` means never.
    ignoreTLS: !secure && !requireTls,
    ...(user === null ? {} : { auth: { user, pass: password ?? '' } }),
    ...(ca === null ? {} : { tls: { ca } }),
    ...{ connectionTimeout: connectMs, greetingTimeout: greetMs, socketTimeout: silentMs },
  });
  return {
    async send(mail) {
      try {
        await transport.sendMail(envelopeOf(mail, from));
        return { type: 'accepted' };
      } catch (error) {
        return sentOf(error as SmtpError);
      }
    },
    close: () => transport.close(),
  };
}

type SmtpError = Error & {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
};

/**
 * Only the receiver's address and the mail itself are a reason never to try again (5xx to RCPT or
 * DATA). A greeting, sign-in or sender that is turned down is the operator's to repair: it waits.
 */
function sentOf({ code = '', command = '', responseCode = 0 }: SmtpError): Sent {
  const why = [code, command, responseCode === 0 ? '' : String(responseCode)]
    .filter((one) => one !== '')
    .join(' ');
  const isFinal = responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA');
  return { type: isFinal ? 'refused' : 'later', why: why === '' ? 'unknown' : why };
}
