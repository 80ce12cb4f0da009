import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import * as v from 'valibot';
import type { RefusalName } from '../../protocol/refusals.ts';
import { clientAddress, type TrustedProxies } from '../people/address.ts';

/** What Hono knows of a request; without a socket in tests that call the app as a function. */
export type Env = { readonly Bindings: Partial<HttpBindings> };

/** How the server is seen from outside. */
export type Web = {
  /** `https://desk.example`, or null: as the request's Host says. */
  readonly publicOrigin: string | null;
  readonly proxies: TrustedProxies;
  /** Chromium extensions that may call the agents' doors. */
  readonly extensionIds: readonly string[];
};

export const addressOf = (c: Context<Env>, web: Pick<Web, 'proxies'>): string =>
  clientAddress(c.env.incoming?.socket.remoteAddress, c.req.header('X-Forwarded-For'), web.proxies);

/** `desk.example:8787`, or null when the Host header is nothing that could stand in a URL. */
export function hostOf(c: Context, { publicOrigin }: Pick<Web, 'publicOrigin'>): string | null {
  if (publicOrigin !== null) return new URL(publicOrigin).host;
  const host = c.req.header('Host') ?? '';
  return URL.parse(`http://${host}`)?.host === host.replace(/:80$/, '') ? host : null;
}

/** The body as the schema says, or the refusal that was answered. */
export async function readJson<S extends v.GenericSchema>(
  c: Context<Env>,
  schema: S,
): Promise<{ readonly body: v.InferOutput<S> } | { readonly refused: Response }> {
  if (!/^application\/json\s*(;|$)/i.test(c.req.header('Content-Type') ?? ''))
    return { refused: refuse(c, 415, 'bad-frame') };
  let json: unknown;
  try {
    json = await c.req.json();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { refused: refuse(c, 400, 'bad-frame') };
  }
  const { success, output } = v.safeParse(schema, json);
  return success ? { body: output } : { refused: refuse(c, 400, 'bad-frame') };
}

/** Every no over HTTP: `{refusal, retryMs?}`, with `Retry-After` where waiting helps. */
export function refuse(
  c: Context,
  status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 500 | 503,
  refusal: RefusalName | 'wrong-credentials',
  retryMs?: number,
): Response {
  if (retryMs === undefined) return c.json({ refusal }, status);
  return c.json({ refusal, retryMs }, status, {
    'Retry-After': String(Math.ceil(retryMs / 1000)),
  });
}
