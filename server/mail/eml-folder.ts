import { mkdir, open, readdir, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { envelopeOf, type Transport } from './transport.ts';

/** Whoever keeps mails in files looks at the newest; the oldest go. */
const FILES_MAX = 1_000;

/** Without a mail server: each mail is a file in the folder, as any mail program opens it. */
export function createEmlFolder(
  folder: string,
  from: string,
  filesMax: number = FILES_MAX,
): Transport {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    async send(mail) {
      try {
        const { message } = await composer.sendMail(envelopeOf(mail, from));
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeWhole(join(folder, nameOf(mail.messageId)), message as Buffer);
        await forgetOldest(folder, filesMax);
        return { type: 'accepted' };
      } catch (error) {
        return { type: 'later', why: (error as NodeJS.ErrnoException).code ?? 'unknown' };
      }
    },
    close: () => composer.close(),
  };
}

const nameOf = (messageId: string): string =>
  `${messageId.split('@')[0]?.replace(/[^\w.-]/g, '_')}.eml`;

/** Whole or not at all; written again after a crash it is the same file. */
async function writeWhole(path: string, content: Buffer): Promise<void> {
  const file = await open(`${path}.part`, 'w', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.part`, path);
}

async function forgetOldest(folder: string, filesMax: number): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.eml'));
  if (names.length <= filesMax) return;
  const dated = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  );
  dated.sort((one, other) => one.at - other.at);
  for (const { name } of dated.slice(0, names.length - filesMax)) await unlink(join(folder, name));
}
