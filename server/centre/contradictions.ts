import { centreCard } from './cards.ts';
import type { Complaint, Path } from './complaint.ts';
import { queueContradictions } from './contradictions/queue.ts';
import { replyContradictions } from './contradictions/reply.ts';
import { twice } from './contradictions/twice.ts';
import { type Known, knownIn, unknown, unknownIn } from './contradictions/unknown.ts';
import { type CentreFile, systemReasons } from './schema.ts';

/**
 * What a desk is told of the centre stands in its first frame; half of the largest frame is left
 * to the agent's own things.
 */
const CARD_BYTES_MAX = 128 * 1024;

/** How far the customer has read is kept beside how far each agent has. */
const CUSTOMER = 'customer';

/** What is well formed, each by itself, but doesn't fit together. */
export function contradictions(file: CentreFile): readonly Complaint[] {
  const { agents, teams, skills, queues, openingHours, bots, notReadyReasons } = file;
  const { tags, cannedReplies, launchLinks, sites, settings } = file;
  const known = knownIn(file);
  return [
    ...twice(agents, 'id', ['agents']),
    ...twice(agents, 'email', ['agents']),
    ...agents.flatMap(({ id }, n) =>
      id === CUSTOMER
        ? [{ path: ['agents', n, 'id'], says: `is "${id}", which means the customer` }]
        : [],
    ),
    ...twice(teams, 'id', ['teams']),
    ...twice(skills ?? [], 'id', ['skills']),
    ...twice(queues, 'id', ['queues']),
    ...twice(openingHours, 'id', ['openingHours']),
    ...twice(bots, 'id', ['bots']),
    ...twice(notReadyReasons, 'id', ['notReadyReasons']),
    ...twice(tags, 'id', ['tags']),
    ...twice(cannedReplies, 'id', ['cannedReplies']),
    ...twice(launchLinks, 'id', ['launchLinks']),
    ...twice(sites, 'id', ['sites']),
    ...agents.flatMap((agent, n) => [
      ...unknownIn(agent.teams, 'team', known, ['agents', n, 'teams']),
      ...Object.keys(agent.skills).flatMap((skill) =>
        unknown(skill, 'skill', known, ['agents', n, 'skills', skill], true),
      ),
    ]),
    ...queues.flatMap((_, n) => queueContradictions(file, n, known)),
    ...openingHours.flatMap(({ holidays }, n) =>
      twice(holidays, 'date', ['openingHours', n, 'holidays']),
    ),
    ...bots.flatMap(({ routes }, n) =>
      routes.flatMap(({ queue }, at) => {
        const path = ['bots', n, 'routes', at, 'queue'];
        return [...unknown(queue, 'queue', known, path), ...withoutChats(file, queue, path)];
      }),
    ),
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
    ...replyContradictions(file, known),
    ...sites.flatMap((site, n) => siteContradictions(file, site, n, known)),
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

function siteContradictions(
  file: CentreFile,
  site: CentreFile['sites'][number],
  n: number,
  known: Known,
): Complaint[] {
  const path = ['sites', n, 'queues'];
  return [
    ...twice(site.form, 'field', ['sites', n, 'form']),
    ...unknownIn(site.queues ?? [], 'queue', known, path),
    ...(site.queues ?? []).flatMap((id, at) => withoutChats(file, id, [...path, at])),
  ];
}

const withoutChats = ({ queues }: CentreFile, id: string, path: Path): Complaint[] =>
  queues.find((queue) => queue.id === id)?.channels.includes('chat') === false
    ? [{ path, says: `is "${id}", and that queue takes no chats` }]
    : [];

function tooLong(file: CentreFile): Complaint[] {
  const bytes = Buffer.byteLength(JSON.stringify(centreCard(file)));
  return bytes <= CARD_BYTES_MAX
    ? []
    : [
        {
          path: ['queues'],
          says: `and the reasons, tags and links are told to each desk, and ${bytes} bytes are too much for that (${CARD_BYTES_MAX})`,
        },
      ];
}
