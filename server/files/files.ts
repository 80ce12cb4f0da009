import type { Readable } from 'node:stream';
import { nanoid } from 'nanoid';
import type { Policy } from '../../guard/policy.ts';
import { redact } from '../../guard/redact.ts';
import type { FileId, InteractionId } from '../../protocol/ids.ts';
import { limits as wire } from '../../protocol/limits.ts';
import type { RefusalName } from '../../protocol/refusals.ts';
import type { Clock } from '../clock.ts';
import type { StoredFile } from '../interactions/attachments.ts';
import type { FileLimits, FoundFile, Store } from '../store/contract.ts';
import { cleanName } from './clean-name.ts';
import type { Depot } from './contract.ts';
import type { Inspector } from './inspect-in-thread.ts';
import { OPEN_MS, openFiles } from './limits.ts';
import { createTending } from './tend.ts';

/** Says whether a whole file may be kept, by what a scanner finds in it. Rejects: ask again later. */
export type Scan = (path: string, type: string) => Promise<'clean' | 'harmful'>;

export type FilesDeps = {
  readonly store: Pick<Store, 'files'>;
  readonly depot: Depot;
  readonly clock: Pick<Clock, 'now' | 'at'>;
  readonly inspect: Inspector;
  /** Types that the centre takes now. */
  readonly types: () => readonly string[];
  /** Null: none. */
  readonly scan: Scan | null;
  /** What may not be in this interaction's files and their names (GUARD-1). Rejects: ask again later. */
  readonly guard: (interaction: InteractionId) => Promise<Policy['entities']>;
  /** Hears of weather and bugs while nobody waits for an answer. */
  readonly failed: (error: unknown) => void;
  readonly limits?: FileLimits;
  /** How long a file may be in no message. */
  readonly openMs?: number;
};

export type Files = {
  /** Makes a place for a file; says its id, or why not. */
  readonly begin: (wanted: Wanted) => Promise<{ readonly id: FileId } | RefusalName>;
  readonly find: (id: FileId) => Promise<StoredFile | null>;
  /** How many bytes of it have arrived. */
  readonly arrived: (id: FileId) => Promise<number>;
  /** Rejects with NoRoom. */
  readonly append: Depot['append'];
  /** All bytes are there: looks at them. Null: it is ready for a message; else it is gone. */
  readonly finish: (id: FileId) => Promise<RefusalName | null>;
  /** Gives up a file that no message has; false: one has it. */
  readonly giveUp: (id: FileId) => Promise<boolean>;
  readonly read: (id: FileId, from: number, to: number) => Readable;
  /** Looks at what arrived before a restart, and clears away what nobody needs, now and from time to time. */
  readonly tend: () => Promise<void>;
  readonly close: () => void;
};

export type Wanted = Pick<StoredFile, 'interaction' | 'owner' | 'bytes' | 'name'>;

/** Files from their first byte until a message has them: rows in the store, bytes in the depot. */
export function createFiles(deps: FilesDeps): Files {
  const { store, depot, clock, types, scan } = deps;
  const rows = store.files;
  /** Looked at right now: who asks meanwhile hears the same. */
  const looks = new Map<FileId, Promise<RefusalName | null>>();
  const find = async (id: FileId): Promise<StoredFile | null> =>
    (await rows.byIds([id]))[0] ?? null;

  async function look(file: StoredFile): Promise<RefusalName | null> {
    const path = await depot.pathOf(file.id);
    const guard = await deps.guard(file.interaction);
    const found = await judged(
      path,
      await deps.inspect({ path, name: file.name, types: types(), guard }),
    );
    if (found.state === 'ready') await depot.finish(file.id);
    if (!(await rows.settle(file.id, found))) return settledBefore(file.id);
    if (found.state === 'ready') return null;
    // After the row: bytes without a row are cleared away, a row without bytes would promise some.
    await depot.remove(file.id);
    return found.refusal;
  }

  /** Another look was sooner, or it was given up: what was said then holds. */
  async function settledBefore(id: FileId): Promise<RefusalName | null> {
    const file = await find(id);
    return file === null ? 'unknown-file' : file.refusal;
  }

  async function judged(path: string, found: FoundFile): Promise<FoundFile> {
    if (scan === null || found.state === 'refused') return found;
    const says = await scan(path, found.type);
    return says === 'clean' ? found : { state: 'refused', refusal: 'file-unsafe' };
  }

  async function finish(id: FileId): Promise<RefusalName | null> {
    const file = await find(id);
    if (file === null) return 'unknown-file';
    if (file.state !== 'coming') return file.refusal;
    const looking = looks.get(id) ?? look(file).finally(() => looks.delete(id));
    looks.set(id, looking);
    return looking;
  }

  async function giveUp(id: FileId): Promise<boolean> {
    if (!(await rows.forget(id))) return false;
    await depot.remove(id);
    return true;
  }

  const tending = createTending({
    ...{ rows, depot, clock, finish, giveUp, failed: deps.failed },
    openMs: deps.openMs ?? OPEN_MS,
  });

  return {
    async begin({ interaction, owner, bytes, name }) {
      if (bytes > wire.messageFilesBytes) return 'file-too-large';
      const id = nanoid(32) as FileId;
      const plain = guarded(name, await deps.guard(interaction));
      if (plain === null) return 'file-sensitive';
      const row = { id, interaction, owner, bytes, name: plain, at: clock.now() };
      const made = await rows.create(row, deps.limits ?? openFiles);
      if (made !== 'created') return made === 'all' ? 'too-many' : 'too-many-files';
      try {
        await depot.put(id, bytes);
      } catch (error) {
        await giveUp(id);
        throw error;
      }
      return { id };
    },
    find,
    arrived: async (id) => (await depot.size(id)) ?? 0,
    append: depot.append,
    finish,
    giveUp,
    read: depot.read,
    tend: tending.tend,
    close: tending.close,
  };
}

/**
 * Before and after it is cleaned: taking something away may join what was apart. Null: the policy
 * drops what is in it, and so the file.
 */
function guarded(name: string, entities: Policy['entities']): string | null {
  const written = redact(name, { entities, patterns: [] });
  const cleaned = redact(cleanName(written.text), { entities, patterns: [] });
  return written.drop || cleaned.drop ? null : cleanName(cleaned.text);
}
