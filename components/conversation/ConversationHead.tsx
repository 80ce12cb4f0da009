import { Info } from 'lucide-preact';
import type { InteractionTab } from '../../desk/models/panel-model.ts';
import { formatTime, t } from '../../locales/panel.ts';
import { customerName } from '../interactions/customer-name.ts';
import { shortAddress } from '../offer/OfferFacts.tsx';
import { Avatar } from '../ui/Avatar.tsx';
import { Facts } from '../ui/Facts.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Popover } from '../ui/Popover.tsx';
import type { ConversationProps } from './Conversation.tsx';
import css from './ConversationHead.module.css';
import { EndButton } from './EndButton.tsx';
import { LinkedText } from './LinkedText.tsx';
import { WrapUpClock } from './WrapUpClock.tsx';

/** Who this is, where from, and the way to end it. */
export function ConversationHead({ id, conversation, model }: ConversationProps) {
  // The strip knows the tab before the conversation has been read.
  const tab = model.interactions.tabs.value.find(({ interaction }) => interaction === id);
  const head = conversation.head.value ?? tab ?? null;
  if (head === null) return <header class={css.head} />;
  const phase = conversation.facts.value?.phase;
  return (
    <header class={css.head}>
      <Avatar name={customerName(head)} />
      <div class={css.who}>
        <h2 id="conversation-name" title={customerName(head)}>
          <bdi>{customerName(head)}</bdi>
        </h2>
        <p class={css.sub} data-wraps={head.wrapUp !== null || undefined}>
          {head.wrapUp === null ? (
            <Where head={head} />
          ) : (
            <WrapUpClock conversation={conversation} wrapUp={head.wrapUp} now={model.now} />
          )}
        </p>
      </div>
      {phase === 'active' && (
        <EndButton id={id} conversation={conversation} refused={model.refused} />
      )}
      <IconButton icon={Info} label={t('facts.open')} popovertarget="facts" />
      <Popover id="facts" label={t('facts.title')} align="end">
        <ConversationFacts conversation={conversation} head={head} />
      </Popover>
    </header>
  );
}

function Where({ head }: { readonly head: InteractionTab }) {
  return (
    <>
      <bdi>{head.queue}</bdi> · {t(`channel.${head.channel}`)}
      {head.customer !== 'here' && (
        <>
          {' · '}
          <span class={css.away}>{t(`customer.${head.customer}`)}</span>
        </>
      )}
    </>
  );
}

type FactsProps = Pick<ConversationProps, 'conversation'> & { readonly head: InteractionTab };

function ConversationFacts({ conversation, head }: FactsProps) {
  const facts = conversation.facts.value;
  if (facts === null) return null;
  return (
    <Facts
      facts={[
        [t('facts.phone'), facts.phone && <LinkedText text={facts.phone} />],
        [t('facts.email'), facts.email && <LinkedText text={facts.email} />],
        [t('facts.id'), head.shortId],
        [t('facts.subject'), facts.subject],
        [t('facts.entryPage'), facts.entryPage && shortAddress(facts.entryPage)],
        [t('facts.queue'), head.queue],
        [t('facts.started'), formatTime(facts.startedAt)],
      ]}
    />
  );
}
