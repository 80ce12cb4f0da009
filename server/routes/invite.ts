import { type Context, Hono } from 'hono';
import { accepts } from 'hono/accepts';
import type { People } from '../people/people.ts';
import { type InvitePage, invitePage, invitePolicy } from './invite-page.ts';
import type { InviteProblem } from './invite-texts.ts';
import { type Env, hostOf, type Web } from './request.ts';

export type InviteDeps = {
  readonly people: Pick<People, 'invited' | 'setPassword'>;
  readonly centreName: () => string;
  readonly web: Web;
  readonly note: (facts: Readonly<Record<string, unknown>>, what: string) => void;
};

/** GET and POST /invite: whoever has an invitation sets a password, once. A plain page without script. */
export function inviteRoutes({ people, centreName, web, note }: InviteDeps): Hono<Env> {
  const app = new Hono<Env>();

  app.get('/invite', async (c) => {
    const token = c.req.query('token') ?? '';
    return show(c, token, null);
  });

  app.post('/invite', async (c) => {
    const { token, password, again } = await fields(c);
    if (password !== again) return show(c, token, 'different');
    const agent = await people.invited(token);
    const outcome = await people.setPassword(token, password);
    if (outcome !== 'set' || agent === null)
      return show(c, token, outcome === 'set' ? null : outcome);
    note({ agent: agent.id }, 'password set by invitation');
    const server = web.publicOrigin ?? `http://${hostOf(c, web) ?? ''}`;
    return answer(c, 200, { type: 'done', email: agent.email, server }, null);
  });

  return app;

  async function show(c: Context<Env>, token: string, problem: InviteProblem | null) {
    const agent = await people.invited(token);
    if (agent === null) return answer(c, 410, { type: 'no' }, 'not-invited');
    const { name, email } = agent;
    return answer(c, problem === null ? 200 : 422, { type: 'form', name, email, token }, problem);
  }

  function answer(
    c: Context<Env>,
    status: 200 | 410 | 422,
    page: InvitePage,
    problem: InviteProblem | null,
  ) {
    c.header('Content-Security-Policy', invitePolicy);
    c.header('Cache-Control', 'no-store');
    return c.html(invitePage(languageOf(c), centreName(), page, problem), status);
  }
}

const languageOf = (c: Context): 'en' | 'de' =>
  accepts(c, {
    header: 'Accept-Language',
    supports: ['en', 'de'],
    default: 'en',
    match: (wanted) =>
      [...wanted]
        .sort((one, two) => two.q - one.q)
        .map(({ type }) => type.slice(0, 2).toLowerCase())
        .find((language) => language === 'en' || language === 'de') ?? 'en',
  }) as 'en' | 'de';

async function fields(c: Context<Env>) {
  const form = new URLSearchParams(await c.req.text());
  const of = (name: string): string => form.get(name) ?? '';
  return { token: of('token'), password: of('password'), again: of('again') };
}
