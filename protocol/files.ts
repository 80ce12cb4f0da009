import * as v from 'valibot';
import { FileId } from './ids.ts';
import { limits } from './limits.ts';

/** CHAT-6: the files of one message, in the order in which they are shown; each once. */
export const MessageFiles = v.pipe(
  v.array(FileId),
  v.minLength(1),
  v.maxLength(limits.messageFiles),
  v.check((ids) => new Set(ids).size === ids.length, 'the same file twice'),
);

/** What is known of a file without its name, which its sender wrote: that is content (`fileWord`). */
export const FileFacts = v.object({
  id: FileId,
  /** By what is in it, not by its name: `image/png`. */
  type: v.pipe(v.string(), v.maxLength(255)),
  bytes: v.pipe(v.number(), v.integer(), v.minValue(1)),
});
export type FileFacts = Readonly<v.InferOutput<typeof FileFacts>>;

/** The word of a message's content that holds the name of its file. */
export const fileWord = (id: FileId): string => `file:${id}`;
