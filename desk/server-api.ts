import * as v from 'valibot';
import { AgentId } from '../protocol/ids.ts';
import { PROTOCOL, PROTOCOL_OLDEST } from '../protocol/version.ts';

/** The server's HTTP doors, as a desk uses them. Nothing here rejects: what went wrong is a word. */
type Fetch = typeof fetch;

/** A server that hasn't answered by then counts as unreachable. */
const ANSWER_MS = 10_000;

const Server = v.object({
  deskside: v.literal(true),
  protocol: v.number(),
  protocolOldest: v.number(),
  centre: v.string(),
});
const Tokens = v.object({
  accessToken: v.string(),
  refreshToken: v.string(),
  expiresInMs: v.number(),
});
const SignedIn = v.object({
  ...Tokens.entries,
  agent: v.object({
    id: AgentId,
    name: v.string(),
    role: v.picklist(['agent', 'supervisor', 'admin']),
  }),
  centre: v.object({ name: v.string() }),
});
export type Tokens = v.InferOutput<typeof Tokens>;
export type SignedIn = v.InferOutput<typeof SignedIn>;

/** Is this a Deskside that we can talk to? */
export async function meet(
  fetch: Fetch,
  server: string,
): Promise<'met' | 'unreachable' | 'not-deskside' | 'too-old'> {
  const answer = await call(fetch, `${server}/api/server`);
  if (answer === null) return 'unreachable';
  if (!v.is(Server, answer.body)) return answer.status >= 500 ? 'unreachable' : 'not-deskside';
  const { protocol, protocolOldest } = answer.body;
  return protocolOldest <= PROTOCOL && PROTOCOL_OLDEST <= protocol ? 'met' : 'too-old';
}

export async function signInAt(
  fetch: Fetch,
  server: string,
  email: string,
  password: string,
): Promise<SignedIn | 'wrong-credentials' | 'too-many' | 'unreachable'> {
  const answer = await call(fetch, `${server}/api/sign-in`, { email, password });
  if (answer === null || answer.status >= 500) return 'unreachable';
  if (answer.status === 429) return 'too-many';
  const signedIn = v.safeParse(SignedIn, answer.body);
  return signedIn.success ? signedIn.output : 'wrong-credentials';
}

/** `over`: the server takes this token no longer. Anything that may pass is `unreachable`. */
export async function refreshAt(
  fetch: Fetch,
  server: string,
  refreshToken: string,
): Promise<Tokens | 'over' | 'unreachable'> {
  const answer = await call(fetch, `${server}/api/refresh`, { refreshToken });
  if (answer?.status === 401) return 'over';
  return v.is(Tokens, answer?.body) ? answer.body : 'unreachable';
}

/** Best effort: a server that can't be reached lets the session run out by itself. */
export async function signOutAt(fetch: Fetch, server: string, refreshToken: string) {
  await call(fetch, `${server}/api/sign-out`, { refreshToken });
}

/** Null: no answer. A body that isn't JSON is null. */
async function call(
  fetch: Fetch,
  url: string,
  body?: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly body: unknown } | null> {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(ANSWER_MS),
      credentials: 'omit',
      cache: 'no-store',
      ...(body === undefined
        ? {}
        : {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify(body),
          }),
    });
    const text = await response.text();
    return { status: response.status, body: parsed(text) };
  } catch {
    return null;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
