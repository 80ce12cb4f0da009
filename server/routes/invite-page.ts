import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import { passwordLength } from '../people/passwords.ts';
import { type InviteProblem, inviteTexts } from './invite-texts.ts';

export type InvitePage =
  | { readonly type: 'form'; readonly name: string; readonly email: string; readonly token: string }
  | { readonly type: 'done'; readonly email: string; readonly server: string }
  | { readonly type: 'no' };

/** The invitation's page; every value is escaped. */
export function invitePage(
  language: 'en' | 'de',
  centre: string,
  page: InvitePage,
  problem: InviteProblem | null,
) {
  const texts = inviteTexts[language];
  const title = page.type === 'done' ? texts.done : texts.title;
  const alert = problem === null ? '' : html`<p role="alert">${texts.problems[problem]}</p>`;
  return html`<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – ${centre}</title>
<style>${raw(style)}</style>
<main>
<h1>${title}</h1>
${alert}${page.type === 'form' ? form(page) : ''}${page.type === 'done' ? html`<p>${texts.next(page.email, page.server)}</p>` : ''}
</main>
</html>
`;

  function form({ name, email, token }: Extract<InvitePage, { type: 'form' }>) {
    const { min, max } = passwordLength;
    return html`<p>${texts.hello(name, centre)}</p>
<form method="post" action="/invite">
<input type="hidden" name="token" value="${token}">
<input type="email" name="email" value="${email}" autocomplete="username" readonly hidden>
<label for="password">${texts.password}</label>
<input id="password" type="password" name="password" autocomplete="new-password" required autofocus minlength="${min}" maxlength="${max}" aria-describedby="length">
<p id="length">${texts.length}</p>
<label for="again">${texts.again}</label>
<input id="again" type="password" name="again" autocomplete="new-password" required>
<button>${texts.save}</button>
</form>`;
  }
}

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
main { max-width: 26rem; margin: 12vh auto; padding: 0 1rem }
h1 { font-size: 1.25rem }
label, input, button { display: block; font: inherit }
input { box-sizing: border-box; width: 100%; padding: .5rem; margin: .25rem 0 1rem }
input[hidden] { display: none }
#length { margin-top: -.75rem; font-size: .875rem; opacity: .8 }
button { padding: .5rem 1.5rem }
[role=alert] { border-left: 4px solid #c62828; padding-left: .75rem }
`;

/** The page's own style and its own form; nothing else, and in nobody's frame. */
export const invitePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
