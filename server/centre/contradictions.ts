import type { Complaint, Path } from './complaint.ts';
import { type CentreFile, systemReasons } from './schema.ts';

/**
 * What a desk is told of the centre stands in its first frame; half of the largest frame is left
 * to the agent's own things.
 */
const CARD_BYTES_MAX = 128 * 1024;

/** What is well formed, each by itself, but doesn't fit together. */
export function contradictions(file: CentreFile): readonly Complaint[] {
  const { agents, queues, notReadyReasons, sites, settings } = file;
  const queueIds = new Set<string>(queues.map((queue) => queue.id));
  return [
    ...twice(agents, 'id', ['agents']),
    ...twice(agents, 'email', ['agents']),
    ...twice(queues, 'id', ['queues']),
    ...queues.flatMap((queue, n) => [
      ...twice(queue.dispositions, 'id', ['queues', n, 'dispositions']),
      ...twice(queue.skills, 'skill', ['queues', n, 'skills']),
      ...(queue.dispositionRequired && queue.dispositions.length === 0
        ? [
            {
              path: ['queues', n, 'dispositionRequired'],
              says: 'needs dispositions to choose from',
            },
          ]
        : []),
    ]),
    ...twice(notReadyReasons, 'id', ['notReadyReasons']),
    ...notReadyReasons.flatMap((reason, n) =>
      systemReasons.some((taken) => taken === reason.id)
        ? [
            {
              path: ['notReadyReasons', n, 'id'],
              says: `is "${reason.id}", which is the system’s own`,
            },
          ]
        : [],
    ),
    ...twice(sites, 'id', ['sites']),
    ...sites.flatMap((site, n) => [
      ...twice(site.form, 'field', ['sites', n, 'form']),
      ...(site.queues ?? []).flatMap((queue, at) =>
        queueIds.has(queue)
          ? []
          : [
              {
                path: ['sites', n, 'queues', at],
                says: `is "${queue}", and there is no such queue`,
              },
            ],
      ),
    ]),
    ...(settings.ownerLostSeconds < settings.ownerAwaySeconds
      ? [
          {
            path: ['settings', 'ownerLostSeconds'],
            says: `must not be less than ownerAwaySeconds (${settings.ownerAwaySeconds})`,
          },
        ]
      : []),
    ...tooLong(file),
  ];
}

function twice<K extends string>(
  list: readonly { readonly [key in K]: string }[],
  key: K,
  path: Path,
): Complaint[] {
  const first = new Map<string, number>();
  return list.flatMap((one, n) => {
    const before = first.get(one[key]);
    if (before === undefined) first.set(one[key], n);
    return before === undefined
      ? []
      : [{ path: [...path, n, key], says: `is "${one[key]}", like that of number ${before + 1}` }];
  });
}

function tooLong({ queues, notReadyReasons }: CentreFile): Complaint[] {
  const told = [
    queues.map(({ id, name, dispositions }) => ({ id, name, dispositions })),
    notReadyReasons,
  ];
  const bytes = Buffer.byteLength(JSON.stringify(told));
  return bytes <= CARD_BYTES_MAX
    ? []
    : [
        {
          path: ['queues'],
          says: `and the reasons are told to each desk, and ${bytes} bytes are too much for that (${CARD_BYTES_MAX})`,
        },
      ];
}
