import { Hono } from 'hono';
import * as v from 'valibot';
import { can } from '../access.ts';
import type { Centre } from '../centre/centre.ts';
import type { People } from '../people/people.ts';
import type { AuditStore } from '../store/contract.ts';
import { bearerOf } from './bearer.ts';
import { type Env, refuse } from './request.ts';

export type AuditDeps = {
  readonly people: Pick<People, 'verifyAccess'>;
  readonly centre: Pick<Centre, 'agent'>;
  readonly audit: Pick<AuditStore, 'before'>;
};

/** A row is about 100 bytes: a page stays under 50 KB. */
const ROWS_MAX = 500;

const whole = (max: number) =>
  v.pipe(v.string(), v.regex(/^\d{1,16}$/), v.transform(Number), v.minValue(1), v.maxValue(max));
const Page = v.object({
  before: v.optional(whole(Number.MAX_SAFE_INTEGER)),
  limit: v.optional(whole(ROWS_MAX), '100'),
});

/**
 * GET /api/audit?before=NUMBER&limit=N, an admin's: `{rows: [{number, at, actor, action, object}],
 * before}`, newest first; `before` is what the next page is asked with, null after the last.
 */
export function auditRoute({ people, centre, audit }: AuditDeps): Hono<Env> {
  return new Hono<Env>().get('/audit', async (c) => {
    const actor = await bearerOf(c, people, centre);
    if (actor === null) return refuse(c, 401, 'not-signed-in');
    const no = can(actor, 'read-audit', null);
    if (no !== null) return refuse(c, 403, no);
    const page = v.safeParse(Page, c.req.query());
    if (!page.success) return refuse(c, 400, 'bad-frame');
    const { before = null, limit } = page.output;
    const rows = await audit.before(before, limit);
    return c.json({ rows, before: rows.length < limit ? null : (rows.at(-1)?.number ?? null) });
  });
}
