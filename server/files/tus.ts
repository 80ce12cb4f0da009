import type { Readable } from 'node:stream';
import { Server } from '@tus/server';
import { DataStore, ERRORS, Upload } from '@tus/utils';
import type { FileId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import { type RefusalName, refusals } from '../../protocol/refusals.ts';
import { StoreUnavailable } from '../store/contract.ts';
import { NoRoom } from './contract.ts';
import type { Files, Wanted } from './files.ts';

/**
 * The tus protocol (1.0.0 with creation and termination) over our files. Who may do what was
 * asked before; `wanted` is what is known of a new file. Answers are tus's own, but for every no:
 * that is a refusal.
 */
export type Tus = (request: Request, wanted: Wanted | null) => Promise<Response | RefusalName>;

export type TusDeps = {
  readonly files: Files;
  /** Where files stand on this server: `/files`. */
  readonly path: string;
  /** Hears of what is no weather. */
  readonly bug: (error: unknown) => void;
};

export function createTus({ files, path, bug }: TusDeps): Tus {
  const created = new WeakMap<object, Wanted>();
  const server = new Server({
    path,
    datastore: new Uploads(files),
    relativeLocation: true,
    maxSize: limits.messageFilesBytes,
    async namingFunction(request) {
      const wanted = created.get(request);
      const made = wanted === undefined ? 'bad-frame' : await files.begin(wanted);
      if (typeof made === 'string') throw no(made);
      return made.id;
    },
    async onUploadFinish(_, { id }) {
      const refusal = await files.finish(id as FileId);
      if (refusal !== null) throw no(refusal);
      return {};
    },
    onResponseError(_, error) {
      if ('status_code' in error) return undefined;
      if (!(error instanceof NoRoom || error instanceof StoreUnavailable)) bug(error);
      return no('try-later');
    },
  });
  return async (request, wanted) => {
    if (wanted !== null) created.set(request, wanted);
    const answer = await server.handleWeb(request as Parameters<typeof server.handleWeb>[0]);
    // Which pages may read the answer is said by our own doors.
    for (const name of [...answer.headers.keys()])
      if (name.startsWith('access-control-')) answer.headers.delete(name);
    return answer.status < 400 ? answer : refusalIn(answer.status, await answer.text());
  };
}

/** Its own errors are a status and a sentence; ours have a refusal's name in its place. */
const no = (refusal: RefusalName) => ({ status_code: 400, body: refusal });

function refusalIn(status: number, body: string): RefusalName {
  if (Object.hasOwn(refusals, body)) return body as RefusalName;
  // A newer request for the same file goes first.
  if (body === ERRORS.ABORTED.body) return 'out-of-date';
  if (status >= 500 && status !== 501) return 'try-later';
  return meanings.get(status) ?? 'bad-frame';
}

const meanings: ReadonlyMap<number, RefusalName> = new Map([
  [404, 'unknown-file'],
  [409, 'out-of-date'],
  [410, 'unknown-file'],
  [413, 'file-too-large'],
]);

/** What tus keeps, kept by us. */
class Uploads extends DataStore {
  readonly #files: Files;
  constructor(files: Files) {
    super();
    this.#files = files;
    this.extensions = ['creation', 'termination'];
  }

  override async getUpload(id: string): Promise<Upload> {
    const file = await this.#files.find(id as FileId);
    if (file === null) throw ERRORS.FILE_NOT_FOUND;
    const isWhole = file.state !== 'coming';
    const offset = isWhole ? file.bytes : await this.#files.arrived(file.id);
    return new Upload({ id, size: file.bytes, offset });
  }

  override write(part: Readable, id: string, offset: number): Promise<number> {
    return this.#files.append(id as FileId, offset, part as AsyncIterable<Uint8Array>);
  }

  override async remove(id: string): Promise<void> {
    if (!(await this.#files.giveUp(id as FileId))) throw ERRORS.INVALID_TERMINATION;
  }
}
