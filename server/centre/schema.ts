import * as v from 'valibot';
import type { AgentId, QueueId } from '../../protocol/ids.ts';
import { id, list, oneOf, truth, whole, wholeOrZero, words } from './expect.ts';

/** Ids of the system's own not-ready reasons (see `status-changed`); a centre can't take them. */
export const systemReasons = ['signed-in', 'unreachable', 'rejects', 'away'] as const;

const labelled = v.strictObject({ id, label: words(80) });

const email = v.pipe(
  v.string('an e-mail address'),
  v.trim(),
  v.toLowerCase(),
  v.email('an e-mail address'),
  v.maxLength(254, 'an e-mail address of at most 254 characters'),
);

const Agent = v.strictObject({
  id: v.pipe(id, v.brand('AgentId')) as v.GenericSchema<unknown, AgentId>,
  /** What customers see. */
  name: words(80),
  email,
  role: v.optional(oneOf(['agent', 'supervisor', 'admin']), 'agent'),
  skills: v.optional(v.record(id, whole(1, 5), 'skills with a proficiency each: {billing: 3}'), {}),
  /** CAP-2; 0: the channel isn't given to this agent (STATE-12). */
  limits: v.optional(
    v.strictObject({ chat: v.optional(whole(0, 12), 4) }, 'limits: {chat: 4}'),
    {},
  ),
});

const Queue = v.strictObject({
  id: v.pipe(id, v.brand('QueueId')) as v.GenericSchema<unknown, QueueId>,
  name: words(80),
  skills: v.optional(
    list(v.strictObject({ skill: id, minimum: v.optional(whole(1, 5), 1) }), 20),
    [],
  ),
  /** ROUTE-1, 10 first. */
  priority: v.optional(whole(1, 10), 5),
  /** ROUTE-3. */
  bestProficiency: v.optional(truth, false),
  /** OFFER-4. */
  answerSeconds: v.optional(whole(15, 300), 45),
  showSeconds: v.optional(whole(1, 15), 3),
  /** OFFER-6. */
  onReject: v.optional(oneOf(['requeue', 'refused']), 'requeue'),
  skipSeconds: v.optional(whole(0, 600), 60),
  rejectsInRow: v.optional(whole(1, 20), 3),
  /** CHAT-12. */
  customerLeftSeconds: v.optional(whole(30, 1800), 600),
  /** END-3; 0: open. */
  wrapUpSeconds: v.optional(wholeOrZero(10, 3600), 60),
  dispositions: v.optional(list(labelled, 200), []),
  dispositionRequired: v.optional(truth, false),
});

const originMessage = 'an origin like https://shop.example, or self for this server';
const Origin = v.pipe(
  v.string(originMessage),
  v.check((text) => text === 'self' || isWebOrigin(text), originMessage),
);

const Site = v.strictObject({
  id,
  name: words(80),
  /** Pages of these origins may show the chat. */
  origins: v.pipe(list(Origin, 100), v.minLength(1, 'a list of at least one origin')),
  accent: v.optional(
    v.pipe(
      v.string('a colour like "#4f46e5"'),
      v.toLowerCase(),
      v.regex(/^#[0-9a-f]{6}$/, 'a colour like "#4f46e5"'),
    ),
    '#4f46e5',
  ),
  /** Offered to the customer in this order; left out: every queue. */
  queues: v.optional(
    list(v.pipe(id, v.brand('QueueId')) as v.GenericSchema<unknown, QueueId>, 100),
  ),
  form: v.optional(
    list(
      v.strictObject({
        field: oneOf(['name', 'email', 'phone', 'subject']),
        required: v.optional(truth, false),
      }),
      4,
    ),
    [{ field: 'name' }, { field: 'email' }, { field: 'subject' }],
  ),
});

const Settings = v.strictObject(
  {
    /** STATE-4. */
    pendingNotReady: v.optional(truth, true),
    /** OFFER-1. */
    ringsAtOnce: v.optional(whole(1, 12), 1),
    /** STATE-8: the customer is told; the interaction goes back; the agent is not ready. */
    ownerAwaySeconds: v.optional(whole(30, 600), 60),
    ownerLostSeconds: v.optional(whole(30, 600), 120),
    unreachableSeconds: v.optional(whole(60, 3600), 600),
  },
  'settings by name',
);

/** The centre's file, with every default filled in; ranges as in the rules. */
export const CentreFile = v.strictObject(
  {
    name: words(80),
    agents: list(Agent, 10_000),
    queues: v.pipe(list(Queue, 1_000), v.minLength(1, 'a list of at least one queue')),
    notReadyReasons: v.optional(list(labelled, 100), []),
    sites: v.optional(list(Site, 1_000), []),
    settings: v.optional(Settings, {}),
  },
  'a list of settings by name',
);
export type CentreFile = v.InferOutput<typeof CentreFile>;

function isWebOrigin(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === text;
}
