import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';

export type Received = {
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
};
export type MailServer = {
  readonly port: number;
  readonly received: Received[];
  readonly stop: () => Promise<void>;
};

/** A no of the server: `550 no such mailbox`. */
export const no = (code: number): Error =>
  Object.assign(new Error('not now'), { responseCode: code });

/**
 * A real SMTP server on this machine. `rcpt` and `data` say no to an attempt (from 1), or null.
 */
export async function mailServer(
  options: SMTPServerOptions & {
    readonly port?: number;
    readonly rcpt?: (attempt: number) => Error | null;
    readonly data?: (attempt: number) => Error | null;
  } = {},
): Promise<MailServer> {
  const { port = 0, rcpt = () => null, data = () => null, ...rest } = options;
  const received: Received[] = [];
  let recipients = 0;
  let letters = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    disableReverseLookup: true,
    onRcptTo: (_, __, done) => done(rcpt(++recipients)),
    onData(stream, session, done) {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => void pieces.push(piece));
      stream.on('end', () => {
        const answer = data(++letters);
        const { mailFrom, rcptTo } = session.envelope;
        if (answer === null)
          received.push({
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
            text: Buffer.concat(pieces).toString('utf8'),
          });
        done(answer);
      });
    },
    ...rest,
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve));
  let stopped: Promise<void> | null = null;
  const stop = () => {
    stopped ??= new Promise<void>((resolve) => server.close(() => resolve()));
    return stopped;
  };
  onTestFinished(stop);
  const address = server.server.address();
  return { port: typeof address === 'object' ? (address?.port ?? 0) : 0, received, stop };
}
