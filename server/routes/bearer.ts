import type { Context } from 'hono';
import type { Centre } from '../centre/centre.ts';
import type { Actor } from '../interactions/command.ts';
import type { People } from '../people/people.ts';
import type { Env } from './request.ts';

export type AgentActor = Extract<Actor, { readonly kind: 'agent' }>;

/** The agent whose access token a request carries (`Authorization: Bearer …`), or null. */
export async function bearerOf(
  c: Context<Env>,
  people: Pick<People, 'verifyAccess'>,
  centre: Pick<Centre, 'agent'>,
): Promise<AgentActor | null> {
  const [, token] =
    /^Bearer +([\w.~+/-]{1,2048}=*) *$/i.exec(c.req.header('Authorization') ?? '') ?? [];
  const access = token === undefined ? null : await people.verifyAccess(token);
  const agent = access === null ? null : centre.agent(access.agent);
  return agent === null
    ? null
    : { kind: 'agent', id: agent.id, name: agent.name, role: agent.role };
}
