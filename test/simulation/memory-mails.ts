import type { MailStore, WaitingMail } from '../../server/store/mails.ts';
import { mailKey } from './memory-append.ts';
import type { MemoryDisk } from './memory-disk.ts';

type Access = {
  readonly read: <T>(look: () => T) => Promise<T>;
  readonly write: <T>(apply: () => T) => Promise<T>;
};

/** The mails' part of the store's contract. */
export const memoryMails = (disk: MemoryDisk, { read, write }: Access): MailStore => ({
  waiting: (limit) =>
    read(() =>
      [...disk.mails.values()]
        .flatMap(({ stream, seq, attempts, dueAt }): WaitingMail[] =>
          dueAt === null ? [] : [{ stream, seq, attempts, dueAt }],
        )
        .sort((one, other) => one.dueAt - other.dueAt)
        .slice(0, limit),
    ),
  tried: ({ attempts, dueAt, ...mail }) =>
    write(() => {
      const held = disk.mails.get(mailKey(mail));
      if (held !== undefined && held.dueAt !== null)
        disk.mails.set(mailKey(mail), { ...held, attempts, dueAt });
    }),
  asked: (principal, since) =>
    read(
      () =>
        [...disk.mails.values()].filter((one) => one.principal === principal && one.at >= since)
          .length,
    ),
  forgetOver: (before, limit) =>
    write(() => {
      const old = [...disk.mails.values()]
        .filter(({ at, dueAt }) => dueAt === null && at < before)
        .sort((one, other) => one.at - other.at)
        .slice(0, limit);
      for (const mail of old) disk.mails.delete(mailKey(mail));
      return old.length;
    }),
});
