import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { PanelModel, SignInResult } from '../../desk/models/panel-model.ts';
import { t } from '../../locales/panel.ts';
import { waitingWords } from '../panel/waiting-words.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { Mark } from '../ui/Mark.tsx';
import css from './SignIn.module.css';
import { SignInFailure } from './SignInFailure.tsx';

export type Failure = Extract<SignInResult, { type: 'failed' }>['reason'];

/** The way in. What was typed stays, whatever comes back, except the password's mistake. */
export function SignIn({ model }: { readonly model: PanelModel }) {
  const form = useRef<HTMLFormElement>(null);
  const busy = useSignal(false);
  const failure = useSignal<Failure | null>(null);
  useEffect(() => {
    const empty = form.current?.querySelector<HTMLElement>('input[value=""], input:not([value])');
    empty?.focus();
  }, []);

  const submit = () => {
    const data = new FormData(form.current ?? undefined);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    // Called in the gesture itself: the browser asks for the server's permission only then.
    const answer = model.session.signIn(
      text('server'),
      text('email'),
      String(data.get('password')),
    );
    busy.value = true;
    failure.value = null;
    void answer.then((result) => {
      busy.value = false;
      failure.value = result.type === 'failed' ? result.reason : null;
    });
  };
  return (
    <main class={css.page}>
      <form
        ref={form}
        class={css.form}
        noValidate
        aria-busy={busy.value}
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy.value) submit();
        }}
      >
        <Head model={model} failure={failure.value} />
        <Fields model={model} failure={failure.value} />
        <Button kind="primary" type="submit" busy={busy.value}>
          {t(busy.value ? 'signIn.busy' : 'signIn.submit')}
        </Button>
      </form>
    </main>
  );
}

type Props = { readonly model: PanelModel; readonly failure: Failure | null };

function Head({ model, failure }: Props) {
  const waiting = waitingWords(model.connection.value.waiting);
  const wasIn = waiting.count > 0 || model.session.current.value !== null;
  return (
    <header class={css.head}>
      <Mark />
      <h1>{t('signIn.title')}</h1>
      {wasIn && <p>{t('signIn.ended', waiting)}</p>}
      <SignInFailure failure={failure} />
    </header>
  );
}

function Fields({ model, failure }: Props) {
  const wrongServer =
    failure === 'bad-address' || failure === 'not-deskside' || failure === 'unreachable';
  const wrongPerson = failure === 'wrong-credentials';
  return (
    <>
      <Field
        name="server"
        label={t('signIn.server')}
        hint={t('signIn.serverHint')}
        defaultValue={model.session.lastServer.value}
        autocomplete="url"
        placeholder={t('signIn.serverExample')}
        invalid={wrongServer}
      />
      <Field
        name="email"
        type="email"
        label={t('signIn.email')}
        autocomplete="username"
        invalid={wrongPerson}
      />
      <Field
        name="password"
        type="password"
        label={t('signIn.password')}
        autocomplete="current-password"
        invalid={wrongPerson}
      />
    </>
  );
}
