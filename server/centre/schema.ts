import * as v from 'valibot';
import { id, ifGiven, list, needed, setting, someOf, webAddress, whole, words } from './expect.ts';
import { Agent } from './schema/agent.ts';
import { Bot } from './schema/bot.ts';
import { Labelled, labelled } from './schema/labelled.ts';
import { Hours } from './schema/opening-hours.ts';
import { Queue } from './schema/queue.ts';
import { Reply } from './schema/reply.ts';
import { SensitiveData } from './schema/sensitive-data.ts';
import { Settings } from './schema/settings.ts';
import { Site } from './schema/site.ts';

/** Ids of the system's own not-ready reasons (see `status-changed`); a centre can't take them. */
export const systemReasons = [
  'signed-in',
  'unreachable',
  'rejects',
  'away',
  'after-wrap-up',
] as const;

const Reason = v.strictObject({
  ...labelled,
  minutes: ifGiven(whole(1, 480), 'open', 'how long it usually lasts (STATE-5)'),
});

/** KNOW-3. */
const Link = v.strictObject({
  id: needed(id, 'one each'),
  label: needed(words(80), 'what agents read'),
  url: needed(
    webAddress,
    'variables as in canned replies, not in the host: `https://crm.example/?id={{customer.email}}`',
  ),
});

/** The centre's file, with every default filled in; ranges as in the rules. */
export const CentreFile = v.strictObject(
  {
    name: needed(words(80), 'the company'),
    agents: needed(list(Agent, 10_000), 'who may sign in'),
    teams: setting(list(Labelled, 1_000), [], '`id` and `label` each'),
    skills: ifGiven(
      list(Labelled, 1_000),
      'any id',
      '`id` and `label` each; left out, skills are called by their ids; given, there are no others',
    ),
    queues: needed(someOf(Queue, 1_000, 'queue'), 'where customers wait'),
    openingHours: setting(list(Hours, 1_000), [], 'queues name them'),
    bots: setting(list(Bot, 100), [], 'queues name them'),
    notReadyReasons: setting(list(Reason, 100), [], 'agents choose one'),
    tags: setting(list(Labelled, 500), [], '`id` and `label` each'),
    cannedReplies: setting(list(Reply, 5_000), [], 'prepared texts'),
    launchLinks: setting(
      list(Link, 50),
      [],
      'addresses that agents open with the data of an interaction',
    ),
    sensitiveData: setting(
      SensitiveData,
      {},
      'masked but for its last characters; dropped with its message; or left as it is',
    ),
    sites: setting(list(Site, 1_000), [], 'where the chat is shown'),
    settings: setting(Settings, {}, 'what holds everywhere'),
  },
  'a list of settings by name',
);
export type CentreFile = v.InferOutput<typeof CentreFile>;
