import { defineBackground } from 'wxt/utils/define-background';
import { customerName } from '../components/interactions/customer-name.ts';
import { startDesk } from '../desk/background/start-desk.ts';
import type { Words } from '../desk/background/words.ts';
import { shortId } from '../desk/models/names.ts';
import { panelLanguageOf, switchLanguage, t } from '../locales/panel.ts';
import { ring } from './offscreen/ring.ts';

export default defineBackground(() => startDesk(words, import.meta.env.FIREFOX ? ring : null));

const words: Words = {
  speak: (language) => switchLanguage(panelLanguageOf(language, navigator.languages)),
  offer: ({ interaction, content, channel }, queue) => ({
    title: customerName({ name: content?.name ?? null, shortId: shortId(interaction) }),
    text: [`${t(`channel.${channel}`)} · ${queue}`, content?.subject]
      .filter((line) => line !== undefined && line !== '')
      .join('\n'),
  }),
  accept: () => t('offer.accept'),
  reject: () => t('offer.reject'),
  icon: ({ connection, status }) =>
    connection === 'live' ? `Deskside: ${t(`status.name.${status}`)}` : 'Deskside',
};
