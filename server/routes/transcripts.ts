import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { InteractionId } from '../../protocol/ids.ts';
import { can } from '../access.ts';
import type { Centre } from '../centre/centre.ts';
import { createUnderWay } from '../files/under-way.ts';
import type { Handle } from '../handle.ts';
import type { People } from '../people/people.ts';
import type { Store } from '../store/contract.ts';
import { type Printer, PrinterBusy } from '../transcript/printer.ts';
import { audienceOf, readTranscript } from '../transcript/read-transcript.ts';
import { transcriptLanguage } from '../transcript/texts.ts';
import { type AgentActor, bearerOf } from './bearer.ts';
import { type Env, refuse } from './request.ts';

export type TranscriptDeps = {
  readonly people: Pick<People, 'verifyAccess'>;
  readonly centre: Pick<Centre, 'agent' | 'name' | 'timeZone'>;
  readonly store: Pick<Store, 'read'>;
  readonly interaction: Handle['interaction'];
  readonly printer: Pick<Printer, 'text' | 'pdf'>;
};

const RETRY_MS = 5_000;
/** A screen shows one and saves another; what one holds while it is made is a megabyte. */
const underWay = { inAll: 32, ofOne: 2 };

/**
 * GET /api/interactions/ID/transcript.txt and .pdf, with an agent's access token: as that agent
 * may see it, or with `?for=customer` as the customer could. `?language=de` instead of the
 * customer's.
 */
export function transcriptRoutes(deps: TranscriptDeps): Hono<Env> {
  const { people, centre, store, interaction, printer } = deps;
  const busy = createUnderWay(underWay);
  return new Hono<Env>()
    .get('/interactions/:id/transcript.txt', (c) => limited(c, 'text'))
    .get('/interactions/:id/transcript.pdf', (c) => limited(c, 'pdf'));

  async function limited(c: Context<Env>, as: 'text' | 'pdf'): Promise<Response> {
    const actor = await bearerOf(c, people, centre);
    if (actor === null) return refuse(c, 401, 'not-signed-in');
    const over = busy.begin(actor.id);
    if (over === null) return refuse(c, 429, 'too-many', RETRY_MS);
    return answer(c, actor, as).finally(over);
  }

  async function answer(c: Context<Env>, actor: AgentActor, as: 'text' | 'pdf'): Promise<Response> {
    const id = v.safeParse(InteractionId, c.req.param('id'));
    const state = id.success ? await interaction(id.output) : null;
    const no = can(actor, 'read', state);
    if (no !== null) return refuse(c, no === 'unknown-interaction' ? 404 : 403, no);
    const own = state === null ? null : audienceOf(state, actor.id);
    if (state === null || own === null) return refuse(c, 404, 'unknown-interaction');
    const to = c.req.query('for') === 'customer' ? ({ kind: 'customer' } as const) : own;
    const transcript = await readTranscript(store, state.id, to, Number.POSITIVE_INFINITY);
    if (transcript === null) return refuse(c, 404, 'unknown-interaction');
    const manner = {
      centre: centre.name,
      language: transcriptLanguage(c.req.query('language') ?? transcript.language),
      timeZone: centre.timeZone(state.queue),
    };
    try {
      // An id has no character that means anything in a header or in a file's name.
      const name = `transcript-${state.id}`;
      return as === 'text'
        ? c.text(await printer.text(transcript, manner), 200, named(`${name}.txt`))
        : c.body(new Uint8Array(await printer.pdf(transcript, manner)), 200, {
            'Content-Type': 'application/pdf',
            ...named(`${name}.pdf`),
          });
    } catch (error) {
      if (error instanceof PrinterBusy) return refuse(c, 503, 'try-later', RETRY_MS);
      throw error;
    }
  }
}

const named = (file: string) => ({ 'Content-Disposition': `attachment; filename="${file}"` });
