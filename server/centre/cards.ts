import type { CentreCard, QueueCard, SiteCard } from '../../protocol/cards.ts';
import type { ScriptQuestion } from '../../protocol/wrap-up.ts';
import type { CentreFile } from './schema.ts';

type QueueEntry = CentreFile['queues'][number];
type SiteEntry = CentreFile['sites'][number];

/** What a desk is told of the centre. */
export function centreCard(file: CentreFile): CentreCard {
  const { name, queues, notReadyReasons, teams, skills, tags, launchLinks, settings } = file;
  return {
    name,
    queues: queues.map((queue) => queueCard(queue, settings.transfer)),
    notReadyReasons: notReadyReasons.map(({ id, label, minutes }) => ({
      id,
      label,
      durationMs: minutes === undefined ? null : minutes * 60_000,
    })),
    teams,
    skills: skills ?? namedSkills(file).map((id) => ({ id, label: readable(id) })),
    tags,
    launchLinks,
    chooseUnavailable: settings.chooseUnavailable,
    idleMs: settings.idleMinutes * 60_000,
  };
}

const queueCard = (queue: QueueEntry, usual: QueueCard['transfer']): QueueCard => ({
  id: queue.id,
  name: queue.name,
  channels: queue.channels,
  pick: queue.pick,
  transfer: queue.transfer ?? usual,
  parkMs: queue.parkDays * 24 * 3_600_000,
  dispositions: queue.dispositions,
  dispositionRequired: queue.dispositionRequired,
  resolvedRequired: queue.resolvedRequired,
  script: scriptOf(queue),
  workflow: queue.workflow,
});

/** What a widget is told of its site. */
export function siteCard(site: SiteEntry, queues: readonly QueueEntry[]): SiteCard {
  const { name, accent, form, languages, queues: chosen } = site;
  const byId = new Map(queues.map((queue) => [queue.id, queue]));
  const offered =
    chosen === undefined
      ? queues.filter(({ channels }) => channels.includes('chat'))
      : chosen.flatMap((id) => byId.get(id) ?? []);
  return {
    name,
    accent,
    languages,
    form,
    queues: offered.map(({ id, name }) => ({ id, name })),
  };
}

export const scriptOf = ({ script }: QueueEntry): ScriptQuestion[] =>
  script.map(({ required, requiredIf, ...question }) => {
    const when: ScriptQuestion['required'] = required
      ? { when: 'always' }
      : requiredIf === undefined
        ? { when: 'never' }
        : { when: 'answered', ...requiredIf };
    if (question.kind !== 'number') return { ...question, required: when };
    const { minimum = null, maximum = null } = question;
    return { ...question, required: when, minimum, maximum };
  });

/** Skills that agents have or queues ask for, in the order of their ids. */
const namedSkills = ({ agents, queues }: CentreFile): string[] => {
  const ids = new Set(agents.flatMap(({ skills }) => Object.keys(skills)));
  for (const { skills, steps } of queues)
    for (const one of [skills, ...steps.map((step) => step.skills)])
      for (const { skill } of one) ids.add(skill);
  return [...ids].sort();
};

/** `credit-cards` → `Credit cards`. */
function readable(id: string): string {
  const words = id.replace(/[-_.]+/g, ' ').trim();
  return words === '' ? id : words[0]?.toUpperCase() + words.slice(1);
}
