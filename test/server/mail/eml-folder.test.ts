import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createEmlFolder } from '../../../server/mail/eml-folder.ts';
import type { Mail } from '../../../server/mail/transport.ts';
import { folderWith } from '../routes/app-world.ts';

const mail = (n: number): Mail => ({
  to: 'ana@example.org',
  messageId: `i-1.${n}@desk.example`,
  date: 0,
  sender: 'Harbour',
  subject: 'Your conversation',
  text: 'Hello',
  html: '<p>Hello</p>',
  pdf: Buffer.from('%PDF-1.7'),
  fileName: 'transcript-i-1.pdf',
});

test('END-6: without a mail server a mail is a file that only this user reads', async () => {
  const folder = join(folderWith({}), 'mails');
  const files = createEmlFolder(folder, 'deskside@localhost');
  expect(await files.send(mail(7))).toEqual({ type: 'accepted' });
  expect(await files.send(mail(7))).toEqual({ type: 'accepted' });
  expect(readdirSync(folder)).toEqual(['i-1.7.eml']);
  expect(statSync(join(folder, 'i-1.7.eml')).mode & 0o777).toBe(0o600);
  const text = readFileSync(join(folder, 'i-1.7.eml'), 'utf8');
  expect(text).toContain('To: ana@example.org\r\n');
  expect(text).toContain('Message-ID: <i-1.7@desk.example>\r\n');
});

test('TRUST-5: so many files are kept, the oldest go', async () => {
  const folder = folderWith({});
  const files = createEmlFolder(folder, 'deskside@localhost', 2);
  for (const n of [1, 2, 3]) await files.send(mail(n));
  expect(readdirSync(folder)).toHaveLength(2);
  expect(readdirSync(folder)).toContain('i-1.3.eml');
});

test('END-6: a folder that can’t be written is weather', async () => {
  const folder = folderWith({});
  writeFileSync(join(folder, 'file'), '');
  const files = createEmlFolder(join(folder, 'file'), 'deskside@localhost');
  expect(await files.send(mail(1))).toMatchObject({ type: 'later' });
});
