import type { Complaint, Path } from '../complaint.ts';
import type { CentreFile } from '../schema.ts';
import { twice } from './twice.ts';
import { type Known, unknown, unknownIn } from './unknown.ts';

type Queue = CentreFile['queues'][number];

export function queueContradictions(file: CentreFile, n: number, known: Known): Complaint[] {
  const queue = file.queues[n] as Queue;
  const path = ['queues', n];
  return [
    ...twice(queue.dispositions, 'id', [...path, 'dispositions']),
    ...skillContradictions(queue.skills, known, [...path, 'skills']),
    ...stepContradictions(queue, known, [...path, 'steps']),
    ...unknown(queue.openingHours, 'opening hours', known, [...path, 'openingHours']),
    ...unknown(queue.bot, 'bot', known, [...path, 'bot']),
    ...overflowContradictions(file, queue, known, [...path, 'overflow', 'queue']),
    ...scriptContradictions(queue, [...path, 'script']),
    ...workflowContradictions(file, queue, known, [...path, 'workflow']),
    ...(queue.dispositionRequired && queue.dispositions.length === 0
      ? [{ path: [...path, 'dispositionRequired'], says: 'needs dispositions to choose from' }]
      : []),
  ];
}

const skillContradictions = (skills: Queue['skills'], known: Known, path: Path): Complaint[] => [
  ...twice(skills, 'skill', path),
  ...skills.flatMap(({ skill }, at) => unknown(skill, 'skill', known, [...path, at, 'skill'])),
];

/** ROUTE-2: later, and wider. */
function stepContradictions({ skills, steps }: Queue, known: Known, path: Path): Complaint[] {
  return steps.flatMap((step, at) => {
    const before = steps[at - 1] ?? { afterSeconds: 0, skills };
    const asked = new Map(before.skills.map(({ skill, minimum }) => [skill, minimum]));
    return [
      ...skillContradictions(step.skills, known, [...path, at, 'skills']),
      ...(step.afterSeconds <= before.afterSeconds
        ? [
            {
              path: [...path, at, 'afterSeconds'],
              says: `must be more than ${before.afterSeconds}, the step before`,
            },
          ]
        : []),
      ...step.skills.flatMap(({ skill, minimum }, n) =>
        minimum > (asked.get(skill) ?? 0)
          ? [
              {
                path: [...path, at, 'skills', n],
                says: `asks for more ${skill} than the step before`,
              },
            ]
          : [],
      ),
    ];
  });
}

/** ROUTE-6: what overflows must come to rest somewhere. */
function overflowContradictions(
  { queues }: CentreFile,
  queue: Queue,
  known: Known,
  path: Path,
): Complaint[] {
  const nowhere = unknown(queue.overflow?.queue, 'queue', known, path);
  if (nowhere.length > 0) return nowhere;
  const there = queues.find(({ id }) => id === queue.overflow?.queue);
  const missing = queue.channels.find((one) => there?.channels.includes(one) === false);
  if (missing !== undefined)
    return [{ path, says: `is "${there?.id}", and that queue takes no ${missing}` }];
  const next = new Map(queues.map(({ id, overflow }) => [id, overflow?.queue]));
  const way = [queue.id];
  for (let at = queue.overflow?.queue; at !== undefined; at = next.get(at)) {
    if (at === queue.id) return [{ path, says: `goes in a circle: ${[...way, at].join(' → ')}` }];
    if (way.includes(at)) return [];
    way.push(at);
  }
  return [];
}

function scriptContradictions({ script }: Queue, path: Path): Complaint[] {
  return [
    ...twice(script, 'id', path),
    ...script.flatMap((question, at): Complaint[] => {
      const here = [...path, at];
      const { requiredIf } = question;
      const earlier = script.slice(0, at).find(({ id }) => id === requiredIf?.question);
      return [
        ...(question.kind === 'choice' ? twice(question.choices, 'id', [...here, 'choices']) : []),
        ...(question.kind === 'number' &&
        question.minimum !== undefined &&
        question.maximum !== undefined &&
        question.maximum < question.minimum
          ? [{ path: [...here, 'maximum'], says: 'must not be less than minimum' }]
          : []),
        ...(requiredIf !== undefined && earlier === undefined
          ? [
              {
                path: [...here, 'requiredIf', 'question'],
                says: `is "${requiredIf.question}", and no question before this one is called so`,
              },
            ]
          : []),
        ...(requiredIf?.is ?? []).flatMap((answer, n) =>
          earlier?.kind === 'choice' && !earlier.choices.some(({ id }) => id === answer)
            ? [
                {
                  path: [...here, 'requiredIf', 'is', n],
                  says: `is "${answer}", and ${earlier.id} has no such choice`,
                },
              ]
            : [],
        ),
      ];
    }),
  ];
}

/** END-4: it waits there as a work item. */
const workflowContradictions = (
  { queues }: CentreFile,
  queue: Queue,
  known: Known,
  path: Path,
): Complaint[] => [
  ...unknownIn(queue.workflow, 'queue', known, path),
  ...queue.workflow.flatMap((id, at) =>
    queues.find((one) => one.id === id)?.channels.includes('work-item') === false
      ? [{ path: [...path, at], says: `is "${id}", and that queue takes no work items` }]
      : [],
  ),
];
