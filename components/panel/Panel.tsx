import type { PanelModel } from '../../desk/models/panel-model.ts';
import { SignIn } from '../sign-in/SignIn.tsx';
import { Desk } from './Desk.tsx';

/** Everything in the side panel. Until the disk has been read it is only its background. */
export function Panel({ model }: { readonly model: PanelModel }) {
  if (!model.loaded.value) return null;
  const signedIn =
    model.session.current.value !== null && model.connection.value.state !== 'signed-out';
  return signedIn ? <Desk model={model} /> : <SignIn model={model} />;
}
