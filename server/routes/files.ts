import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { FileId, InteractionId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { RefusalName } from '../../protocol/refusals.ts';
import { can } from '../access.ts';
import { principalOf } from '../feed/audience.ts';
import type { Files } from '../files/files.ts';
import { underWay } from '../files/limits.ts';
import type { Shown } from '../files/shown.ts';
import { createTus } from '../files/tus.ts';
import { createUnderWay } from '../files/under-way.ts';
import type { Handle } from '../handle.ts';
import { fileCors, knownOrigins } from './api-doors.ts';
import type { Person, Who } from './credential.ts';
import { giveFile } from './give-file.ts';
import { addressOf, type Env, refuse, type Web } from './request.ts';

export type FilesDoorDeps = {
  readonly files: Files;
  readonly shown: Shown;
  readonly who: Who;
  readonly interaction: Handle['interaction'];
  readonly web: Web;
  readonly bug: (error: unknown) => void;
};

/**
 * CHAT-6: files in and out, for customers and agents alike. `POST /files` and `HEAD`, `PATCH`,
 * `DELETE /files/ID` speak tus; `GET /files/ID` gives a file of a message to who may see the
 * message (TRUST-4). Somebody who may not hears the same as if there were none.
 */
export function filesRoutes(deps: FilesDoorDeps): Hono<Env> {
  const { files, shown, who, interaction, web, bug } = deps;
  const app = new Hono<Env>();
  const tus = createTus({ files, path: '/files', bug });
  const busy = createUnderWay(underWay);
  const busyAddresses = createUnderWay({ ...underWay, ofOne: underWay.ofAddress });

  app.use('/files/*', fileCors(web), knownOrigins(web));

  app.post('/files', async (c) => {
    const actor = await who(c);
    if (actor === null) return no(c, 'not-signed-in');
    const said = parseMetadata(c.req.header('Upload-Metadata') ?? '');
    const length = Number(c.req.header('Upload-Length'));
    if (said === null || !Number.isInteger(length) || length < 1) return no(c, 'bad-frame');
    if (hasBody(c)) return no(c, 'bad-frame');
    const refusal = can(actor, 'post', await interaction(said.interaction));
    if (refusal !== null) return no(c, refusal);
    const wanted = { ...said, owner: principalOf(actor), bytes: length };
    return answered(c, await tus(c.req.raw, wanted));
  });

  app.on(['PATCH', 'DELETE'], '/files/:id', async (c) => {
    const actor = await who(c);
    if (actor === null) return no(c, 'not-signed-in');
    if (!(await isSender(c, actor))) return no(c, 'unknown-file');
    if (c.req.method === 'DELETE') return answered(c, await tus(c.req.raw, null));
    // tus wants it, and so nothing longer is ever waited for.
    const length = Number(c.req.header('Content-Length') ?? Number.NaN);
    if (Number.isNaN(length)) return no(c, 'bad-frame');
    if (length > limits.filePartBytes) return no(c, 'frame-too-large');
    const over = begin(c, actor);
    if (over === null) return no(c, 'too-many');
    try {
      return answered(c, await tus(c.req.raw, null));
    } finally {
      over();
    }
  });

  app.get('/files/:id', async (c) => {
    const actor = await who(c);
    if (actor === null) return no(c, 'not-signed-in');
    if (c.req.header('Tus-Resumable') !== undefined)
      return (await isSender(c, actor))
        ? answered(c, await tus(c.req.raw, null))
        : no(c, 'unknown-file');
    return give(c, actor);
  });

  /** Who sends it, as long as they may write there. */
  async function isSender(c: Context<Env>, actor: Person): Promise<boolean> {
    const { success, output } = v.safeParse(FileId, c.req.param('id'));
    const file = success ? await files.find(output) : null;
    if (file?.owner !== principalOf(actor)) return false;
    return can(actor, 'post', await interaction(file.interaction)) === null;
  }

  async function give(c: Context<Env>, actor: Person): Promise<Response> {
    const { success, output } = v.safeParse(FileId, c.req.param('id'));
    const file = success ? await files.find(output) : null;
    if (file === null) return no(c, 'unknown-file');
    const state = await interaction(file.interaction);
    if (can(actor, 'read', state) !== null) return no(c, 'unknown-file');
    const name = await shown(file, actor, state);
    if (name === null) return no(c, 'unknown-file');

    const over = begin(c, actor);
    return over === null ? no(c, 'too-many') : giveFile(c, files.read, file, name, over);
  }

  /** A customer's secret costs nothing, so all customers of one address have a limit together. */
  function begin(c: Context<Env>, actor: Person): (() => void) | null {
    const over = busy.begin(principalOf(actor));
    if (over === null || actor.kind === 'agent') return over;
    const gone = busyAddresses.begin(addressOf(c, web));
    if (gone === null) over();
    return gone === null
      ? null
      : () => {
          over();
          gone();
        };
  }

  return app;
}

const answered = (c: Context<Env>, answer: Response | RefusalName): Response =>
  typeof answer === 'string' ? no(c, answer) : answer;

const RETRY_MS = 1_000;
const statuses: ReadonlyMap<RefusalName, 400 | 401 | 404 | 409 | 413 | 415 | 422 | 429 | 503> =
  new Map([
    ['bad-frame', 400],
    ['not-signed-in', 401],
    ['unknown-file', 404],
    ['unknown-interaction', 404],
    ['out-of-date', 409],
    ['frame-too-large', 413],
    ['file-too-large', 413],
    ['file-type-not-allowed', 415],
    ['file-unreadable', 422],
    ['image-too-large', 422],
    ['file-sensitive', 422],
    ['file-unsafe', 422],
    ['too-many-files', 429],
    ['too-many', 429],
    ['try-later', 503],
  ]);

function no(c: Context<Env>, refusal: RefusalName): Response {
  const waits = refusal === 'too-many' || refusal === 'try-later';
  return refuse(c, statuses.get(refusal) ?? 403, refusal, waits ? RETRY_MS : undefined);
}

/** `interaction ZDE=,name Zm9v`: what tus lets a client say of a file, each value in base64. */
function parseMetadata(header: string): { interaction: InteractionId; name: string } | null {
  const pairs = header.split(',').map((pair) => pair.trim().split(' '));
  const said = Object.fromEntries(
    pairs.map(([key = '', value = '']) => [key, Buffer.from(value, 'base64').toString()]),
  );
  const { success, output } = v.safeParse(Metadata, said);
  return success ? output : null;
}

const Metadata = v.object({
  interaction: InteractionId,
  name: v.pipe(v.string(), v.maxLength(1_024)),
});

/** Bytes come in parts only: tus's creation-with-upload isn't spoken. */
const hasBody = (c: Context): boolean =>
  Number(c.req.header('Content-Length') ?? 0) > 0 ||
  c.req.header('Transfer-Encoding') !== undefined;
