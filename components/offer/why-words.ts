import { formatList, t } from '../../locales/panel.ts';
import type { Why } from '../../protocol/parts.ts';

/** Why this offer came to this agent: their skills, what decided among the others, who rejected it. */
export function whyWords({ reason, skills, candidates, passedOver }: Why): string {
  const had = formatList(skills.map(({ skill, proficiency }) => `${skill} ${proficiency}`));
  const { rejected = 0, ringing = 0, 'no-room': full = 0 } = passedOver;
  const othersReady = rejected + ringing + full > 0;
  const key = reason === 'only' && othersReady ? 'why.onlyFree' : (`why.${reason}` as const);
  const decided = [
    t(key, { candidates }),
    ...(rejected > 0 ? [t('why.rejected', { rejected })] : []),
  ].join(' ');
  return had === '' ? decided : t('why.skilled', { skills: had, decided });
}
