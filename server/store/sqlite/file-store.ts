import type { FileId, InteractionId } from '../../../protocol/ids.ts';
import type { RefusalName } from '../../../protocol/refusals.ts';
import type { StoredFile } from '../../interactions/attachments.ts';
import type { FileStore } from '../contract.ts';
import type { FileRow } from './read-job.ts';
import type { ReaderThreads } from './reader-threads.ts';
import type { WriterThread } from './writer-thread.ts';

/** The part of the store that knows files. */
export function fileStore(writer: WriterThread, reader: ReaderThreads): FileStore {
  return {
    create: ({ id, interaction, owner, bytes, name, at }, limits) =>
      writer.ask([
        'create-file',
        [id, interaction, owner, bytes, name, at],
        [
          limits.openOfOwner,
          limits.openBytesOfOwner,
          limits.openInAll,
          limits.ofInteraction,
          limits.bytesOfInteraction,
        ],
      ]),
    byIds: async (ids) => (await reader.ask(['files', ids])).map(decodeFile),
    settle: (id, found) =>
      writer.ask(
        found.state === 'ready'
          ? ['settle-file', id, 'ready', null, found.type, found.name]
          : ['settle-file', id, 'refused', found.refusal, '', ''],
      ),
    forget: (id) => writer.ask(['forget-file', id]),
    orphans: async (before, limit) =>
      (await reader.ask(['orphan-files', before, limit])).map(decodeFile),
    coming: async (after, limit) =>
      (await reader.ask(['coming-files', after, limit])).map(decodeFile),
  };
}

const decodeFile = ([
  id,
  interaction,
  owner,
  bytes,
  name,
  state,
  refusal,
  type,
  at,
  seq,
]: FileRow): StoredFile => ({
  id: id as FileId,
  interaction: interaction as InteractionId,
  owner,
  bytes,
  name,
  state: state as StoredFile['state'],
  refusal: refusal as RefusalName | null,
  type,
  at,
  seq,
});
