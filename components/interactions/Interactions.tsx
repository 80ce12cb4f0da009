import { Inbox } from 'lucide-preact';
import type { PanelModel } from '../../desk/models/panel-model.ts';
import { t } from '../../locales/panel.ts';
import { Conversation } from '../conversation/Conversation.tsx';
import { NextStep } from '../home/NextStep.tsx';
import type { View } from '../panel/view.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { InteractionTabs } from './InteractionTabs.tsx';

type Props = { readonly model: PanelModel; readonly view: View };

/** The open interactions as tabs, and the conversation of the one that is chosen. */
export function Interactions({ model, view }: Props) {
  const open = view.conversation.value;
  const hasTabs = model.interactions.tabs.value.length > 0;
  return (
    <>
      {hasTabs && <InteractionTabs model={model} view={view} />}
      {open !== null && (
        <Conversation
          key={open.id}
          id={open.id}
          conversation={open.model}
          model={model}
          view={view}
        />
      )}
      {open === null && !hasTabs && <NextStep model={model} />}
      {open === null && hasTabs && (
        <EmptyState
          icon={Inbox}
          title={t('interactions.choose')}
          text={t('interactions.chooseHint')}
        />
      )}
    </>
  );
}
