import * as v from 'valibot';
import { QueueId } from './ids.ts';
import { Channel } from './parts.ts';
import { WrapUpAsks } from './wrap-up.ts';

/** STATE-12: what an agent may do beyond answering. */
export const Ability = v.picklist(['call', 'pick', 'transfer-outside-team', 'co-browse']);
export type Ability = v.InferOutput<typeof Ability>;

/** CAP-2: how many an agent may hold on each channel; 0: the channel isn't given. */
export const Limits = v.object({
  chat: v.number(),
  voice: v.number(),
  email: v.number(),
  messaging: v.number(),
  'work-item': v.number(),
});
export type Limits = v.InferOutput<typeof Limits>;

export const Labelled = v.object({ id: v.string(), label: v.string() });
export type Labelled = v.InferOutput<typeof Labelled>;

/** What a desk must know of a queue. */
export const QueueCard = v.object({
  id: QueueId,
  name: v.string(),
  channels: v.array(Channel),
  /** ROUTE-9. */
  pick: v.boolean(),
  /** HAND-2. */
  transfer: v.picklist(['on-acceptance', 'immediate']),
  parkMs: v.number(),
  dispositions: v.array(Labelled),
  ...WrapUpAsks.entries,
});
export type QueueCard = v.InferOutput<typeof QueueCard>;

/** What a desk must know of the centre's set-up. */
export const CentreCard = v.object({
  name: v.string(),
  queues: v.array(QueueCard),
  notReadyReasons: v.array(v.object({ ...Labelled.entries, durationMs: v.nullable(v.number()) })),
  teams: v.array(Labelled),
  skills: v.array(Labelled),
  tags: v.array(Labelled),
  /** KNOW-3: addresses with variables in double braces. */
  launchLinks: v.array(v.object({ ...Labelled.entries, url: v.string() })),
  /** HAND-1. */
  chooseUnavailable: v.boolean(),
  /** STATE-7. */
  idleMs: v.number(),
});
export type CentreCard = v.InferOutput<typeof CentreCard>;

/** What a widget must know of its site. */
export const SiteCard = v.object({
  name: v.string(),
  accent: v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/)),
  /** None: whatever the widget can. The first is for who speaks none of them. */
  languages: v.array(v.string()),
  queues: v.array(v.object({ id: QueueId, name: v.string() })),
  form: v.array(
    v.object({ field: v.picklist(['name', 'email', 'phone', 'subject']), required: v.boolean() }),
  ),
});
export type SiteCard = v.InferOutput<typeof SiteCard>;
