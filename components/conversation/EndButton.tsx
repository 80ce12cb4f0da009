import { type ReadonlySignal, useSignal, useSignalEffect } from '@preact/signals';
import type { ConversationModel, RefusedCommand } from '../../desk/models/panel-model.ts';
import { t } from '../../locales/panel.ts';
import type { InteractionId } from '../../protocol/ids.ts';
import { Button } from '../ui/Button.tsx';
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx';

type Props = {
  readonly id: InteractionId;
  readonly conversation: ConversationModel;
  readonly refused: ReadonlySignal<readonly RefusedCommand[]>;
};

/** END-1: the first click asks for 4 s, the second ends. */
export function EndButton({ id, conversation, refused }: Props) {
  const step = useSignal<'calm' | 'asking' | 'ending'>('calm');
  useSignalEffect(() => {
    if (step.value !== 'asking') return;
    const timer = setTimeout(() => {
      step.value = 'calm';
    }, askedMs);
    return () => clearTimeout(timer);
  });
  useSignalEffect(() => {
    const isRefused = ({ command, interaction }: RefusedCommand) =>
      command === 'end' && interaction === id;
    if (refused.value.some(isRefused)) step.value = 'calm';
  });
  const onClick = () => {
    if (step.value === 'calm') {
      step.value = 'asking';
      return;
    }
    step.value = 'ending';
    void conversation.end();
  };
  return (
    <>
      <Button kind="danger" busy={step.value === 'ending'} onClick={onClick}>
        {t(`end.${step.value}`)}
      </Button>
      <VisuallyHidden>
        <span role="status">{step.value === 'asking' && t('end.again')}</span>
      </VisuallyHidden>
    </>
  );
}

/** Long enough to read the question, short enough that a later click is a new thought. */
const askedMs = 4_000;
