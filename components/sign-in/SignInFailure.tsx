import { CircleAlert } from 'lucide-preact';
import { t } from '../../locales/panel.ts';
import type { Failure } from './SignIn.tsx';
import css from './SignInFailure.module.css';

/** What happened and what to do. The region is always there, so that its words are announced. */
export function SignInFailure({ failure }: { readonly failure: Failure | null }) {
  return (
    <div role="alert">
      {failure !== null && (
        <p class={css.failure}>
          <CircleAlert size={16} aria-hidden="true" />
          <span>{t(`signIn.failed.${failure}`)}</span>
        </p>
      )}
    </div>
  );
}
