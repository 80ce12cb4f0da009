import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { limits } from '../../protocol/limits.ts';
import type { NotSignedIn, People, SignedIn } from '../people/people.ts';
import { addressOf, type Env, readJson, refuse, type Web } from './request.ts';

const Credentials = v.object({
  /** An address has at most 254 characters (RFC 5321). */
  email: v.pipe(v.string(), v.maxLength(254)),
  password: v.pipe(v.string(), v.maxLength(1024)),
});
const Renewal = v.object({
  refreshToken: v.pipe(v.string(), v.maxLength(limits.tokenCharacters)),
});

export type SessionsDeps = {
  readonly people: Pick<People, 'signIn' | 'refresh' | 'signOut'>;
  readonly centreName: () => string;
  readonly web: Web;
  /** Hears who signed in or was refused; never what they typed. */
  readonly note: (facts: Readonly<Record<string, unknown>>, what: string) => void;
};

/** POST /api/sign-in, /api/refresh, /api/sign-out. */
export function sessionRoutes({ people, centreName, web, note }: SessionsDeps): Hono<Env> {
  const app = new Hono<Env>();

  app.post('/sign-in', async (c) => {
    const read = await readJson(c, Credentials);
    if ('refused' in read) return read.refused;
    const address = addressOf(c, web);
    const answer = await people.signIn(read.body.email, read.body.password, address);
    if (answer.type !== 'signed-in') {
      note({ address, refusal: answer.type }, 'sign-in refused');
      return no(c, answer);
    }
    const { id, name, role } = answer.agent;
    note({ address, agent: id, session: answer.session }, 'signed in');
    return c.json({ ...tokens(answer), agent: { id, name, role }, centre: { name: centreName() } });
  });

  app.post('/refresh', async (c) => {
    const read = await readJson(c, Renewal);
    if ('refused' in read) return read.refused;
    const answer = await people.refresh(read.body.refreshToken, addressOf(c, web));
    return answer.type === 'signed-in' ? c.json(tokens(answer)) : no(c, answer);
  });

  app.post('/sign-out', async (c) => {
    const read = await readJson(c, Renewal);
    if ('refused' in read) return read.refused;
    await people.signOut(read.body.refreshToken);
    return c.body(null, 204);
  });

  return app;
}

const tokens = ({ accessToken, refreshToken, expiresInMs }: SignedIn) => ({
  accessToken,
  refreshToken,
  expiresInMs,
});

const no = (c: Context<Env>, answer: NotSignedIn): Response =>
  answer.type === 'too-many'
    ? refuse(c, 429, 'too-many', answer.retryMs)
    : refuse(c, 401, answer.type);
