import type { ConversationModel, PanelModel } from '../../desk/models/panel-model.ts';
import type { InteractionId } from '../../protocol/ids.ts';
import { Composer } from '../composer/Composer.tsx';
import type { View } from '../panel/view.ts';
import { WrapUp } from '../wrap-up/WrapUp.tsx';
import css from './Conversation.module.css';
import { ConversationHead } from './ConversationHead.tsx';
import { DoneLine } from './DoneLine.tsx';
import { Transcript } from './Transcript.tsx';

export type ConversationProps = {
  readonly id: InteractionId;
  readonly conversation: ConversationModel;
  readonly model: PanelModel;
  readonly view: View;
};

/** One interaction: who, what was said, and what can be done now. */
export function Conversation(props: ConversationProps) {
  const name = props.conversation.head.value === null ? undefined : 'conversation-name';
  return (
    <section class={css.conversation} id="conversation" role="tabpanel" aria-labelledby={name}>
      <ConversationHead {...props} />
      <Transcript {...props} />
      <Foot {...props} />
    </section>
  );
}

function Foot(props: ConversationProps) {
  const phase = props.conversation.facts.value?.phase;
  switch (phase) {
    case 'active':
      return <Composer {...props} />;
    case 'wrap-up':
      return <WrapUp {...props} />;
    case 'done':
      return <DoneLine {...props} />;
    case undefined:
      return null;
    default:
      return phase satisfies never;
  }
}
