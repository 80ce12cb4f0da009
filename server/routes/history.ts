import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { AgentId, type CustomerId, InteractionId, QueueId } from '../../protocol/ids.ts';
import { Channel, Field, Time } from '../../protocol/parts.ts';
import type { RefusalName } from '../../protocol/refusals.ts';
import { can } from '../access.ts';
import type { Centre } from '../centre/centre.ts';
import type { Handle } from '../handle.ts';
import type { InteractionState } from '../interactions/state.ts';
import type { People } from '../people/people.ts';
import { readHistory } from '../search/history.ts';
import { type FoundPage, PAGE_MAX } from '../search/query.ts';
import type { Search } from '../search/search.ts';
import type { Store } from '../store/contract.ts';
import { type AgentActor, bearerOf } from './bearer.ts';
import { type Env, readJson, refuse } from './request.ts';

export type HistoryDeps = {
  readonly people: Pick<People, 'verifyAccess'>;
  readonly centre: Pick<Centre, 'agent'>;
  readonly store: Pick<Store, 'read'>;
  readonly interaction: Handle['interaction'];
  readonly search: Pick<Search, 'find' | 'describe' | 'isCurrent'>;
  /** The queues whose work this agent could be offered. */
  readonly queuesOf: (agent: AgentId) => readonly QueueId[];
  readonly audit: Audit;
};

/** Keeps who looks at interactions that they aren't in, ids only; nothing is shown before. */
export type Audit = (entry: {
  readonly actor: AgentId;
  readonly action: 'search' | 'read-history' | 'list-history';
  readonly object: 'interaction' | 'customer';
  readonly interactions: readonly InteractionId[];
}) => Promise<void>;

const optional = <S extends v.GenericSchema>(schema: S) => v.optional(v.nullable(schema), null);
const Cursor = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const SearchBody = v.strictObject({
  text: optional(Field),
  phone: optional(Field),
  email: optional(Field),
  customer: optional(Field),
  queue: optional(QueueId),
  agent: optional(AgentId),
  disposition: optional(Field),
  tag: optional(Field),
  channel: optional(Channel),
  from: optional(Time),
  to: optional(Time),
  after: optional(Cursor),
  limit: v.optional(
    v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(PAGE_MAX)),
    PAGE_MAX / 2,
  ),
});

/** Questions of one agent under way at once: a person waits for one, a screen's next overtakes it. */
const UNDER_WAY_MAX = 4;
const RETRY_MS = 1_000;

/**
 * POST /api/search: interactions, the newest first. GET /api/interactions/ID/history?after=N: the
 * others of the same customer. GET /api/history/ID?via=ID&after=SEQ: one of them, whole; `via`
 * names the interaction that the agent is in. All with an agent's access token.
 */
export function historyRoutes(deps: HistoryDeps): Hono<Env> {
  const { search, store, queuesOf, audit } = deps;
  const underWay = new Map<AgentId, number>();
  const app = new Hono<Env>();

  app.post('/search', (c) =>
    asAgent(c, async (actor) => {
      const no = can(actor, 'search', null);
      if (no !== null) return refuse(c, 403, no);
      const read = await readJson(c, SearchBody);
      if ('refused' in read) return read.refused;
      const heldBy = actor.role === 'agent' ? queuesOf(actor.id) : null;
      const page = await search.find({ ...read.body, heldBy });
      await tell(actor, 'search', page);
      return c.json({ ...page, current: search.isCurrent() });
    }),
  );

  app.get('/interactions/:id/history', (c) =>
    asAgent(c, async (actor) => {
      const after = cursorIn(c);
      if (after === undefined) return refuse(c, 400, 'bad-frame');
      const asked = await look(c.req.param('id'));
      const { state, held, verifiedId } = asked;
      const own = queuesOf(actor.id);
      const no = can(actor, 'history', { of: state, via: state, held, own });
      if (no !== null || state === null) return refused(c, no ?? 'unknown-interaction');
      // Who doesn't serve the customer sees what their queues held, here as in a search.
      const seesAll = can(actor, 'history', { of: state, via: state, held: [], own: [] }) === null;
      const found = await search.find({
        ...everything,
        customer: verifiedId === null ? state.customer : [verifiedId, state.customer],
        heldBy: seesAll ? null : own,
        after,
      });
      const page = { ...found, rows: found.rows.filter((row) => isSameCustomer(asked, row)) };
      await tell(actor, 'list-history', page);
      return c.json({ ...page, current: search.isCurrent() });
    }),
  );

  app.get('/history/:id', (c) =>
    asAgent(c, async (actor) => {
      const after = cursorIn(c);
      if (after === undefined) return refuse(c, 400, 'bad-frame');
      const past = await look(c.req.param('id'));
      const { state: of, held } = past;
      const named = await look(c.req.query('via') ?? '');
      const via = isSameCustomer(past, named) ? named.state : null;
      const own = queuesOf(actor.id);
      const no = can(actor, 'history', { of, via, held, own });
      if (no !== null || of === null) return refused(c, no ?? 'unknown-interaction');
      const [row = null] = await search.describe([of.id]);
      const page = await readHistory(store, of.id, actor.id, after ?? 0);
      if (can(actor, 'read', of) !== null)
        await audit({
          actor: actor.id,
          action: 'read-history',
          object: 'interaction',
          interactions: [of.id],
        });
      return c.json({ row, ...page });
    }),
  );

  return app;

  async function asAgent(
    c: Context<Env>,
    answer: (actor: AgentActor) => Promise<Response>,
  ): Promise<Response> {
    const actor = await bearerOf(c, deps.people, deps.centre);
    if (actor === null) return refuse(c, 401, 'not-signed-in');
    return limited(c, actor, () => answer(actor));
  }

  async function limited(
    c: Context<Env>,
    { id }: AgentActor,
    answer: () => Promise<Response>,
  ): Promise<Response> {
    const count = underWay.get(id) ?? 0;
    if (count >= UNDER_WAY_MAX) return refuse(c, 429, 'too-many', RETRY_MS);
    underWay.set(id, count + 1);
    try {
      return await answer();
    } finally {
      const left = (underWay.get(id) ?? 1) - 1;
      if (left === 0) underWay.delete(id);
      else underWay.set(id, left);
    }
  }

  async function look(text: string): Promise<Looked> {
    const id = v.safeParse(InteractionId, text);
    const state = id.success ? await deps.interaction(id.output) : null;
    if (state === null) return { state, held: [], customer: null, verifiedId: null };
    const [row] = await search.describe([state.id]);
    const held = [state.queue, ...(row?.queues ?? [])];
    return { state, held, customer: state.customer, verifiedId: row?.verifiedId ?? null };
  }

  async function tell(
    { id }: AgentActor,
    action: 'search' | 'list-history',
    { rows }: FoundPage,
  ): Promise<void> {
    const interactions = rows
      .filter(({ agents }) => !agents.includes(id))
      .map(({ interaction }) => interaction);
    if (interactions.length > 0)
      await audit({ actor: id, action, object: 'interaction', interactions });
  }
}

type Whose = { readonly customer: CustomerId | null; readonly verifiedId: string | null };
type Looked = Whose & {
  readonly state: InteractionState | null;
  readonly held: readonly QueueId[];
};

/** KNOW-5: verified as the same, or (where nobody is verified) in the same browser. */
function isSameCustomer(one: Whose, other: Whose): boolean {
  if (one.verifiedId !== null && other.verifiedId !== null)
    return one.verifiedId === other.verifiedId;
  return one.customer !== null && one.customer === other.customer;
}

/** A number, null for none, undefined for what is neither. */
function cursorIn(c: Context<Env>): number | null | undefined {
  const text = c.req.query('after');
  if (text === undefined) return null;
  const cursor = v.safeParse(Cursor, /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN);
  return cursor.success ? cursor.output : undefined;
}

const refused = (c: Context<Env>, no: RefusalName): Response =>
  refuse(c, no === 'unknown-interaction' ? 404 : 403, no);

const everything = {
  text: null,
  phone: null,
  email: null,
  queue: null,
  agent: null,
  disposition: null,
  tag: null,
  channel: null,
  from: null,
  to: null,
  limit: PAGE_MAX / 2,
} as const;
