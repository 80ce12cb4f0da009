import { formatList, t } from '../../locales/panel.ts';
import type { Why } from '../../protocol/parts.ts';

/** Why this offer came to this agent: their skills, then what decided among the others. */
export function whyWords({ reason, skills, candidates }: Why): string {
  const had = formatList(skills.map(({ skill, proficiency }) => `${skill} ${proficiency}`));
  const decided = t(`why.${reason}`, { candidates });
  return had === '' ? decided : t('why.skilled', { skills: had, decided });
}
