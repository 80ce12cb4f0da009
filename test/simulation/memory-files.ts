import { type FileId, type InteractionId, interactionOf } from '../../protocol/ids.ts';
import type { StoredFile } from '../../server/interactions/attachments.ts';
import type {
  FileLimit,
  FileLimits,
  FileStore,
  StreamAppend,
} from '../../server/store/contract.ts';

type Files = Map<FileId, StoredFile>;

/** The memory store's part that knows files. */
export function memoryFiles(
  files: Files,
  read: <T>(look: () => T) => Promise<T>,
  write: <T>(change: () => T) => Promise<T>,
): FileStore {
  return {
    create: (file, limits) =>
      write(() => {
        const limit = beyond([...files.values()], file, limits);
        if (limit !== null) return limit;
        const empty = { state: 'coming', refusal: null, type: '', seq: null } as const;
        files.set(file.id, Object.freeze({ ...file, ...empty }));
        return 'created';
      }),
    byIds: (ids) => read(() => ids.flatMap((id) => files.get(id) ?? [])),
    settle: (id, found) =>
      write(() => {
        const file = files.get(id);
        if (file?.state !== 'coming') return false;
        files.set(id, Object.freeze({ ...file, name: '', ...found }));
        return true;
      }),
    forget: (id) =>
      write(() => {
        const file = files.get(id);
        if (file === undefined || (file.seq !== null && file.state !== 'removed')) return false;
        return files.delete(id);
      }),
    orphans: (before, limit) =>
      read(() => {
        const old = (file: StoredFile) => file.seq === null && file.at < before;
        const all = [...files.values()].sort((one, other) => one.at - other.at);
        const removed = all.filter(({ state }) => state === 'removed');
        return [...removed, ...all.filter(old)].slice(0, limit);
      }),
    coming: (after, limit) =>
      read(() =>
        [...files.values()]
          .filter(({ id, state }) => state === 'coming' && id > after)
          .sort((one, other) => (one.id < other.id ? -1 : 1))
          .slice(0, limit),
      ),
  };
}

function beyond(
  all: readonly StoredFile[],
  file: Pick<StoredFile, 'owner' | 'interaction' | 'bytes'>,
  limits: FileLimits,
): FileLimit | null {
  const open = all.filter(({ seq }) => seq === null);
  const own = open.filter(({ owner }) => owner === file.owner);
  const inside = all.filter(({ interaction }) => interaction === file.interaction);
  const weightOf = ({ state, bytes }: StoredFile) =>
    state === 'coming' || state === 'ready' ? bytes : 0;
  const fits = (some: readonly StoredFile[], count: number, bytes: number) =>
    some.length < count && some.reduce((sum, one) => sum + weightOf(one), file.bytes) <= bytes;
  if (!fits(own, limits.openOfOwner, limits.openBytesOfOwner)) return 'owner';
  if (!fits(inside, limits.ofInteraction, limits.bytesOfInteraction)) return 'interaction';
  return open.length < limits.openInAll ? null : 'all';
}

/** The files that these events take into their messages. */
export function filesIn({
  stream,
  expected,
  events,
}: Pick<StreamAppend, 'stream' | 'expected' | 'events'>) {
  const interaction = interactionOf(stream);
  return events.flatMap(({ body }, index) =>
    body.type === 'message-posted' && interaction !== null
      ? (body.files ?? []).map(({ id }) => ({ id, interaction, seq: expected + index + 1 }))
      : [],
  );
}

export function isFree(files: Files, id: FileId, interaction: InteractionId): boolean {
  const file = files.get(id);
  return file?.state === 'ready' && file.seq === null && file.interaction === interaction;
}

export function takeFile(files: Files, id: FileId, seq: number): void {
  const file = files.get(id);
  if (file !== undefined) files.set(id, Object.freeze({ ...file, seq, name: '' }));
}

export function removeFiles(files: Files, stream: StreamAppend['stream'], seq: number): void {
  const interaction = interactionOf(stream);
  for (const file of files.values())
    if (file.interaction === interaction && file.seq === seq)
      files.set(file.id, Object.freeze({ ...file, name: '', state: 'removed' }));
}
