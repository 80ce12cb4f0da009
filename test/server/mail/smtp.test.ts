import { generate } from 'selfsigned';
import { expect, test } from 'vitest';
import { createSmtp } from '../../../server/mail/smtp.ts';
import { parseSmtpUrl } from '../../../server/mail/smtp-url.ts';
import type { Mail } from '../../../server/mail/transport.ts';
import { mailServer, no } from './mail-server.ts';

const mail: Mail = {
  to: 'ana@example.org',
  messageId: 'i-1.7@desk.example',
  date: Date.UTC(2026, 10, 21, 21, 30),
  sender: 'Harbour & Pine',
  subject: 'Your conversation',
  text: 'Hello Ana\n.\nGrüße',
  html: '<p>Hello Ana</p>',
  pdf: Buffer.from('%PDF-1.7'),
  fileName: 'transcript-i-1.pdf',
};
const short = { connectMs: 2_000, greetMs: 2_000, silentMs: 2_000 };
const smtpAt = (url: string, ca: string | null = null) =>
  createSmtp(parseSmtpUrl(url)!, 'desk@shop.example', short, ca);

test('END-6: a mail server gets text, HTML and the PDF, from the centre to the customer', async () => {
  const { port, received } = await mailServer();
  const smtp = smtpAt(`smtp://127.0.0.1:${port}?tls=never`);
  expect(await smtp.send(mail)).toEqual({ type: 'accepted' });
  const [{ from, to, text } = expect.fail('nothing came')] = received;
  expect([from, to]).toEqual(['desk@shop.example', ['ana@example.org']]);
  expect(text).toContain('From: "Harbour & Pine" <desk@shop.example>\r\n');
  expect(text).toContain('To: ana@example.org\r\n');
  expect(text).toContain('Message-ID: <i-1.7@desk.example>\r\n');
  expect(text).toContain('Date: Sat, 21 Nov 2026 21:30:00 +0000\r\n');
  expect(text).toContain('Auto-Submitted: auto-generated\r\n');
  expect(text).toContain('Content-Type: text/plain; charset=utf-8\r\n');
  expect(text).toContain('Content-Type: text/html; charset=utf-8\r\n');
  expect(text).toContain('Content-Type: application/pdf; name=transcript-i-1.pdf\r\n');
  smtp.close();
});

test('END-6: nothing that people wrote can make a header or another receiver', async () => {
  const { port, received } = await mailServer();
  const smtp = smtpAt(`smtp://127.0.0.1:${port}?tls=never`);
  const evil = 'x\r\nBcc: eve@example.org\r\n\r\nboo';
  await smtp.send({ ...mail, subject: evil, sender: evil, fileName: evil });
  const [{ to, text } = expect.fail('nothing came')] = received;
  expect(to).toEqual(['ana@example.org']);
  expect(text.match(/^bcc:/gim)).toBeNull();
  const [headers = ''] = text.split('\r\n\r\n');
  expect(headers).not.toContain('\nboo');
  smtp.close();
});

test.each([
  ['a mailbox that isn’t there', 'refused', { rcpt: () => no(550) }, 'EENVELOPE RCPT TO 550'],
  ['a mailbox that is full for now', 'later', { rcpt: () => no(452) }, 'EENVELOPE RCPT TO 452'],
  ['words that it doesn’t take', 'refused', { data: () => no(554) }, 'EMESSAGE DATA 554'],
  ['words that it doesn’t take now', 'later', { data: () => no(451) }, 'EMESSAGE DATA 451'],
] as const)('END-6: %s: %s', async (_, type, answers, why) => {
  const { port, received } = await mailServer(answers);
  const smtp = smtpAt(`smtp://127.0.0.1:${port}?tls=never`);
  expect(await smtp.send(mail)).toEqual({ type, why });
  expect(received).toEqual([]);
  smtp.close();
});

test('END-6: a server that isn’t there, or turns our sign-in down, is tried later', async () => {
  const { port, stop } = await mailServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (_, __, done) => done(no(535)),
  });
  const wrong = smtpAt(`smtp://desk:wrong@127.0.0.1:${port}?tls=never`);
  expect(await wrong.send(mail)).toMatchObject({ type: 'later' });
  await stop();
  const gone = smtpAt(`smtp://127.0.0.1:${port}?tls=never`);
  expect(await gone.send(mail)).toMatchObject({ type: 'later', why: 'ESOCKET CONN' });
});

test('END-6: without TLS nothing is said, unless the operator says so', async () => {
  const plain = await mailServer();
  const smtp = smtpAt(`smtp://127.0.0.1:${plain.port}`);
  expect(await smtp.send(mail)).toMatchObject({ type: 'later' });
  expect(plain.received).toEqual([]);
});

test('END-6: nor to a server whose certificate nobody vouches for; to one that is vouched for it is', async () => {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
    ],
  });
  const secure = await mailServer({ secure: true, cert, key });
  const strange = smtpAt(`smtps://localhost:${secure.port}`);
  expect(await strange.send(mail)).toMatchObject({ type: 'later' });
  expect(secure.received).toEqual([]);
  const known = smtpAt(`smtps://localhost:${secure.port}`, cert);
  expect(await known.send(mail)).toEqual({ type: 'accepted' });
});

test.each<[string, object | null]>([
  ['smtp://mail.example', { host: 'mail.example', port: 587, secure: false, requireTls: true }],
  ['smtps://mail.example/', { port: 465, secure: true, requireTls: false }],
  [
    'smtp://a:b%3Ac@[::1]:25?tls=never',
    { host: '::1', port: 25, requireTls: false, user: 'a', password: 'b:c' },
  ],
  ['smtp://mail.example?requireTLS=false', null],
  ['smtp://mail.example/path', null],
  ['smtps://mail.example?tls=never', null],
  ['http://mail.example', null],
  ['smtp://%ff@mail.example', null],
  ['mail.example:25', null],
])('SMTP_URL %s', (url, expected) => {
  if (expected === null) expect(parseSmtpUrl(url)).toBeNull();
  else expect(parseSmtpUrl(url)).toMatchObject(expected);
});
