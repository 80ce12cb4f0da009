import type { Context } from 'hono';
import type { CustomerId } from '../../protocol/ids.ts';
import type { Centre } from '../centre/centre.ts';
import type { Actor } from '../interactions/command.ts';
import type { People } from '../people/people.ts';
import { bearerOf } from './bearer.ts';
import type { Env } from './request.ts';

/** Whom a request's Authorization header names; null: nobody. */
export type Who = (c: Context<Env>) => Promise<Person | null>;
export type Person = Exclude<Actor, { readonly kind: 'system' }>;

export type CredentialDeps = {
  readonly people: Pick<People, 'verifyAccess'>;
  readonly centre: Pick<Centre, 'agent'>;
  readonly customerOf: (secret: string) => CustomerId;
};

/**
 * The same two credentials as at the sockets, in a header: never in an address, which others
 * would read in a log or a history. `Bearer` and an agent's access token, or `Secret` and a
 * customer's secret.
 */
export function createWho({ people, centre, customerOf }: CredentialDeps): Who {
  return async (c) => {
    const [, secret] = /^Secret ([\w-]{43})$/.exec(c.req.header('Authorization') ?? '') ?? [];
    if (secret !== undefined) return { kind: 'customer', id: customerOf(secret) };
    return bearerOf(c, people, centre);
  };
}
