import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import type { AgentId } from '../../protocol/ids.ts';
import { can } from '../access.ts';
import type { Exported } from '../audit/exports.ts';
import type { Centre } from '../centre/centre.ts';
import { csvOf } from '../export/csv.ts';
import { interactionColumns, interactionRows } from '../export/interactions.ts';
import { ledgerColumns, ledgerRows } from '../export/ledger.ts';
import type { Window } from '../export/window.ts';
import type { People } from '../people/people.ts';
import type { Store } from '../store/contract.ts';
import { bearerOf } from './bearer.ts';
import { type Env, refuse } from './request.ts';

export type ExportDeps = {
  readonly people: Pick<People, 'verifyAccess'>;
  readonly centre: Pick<Centre, 'agent'>;
  readonly store: Pick<Store, 'read' | 'readAll' | 'newest'>;
  /** Keeps who takes what away; nothing is given before. */
  readonly audit: (actor: AgentId, what: Exported) => Promise<void>;
  /** Hears of which days. */
  readonly note: (facts: Readonly<Record<string, unknown>>, what: string) => void;
};

/** Each reads the log as fast as its reader takes it; more would be felt by those who talk. */
const AT_ONCE = 2;
const RETRY_MS = 10_000;
/** A leap year. */
const WINDOW_MS_MAX = 366 * 24 * 3_600_000;

const dayOrTime = v.pipe(
  v.union([v.pipe(v.string(), v.isoDate()), v.pipe(v.string(), v.isoTimestamp())]),
  v.transform((text) => Date.parse(text)),
  v.check((time) => !Number.isNaN(time)),
);
const Asked = v.pipe(
  v.object({ from: dayOrTime, to: dayOrTime }),
  v.check(({ from, to }) => from < to && to - from <= WINDOW_MS_MAX),
);

/**
 * GET /api/export/interactions.csv and ledger.csv `?from=2026-11-01&to=2026-12-01` (days begin in
 * UTC; or whole times with a zone), at most a year, for supervisors with their access token.
 */
export function exportRoutes({ people, centre, store, audit, note }: ExportDeps): Hono<Env> {
  let underWay = 0;
  const nameOf = (agent: string) => centre.agent(agent)?.name ?? '';
  return new Hono<Env>()
    .get('/export/interactions.csv', (c) =>
      answer(c, 'interactions', (window, over) =>
        csvOf(interactionColumns, interactionRows(store, window), over),
      ),
    )
    .get('/export/ledger.csv', (c) =>
      answer(c, 'ledger', (window, over) =>
        csvOf(ledgerColumns, ledgerRows(store, window, nameOf), over),
      ),
    );

  async function answer(
    c: Context<Env>,
    what: Exported,
    csv: (window: Window, over: () => void) => ReadableStream<Uint8Array>,
  ): Promise<Response> {
    const actor = await bearerOf(c, people, centre);
    if (actor === null) return refuse(c, 401, 'not-signed-in');
    const no = can(actor, 'export', null);
    if (no !== null) return refuse(c, 403, no);
    const asked = v.safeParse(Asked, c.req.query());
    if (!asked.success) return refuse(c, 400, 'bad-frame');
    if (underWay >= AT_ONCE) return refuse(c, 429, 'too-many', RETRY_MS);
    const { from, to } = asked.output;
    await begun(actor.id, what);
    note({ agent: actor.id, what, from, to }, 'exported');
    return c.body(csv(asked.output, over), 200, {
      'Content-Type': 'text/csv; charset=utf-8; header=present',
      'Content-Disposition': `attachment; filename="${what}-${day(from)}-${day(to)}.csv"`,
    });
  }

  /** Counted before it is kept: of three that come at once none slips through meanwhile. */
  async function begun(actor: AgentId, what: Exported): Promise<void> {
    underWay++;
    await audit(actor, what).catch((error: unknown) => {
      over();
      throw error;
    });
  }

  function over(): void {
    underWay--;
  }
}

const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
