import { accessOf } from '../access.ts';
import { meet, signInAt } from '../server-api.ts';
import type { Desk } from './desk-context.ts';
import type { SignInResult } from './panel-model.ts';

/** Everything else waits for the person's permission, which must be asked for at once. */
export async function signIn(
  { disk, fetch, permit, access, clock, nudge }: Desk,
  address: string,
  email: string,
  password: string,
): Promise<SignInResult> {
  const server = originOf(address);
  if (server === null) return failed('bad-address');
  if (!(await permit(server))) return failed('permission');
  await disk.rememberServer(server);

  const met = await meet(fetch, server);
  if (met !== 'met') return failed(met);
  const answer = await signInAt(fetch, server, email.trim(), password);
  if (typeof answer === 'string') return failed(answer);

  const { agent, centre, accessToken, refreshToken, expiresInMs } = answer;
  await access.write({
    of: accessOf({ server, agent: agent.id }),
    token: accessToken,
    expiresAt: clock.now() + expiresInMs,
  });
  const { id, name, role } = agent;
  await disk.signIn({ server, agent: id, name, role, centre: centre.name, refreshToken });
  nudge({ type: 'disk' });
  return { type: 'signed-in' };
}

type Reason = Extract<SignInResult, { type: 'failed' }>['reason'];
const failed = (reason: Reason): SignInResult => ({ type: 'failed', reason });

/**
 * The origin of what a person types: `desk.example.com`, `localhost:8787`, a whole URL. Without a
 * scheme it is https, except on this machine. Null: no address.
 */
export function originOf(address: string): string | null {
  const text = address.trim();
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
  const local = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?(\/|$)/i.test(text);
  /** Chromium would make %20 of a space, and look for a host of that name. */
  if (/\s/.test(text)) return null;
  const url = parsed(hasScheme ? text : `${local ? 'http' : 'https'}://${text}`);
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  if (url.hostname === '' || url.username !== '' || url.password !== '') return null;
  return url.origin;
}

/** `URL.parse` came with Chrome 126; older ones are still at work. */
function parsed(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
