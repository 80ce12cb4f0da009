import { type FileFacts, fileWord } from '../../protocol/files.ts';
import type { FileId, InteractionId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Content } from '../../protocol/parts.ts';
import type { RefusalName } from '../../protocol/refusals.ts';

/** What is kept of a file beside its bytes. */
export type StoredFile = {
  readonly id: FileId;
  /** It can be sent here and nowhere else. */
  readonly interaction: InteractionId;
  /** The principal who sent it. */
  readonly owner: string;
  readonly bytes: number;
  /** As people see it; empty once a message has taken it: then its content holds the name. */
  readonly name: string;
  /**
   * `coming` until all bytes are there and have been looked at; `refused` has no bytes any more;
   * `removed`: its message's words were blanked.
   */
  readonly state: 'coming' | 'ready' | 'refused' | 'removed';
  /** Why it was refused, else null. */
  readonly refusal: RefusalName | null;
  /** By what is in it; empty until it is ready. */
  readonly type: string;
  /** When its sender began. */
  readonly at: number;
  /** Of its message; null while no message has taken it. */
  readonly seq: number | null;
};

/** The files that a message takes with it. */
export type Attachments = { readonly facts: readonly FileFacts[]; readonly names: Content };

/**
 * May this message take these files? One file goes into one message, by whom it was sent, in the
 * interaction that it was sent for; all of a message's files together have a limit (CHAT-6).
 */
export function attachmentsOf(
  wanted: readonly FileId[],
  stored: readonly StoredFile[],
  owner: string,
  interaction: InteractionId,
): Attachments | RefusalName {
  const facts: FileFacts[] = [];
  const names: Record<string, string> = {};
  let bytes = 0;
  let isComing = false;
  for (const id of wanted) {
    const file = stored.find((one) => one.id === id);
    if (file?.owner !== owner || file.interaction !== interaction || file.seq !== null)
      return 'unknown-file';
    if (file.state === 'refused') return file.refusal ?? 'unknown-file';
    if (file.state === 'removed') return 'unknown-file';
    isComing ||= file.state === 'coming';
    bytes += file.bytes;
    facts.push({ id, type: file.type, bytes: file.bytes });
    names[fileWord(id)] = file.name;
  }
  if (bytes > limits.messageFilesBytes) return 'file-too-large';
  // Last: a message that can never be sent isn't kept waiting.
  return isComing ? 'file-not-ready' : { facts, names };
}
