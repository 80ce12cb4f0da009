import type { Complaint } from '../complaint.ts';
import type { CentreFile } from '../schema.ts';
import { type Known, unknownIn } from './unknown.ts';

/** CHAT-5: shortcuts lead to one reply, variables are closed, queues are there. */
export function replyContradictions(
  { cannedReplies, launchLinks, queues }: CentreFile,
  known: Known,
): Complaint[] {
  const taken = new Map<string, number>();
  return [
    ...cannedReplies.flatMap(({ queues, shortcut, language, text }, n): Complaint[] => {
      const path = ['cannedReplies', n];
      const key = `${language}/${shortcut}`;
      const before = shortcut === undefined ? undefined : taken.get(key);
      if (shortcut !== undefined && before === undefined) taken.set(key, n);
      return [
        ...unknownIn(queues ?? [], 'queue', known, [...path, 'queues']),
        ...(before === undefined
          ? []
          : [
              {
                path: [...path, 'shortcut'],
                says: `is "${shortcut}" in ${language}, like that of number ${before + 1}`,
              },
            ]),
        ...open(text, [...path, 'text']),
      ];
    }),
    ...launchLinks.flatMap(({ url }, n) => open(url, ['launchLinks', n, 'url'])),
    ...queues.flatMap(({ texts }, n) =>
      Object.entries(texts).flatMap(([name, all]) =>
        Object.entries(all ?? {}).flatMap(([language, text]) =>
          open(text, ['queues', n, 'texts', name, language]),
        ),
      ),
    ),
  ];
}

/** Braces that don't make a variable. */
const open = (text: string, path: Complaint['path']): Complaint[] =>
  /\{\{|\}\}/.test(text.replace(/\{\{[A-Za-z][A-Za-z0-9._ -]{0,39}\}\}/g, ''))
    ? [{ path, says: 'has double braces that don’t make a variable like {{customer.name}}' }]
    : [];
