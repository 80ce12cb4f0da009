import { writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { CentreCard, SiteCard } from '../../../protocol/cards.ts';
import type { AgentId, QueueId } from '../../../protocol/ids.ts';
import { createCentre } from '../../../server/centre/centre.ts';
import { demoCentre, loadCentre } from '../../../server/centre/load-centre.ts';
import { parseCentre } from '../../../server/centre/parse-centre.ts';
import { closedQueue } from '../../../server/interactions/policy.ts';

const small = `
name: Small
agents:
  - { id: ana, name: Ana, email: Ana@Small.Example, skills: { billing: 4 } }
queues:
  - { id: billing, name: Billing }
sites:
  - { id: shop, name: Shop, origins: [https://shop.example] }
`;
const agent = (more: string) => small.replace('skills: { billing: 4 }', more);
const queue = (more: string) => small.replace('name: Billing }', `name: Billing, ${more} }`);

describe('the demo centre', () => {
  test('has three queues and one of a workflow, and each is served by at least two agents', async () => {
    const centre = await loadCentre(demoCentre);
    expect(centre.card.queues.map(({ name }) => name)).toEqual([
      'Billing',
      'Delivery',
      'Product advice',
      'Claims',
    ]);
    for (const queue of centre.routing.queues()) {
      const skills = centre.routing.queue(queue)?.skills ?? [];
      const able = centre.agents.filter(({ id }) =>
        skills.every(({ skill, minimum }) => (centre.routing.skills(id)[skill] ?? 0) >= minimum),
      );
      expect(able.length).toBeGreaterThanOrEqual(2);
    }
    const workflows = centre.card.queues.map(({ workflow }) => workflow);
    expect(workflows).toEqual([['claims'], ['claims'], [], []]);
  });

  test('has six agents, one of them a supervisor and one an admin', async () => {
    const { agents } = await loadCentre(demoCentre);
    expect(agents.map(({ role }) => role).sort()).toEqual([
      'admin',
      'agent',
      'agent',
      'agent',
      'agent',
      'supervisor',
    ]);
  });

  test('has forty canned replies, each of them in four languages', async () => {
    const { cannedReplies } = await loadCentre(demoCentre);
    expect(cannedReplies).toHaveLength(40);
    const languages = Map.groupBy(cannedReplies, ({ shortcut }) => shortcut);
    for (const replies of languages.values())
      expect(replies.map(({ language }) => language)).toEqual(['en', 'de', 'pt-BR', 'fr']);
  });

  test('is told to desks and widgets in the words of the protocol', async () => {
    const centre = await loadCentre(demoCentre);
    expect(v.parse(CentreCard, centre.card)).toEqual(centre.card);
    expect(v.parse(SiteCard, centre.site('demo')?.card)).toEqual(centre.site('demo')?.card);
  });
});

describe('a centre’s file that says little', () => {
  const centre = createCentre(parseCentre(small, 'centre.yaml'));

  test('OFFER-4, OFFER-6, CHAT-12, END-3, ROUTE-1: a queue has the defaults of the rules', () => {
    const policy = centre.queuePolicy('billing' as QueueId);
    expect(policy).toEqual({ ...closedQueue, name: 'Billing' });
    expect(policy).toMatchObject({
      priority: 5,
      answerMs: 45_000,
      showMs: 3_000,
      onReject: 'requeue',
      skipMs: 60_000,
      rejectsInRow: 3,
      customerLeftMs: 600_000,
      wrapUpMs: 60_000,
    });
  });

  test('CAP-2, OFFER-1, STATE-4: an agent may have four chats, one ring, and is not ready later', () => {
    expect(centre.agentPolicy('ana' as AgentId)).toMatchObject({
      limits: { chat: 4, voice: 1, email: 5, messaging: 8, 'work-item': 5 },
      voiceBlocks: true,
      ringsAtOnce: 1,
      pendingNotReady: true,
    });
  });

  test('STATE-8: agents are away after one minute, lost after two, gone after ten', () => {
    expect(centre.liveness).toEqual({
      ownerAwayMs: 60_000,
      ownerLostMs: 120_000,
      unreachableMs: 600_000,
    });
  });

  test('an agent who is not in the file has no room for anything', () => {
    expect(centre.agentPolicy('gone' as AgentId).limits.chat).toBe(0);
    expect(centre.agent('gone')).toBeNull();
  });

  test('e-mail addresses are compared without case', () => {
    expect(centre.agentByEmail(' ANA@small.example ')?.id).toBe('ana');
  });

  test('a site that names no queues offers all of them, and asks for name, e-mail and subject', () => {
    expect(centre.site('shop')?.card).toEqual({
      name: 'Shop',
      accent: '#4f46e5',
      languages: [],
      queues: [{ id: 'billing', name: 'Billing' }],
      form: [
        { field: 'name', required: false },
        { field: 'email', required: false },
        { field: 'subject', required: false },
      ],
    });
  });
});

test('STATE-12: a limit of 0 is a channel that is not given', () => {
  const text = small.replace('skills:', 'limits: { chat: 0 }, skills:');
  expect(createCentre(parseCentre(text, 'f')).agentPolicy('ana' as AgentId).limits.chat).toBe(0);
});

test('END-3: a wrap-up of 0 seconds is open, one of 9 is not a wrap-up', () => {
  const open = createCentre(parseCentre(queue('wrapUpSeconds: 0'), 'f'));
  expect(open.queuePolicy('billing' as QueueId)?.wrapUpMs).toBe(0);
  expect(complaint(queue('wrapUpSeconds: 9'))).toBe(
    'f:6:50: queues[0].wrapUpSeconds must be 0 or a whole number from 10 to 3600, not 9.',
  );
});

/** Ranges bind the file: one below, one above, and something else. */
test.each([
  ['OFFER-4', 'answerSeconds', 15, 300],
  ['OFFER-6', 'skipSeconds', 0, 600],
  ['OFFER-6', 'rejectsInRow', 1, 20],
  ['CHAT-12', 'customerLeftSeconds', 30, 1800],
  ['ROUTE-1', 'priority', 1, 10],
  ['the rules', 'preferredSeconds', 0, 600],
  ['END-3', 'wrapUpMoreSeconds', 10, 3600],
  ['END-7', 'parkDays', 1, 90],
])('%s: a queue’s %s is taken from %i to %i', (_, name, min, max) => {
  for (const good of [min, max]) expect(complaint(queue(`${name}: ${good}`))).toBeNull();
  for (const bad of [min - 1, max + 1, `"${min}"`, min + 0.5, 'null', '[]']) {
    expect(complaint(queue(`${name}: ${bad}`))).toMatch(
      new RegExp(
        `^f:6:\\d+: queues\\[0\\]\\.${name} must be a whole number from ${min} to ${max}, not `,
      ),
    );
  }
});

test.each([
  ['STATE-8', 'ownerLostSeconds', 60, 600],
  ['STATE-8', 'unreachableSeconds', 60, 3600],
  ['OFFER-1', 'ringsAtOnce', 1, 12],
  ['the rules', 'idleMinutes', 1, 60],
  ['the rules', 'requestSeconds', 15, 300],
])('%s: the centre’s %s is taken from %i to %i', (_, name, min, max) => {
  const settings = (value: number) => `${small}settings: { ${name}: ${value} }`;
  for (const good of [min, max]) expect(complaint(settings(good))).toBeNull();
  for (const bad of [min - 1, max + 1])
    expect(complaint(settings(bad))).toMatch(`settings.${name} must`);
});

test.each([
  ['chat', 0, 12],
  ['voice', 0, 1],
  ['email', 0, 50],
  ['messaging', 0, 50],
  ['work-item', 0, 50],
])('CAP-2: an agent’s limit on %s is taken from %i to %i', (channel, min, max) => {
  const limit = (value: number) => agent(`limits: { ${channel}: ${value} }`);
  for (const good of [min, max]) expect(complaint(limit(good))).toBeNull();
  for (const bad of [min - 1, max + 1])
    expect(complaint(limit(bad))).toMatch(`agents[0].limits.${channel} must`);
});

test('STATE-12: abilities are the agent’s own, else the role’s, and nobody’s who is gone', () => {
  const text = `${agent('abilities: [pick]').replace(
    'queues:',
    '  - { id: eva, name: Eva, email: eva@small.example, role: supervisor }\nqueues:',
  )}settings: { abilities: { supervisor: [call], agent: [] } }`;
  const { agentPolicy } = createCentre(parseCentre(text, 'f'));
  expect(agentPolicy('ana' as AgentId).abilities).toEqual(['pick']);
  expect(agentPolicy('eva' as AgentId).abilities).toEqual(['call']);
  expect(agentPolicy('gone' as AgentId).abilities).toEqual([]);
});

test('END-2: a script’s questions are told with what makes them mandatory', () => {
  const script = [
    '{ id: paid, kind: choice, label: Paid?, required: true, choices: [{ id: y, label: Yes }] }',
    '{ id: sum, kind: number, label: How much?, minimum: 0, requiredIf: { question: paid, is: [y] } }',
    '{ id: more, kind: text, label: More? }',
  ];
  const { card } = createCentre(parseCentre(queue(`script: [${script.join(', ')}]`), 'f'));
  expect(card.queues[0]?.script).toEqual([
    {
      id: 'paid',
      kind: 'choice',
      label: 'Paid?',
      required: { when: 'always' },
      choices: [{ id: 'y', label: 'Yes' }],
    },
    {
      id: 'sum',
      kind: 'number',
      label: 'How much?',
      required: { when: 'answered', question: 'paid', is: ['y'] },
      minimum: 0,
      maximum: null,
    },
    { id: 'more', kind: 'text', label: 'More?', required: { when: 'never' } },
  ]);
});

test('a site keeps the centre’s policies but for those it has itself', () => {
  const text = small.replace('origins:', 'sensitiveData: { email: drop }, origins:');
  const { site } = createCentre(parseCentre(`${text}sensitiveData: { iban: allow }`, 'f'));
  expect(site('shop')?.sensitiveData).toEqual({
    'payment-card': 'redact',
    iban: 'allow',
    'national-id': 'redact',
    email: 'drop',
    phone: 'allow',
  });
});

/** What is wrong · the file · the text that the place must point at (the last such) · the sentence. */
test.each<[string, string, string, string]>([
  ['an empty file', '', '', 'must be a list of settings by name, not nothing'],
  [
    'a file that is no YAML',
    'name: [',
    '',
    'Flow sequence in block collection must be sufficiently indented and end with a ]',
  ],
  [
    'a tab where blanks belong',
    'name: x\nagents:\n\t- id: a',
    '\t-',
    'Tabs are not allowed as indentation',
  ],
  ['a setting given twice', 'name: x\nname: y', 'name: y', 'Map keys must be unique'],
  ['nothing where agents belong', 'name: x\nqueues: []', 'name', 'agents is missing'],
  [
    'an unknown setting',
    queue('anwserSeconds: 30'),
    'anwser',
    'queues[0].anwserSeconds is not a setting here',
  ],
  [
    'a role that nobody has',
    agent('role: boss'),
    'boss',
    'agents[0].role must be agent or supervisor or admin, not "boss"',
  ],
  [
    'a proficiency of 6',
    agent('skills: { billing: 6 }'),
    '6 }',
    'agents[0].skills.billing must be a whole number from 1 to 5, not 6',
  ],
  [
    'no e-mail address',
    small.replace('Ana@Small.Example', 'ana@'),
    'ana@',
    'agents[0].email must be an e-mail address, not "ana@"',
  ],
  [
    'an id with a blank',
    small.replace('id: ana', 'id: a na'),
    'a na',
    'agents[0].id must be an id: 1 to 64 of the characters A–Z a–z 0–9 . _ -, not "a na"',
  ],
  [
    'a skill that programs know as something else',
    agent('skills: { constructor: 3 }'),
    'constructor',
    'agents[0].skills.constructor is a name that programs keep for themselves',
  ],
  [
    'a queue of such a name',
    small.replaceAll('id: billing', 'id: __proto__'),
    '__proto__',
    'queues[0].id must be an id other than __proto__, constructor and prototype, not "__proto__"',
  ],
  [
    'an answer that such a key would hold',
    `${small}bots: [{ id: b, name: B, kind: questions, questions: [{ data: constructor, ask: { en: X } }] }]`,
    'constructor',
    'bots[0].questions[0].data must be a key other than __proto__, constructor and prototype, not "constructor"',
  ],
  [
    'an agent whose id means the customer',
    small.replace('id: ana', 'id: customer'),
    'customer, name',
    'agents[0].id is "customer", which means the customer',
  ],
  [
    'an origin with a path',
    small.replace('shop.example', 'shop.example/'),
    'https:',
    'sites[0].origins[0] must be an origin like https://shop.example, or self for this server, not "https://shop.example/"',
  ],
  [
    'two agents of one address',
    small.replace('queues:', '  - { id: eva, name: Eva, email: ana@small.example }\nqueues:'),
    'ana@small',
    'agents[1].email is "ana@small.example", like that of number 1',
  ],
  [
    'a site with an unknown queue',
    small.replace('origins:', 'queues: [sales], origins:'),
    'sales',
    'sites[0].queues[0] is "sales", and there is no such queue',
  ],
  [
    'a disposition demanded of an empty list',
    queue('dispositionRequired: true'),
    'true',
    'queues[0].dispositionRequired needs dispositions to choose from',
  ],
  [
    'a reason that is the system’s',
    `${small}notReadyReasons: [{ id: unreachable, label: x }]`,
    'unreachable',
    'notReadyReasons[0].id is "unreachable", which is the system’s own',
  ],
  [
    'agents lost before they are away',
    `${small}settings: { ownerAwaySeconds: 90, ownerLostSeconds: 60 }`,
    '60 }',
    'settings.ownerLostSeconds must not be less than ownerAwaySeconds (90)',
  ],
  [
    'an agent in an unknown team',
    agent('teams: [north]'),
    'north',
    'agents[0].teams[0] is "north", and there is no such team',
  ],
  [
    'a skill that is not among those of the list',
    `${small}skills: [{ id: delivery, label: Delivery }]`,
    'billing: 4',
    'agents[0].skills.billing is "billing", and there is no such skill',
  ],
  [
    'a queue that overflows into itself',
    queue('overflow: { afterSeconds: 60, queue: billing }'),
    'billing }',
    'queues[0].overflow.queue goes in a circle: billing → billing',
  ],
  [
    'queues that overflow in a circle',
    queue('overflow: { afterSeconds: 60, queue: b }').replace(
      'sites:',
      '  - { id: b, name: B, overflow: { afterSeconds: 60, queue: billing } }\nsites:',
    ),
    'b } }',
    'queues[0].overflow.queue goes in a circle: billing → b → billing',
  ],
  [
    'an overflow into nowhere',
    queue('overflow: { afterSeconds: 60, queue: moon }'),
    'moon',
    'queues[0].overflow.queue is "moon", and there is no such queue',
  ],
  [
    'an overflow to where this cannot wait',
    queue('overflow: { afterSeconds: 60, queue: b }').replace(
      'sites:',
      '  - { id: b, name: B, channels: [chat] }\nsites:',
    ),
    'b }',
    'queues[0].overflow.queue is "b", and that queue takes no email',
  ],
  [
    'a bot that leads to where no chats wait',
    `${small.replace('sites:', '  - { id: b, name: B, channels: [email] }\nsites:')}bots: [{ id: b, kind: http, name: B, url: "http://bot.example", routes: [{ data: a, is: x, queue: b }] }]`,
    'b }] }]',
    'bots[0].routes[0].queue is "b", and that queue takes no chats',
  ],
  [
    'a step that asks for more than the one before',
    queue('skills: [{ skill: a }], steps: [{ afterSeconds: 9, skills: [{ skill: b }] }]'),
    '{ skill: b',
    'queues[0].steps[0].skills[0] asks for more b than the step before',
  ],
  [
    'steps in the wrong order',
    queue('steps: [{ afterSeconds: 60 }, { afterSeconds: 60 }]'),
    '60 }]',
    'queues[0].steps[1].afterSeconds must be more than 60, the step before',
  ],
  [
    'opening hours that are nowhere',
    queue('openingHours: office'),
    'office',
    'queues[0].openingHours is "office", and there are no such opening hours',
  ],
  [
    'a workflow into a queue without work items',
    queue('workflow: [billing]'),
    'billing]',
    'queues[0].workflow[0] is "billing", and that queue takes no work items',
  ],
  [
    'a site with a queue that takes no chats',
    queue('channels: [email]').replace('origins:', 'queues: [billing], origins:'),
    'billing], origins',
    'sites[0].queues[0] is "billing", and that queue takes no chats',
  ],
  [
    'a question that depends on a later one',
    queue('script: [{ id: a, kind: text, label: A, requiredIf: { question: b, is: [x] } }]'),
    'b, is',
    'queues[0].script[0].requiredIf.question is "b", and no question before this one is called so',
  ],
  [
    'a question of no kind',
    queue('script: [{ id: a, kind: rating, label: A }]'),
    'rating',
    'queues[0].script[0].kind must be a question with a kind: text or choice or number, not "rating"',
  ],
  [
    'a time zone that nobody has',
    `${small}openingHours: [{ id: x, timeZone: Europe/Atlantis }]`,
    'Europe',
    'openingHours[0].timeZone must be a time zone like Europe/Berlin, not "Europe/Atlantis"',
  ],
  [
    'a day that is over before it begins',
    `${small}openingHours: [{ id: x, timeZone: UTC, week: { mon: ["17:00-09:00"] } }]`,
    '"17:',
    'openingHours[0].week.mon[0] must be hours like "09:00-17:30", the later one after the earlier, not "17:00-09:00"',
  ],
  [
    'a day that no calendar has',
    `${small}openingHours: [{ id: x, timeZone: UTC, holidays: [{ date: 2026-02-30 }] }]`,
    '2026',
    'openingHours[0].holidays[0].date must be a date like 2026-12-25, not "2026-02-30"',
  ],
  [
    'a canned reply with half a variable',
    `${small}cannedReplies: [{ id: a, language: en, title: A, text: "Hello {{customer.name}" }]`,
    '"Hello',
    'cannedReplies[0].text has double braces that don’t make a variable like {{customer.name}}',
  ],
  [
    'a shortcut for two replies of one language',
    `${small}cannedReplies: [{ id: a, language: en, title: A, shortcut: x, text: A }, { id: b, language: en, title: A, shortcut: x, text: A }]`,
    'x, text',
    'cannedReplies[1].shortcut is "x" in en, like that of number 1',
  ],
  [
    'a link that is no web address',
    `${small}launchLinks: [{ id: a, label: A, url: "javascript:alert(1)" }]`,
    '"javascript',
    'launchLinks[0].url must be an address that begins with https:// or http://, not "javascript:alert(1)"',
  ],
  [
    'a bot that leads nowhere',
    `${small}bots: [{ id: b, kind: http, name: B, url: "http://bot.example", routes: [{ data: a, is: b, queue: moon }] }]`,
    'moon',
    'bots[0].routes[0].queue is "moon", and there is no such queue',
  ],
])('%s is refused in one line that names the place', (_, text, pointsAt, says) => {
  const before = text.slice(0, pointsAt === '' ? text.length : text.lastIndexOf(pointsAt));
  const line = before.split('\n').length;
  const column = before.length - before.lastIndexOf('\n');
  expect(complaint(text)).toBe(`f:${line}:${column}: ${says}.`);
});

test('TRUST-5: what a desk is told of the centre has a limit', () => {
  const many = Array.from({ length: 200 }, (_, n) => `{ id: d${n}, label: ${'x'.repeat(80)} }`);
  const queues = Array.from(
    { length: 8 },
    (_, n) => `  - { id: q${n}, name: Q, dispositions: [${many.join(', ')}] }\n`,
  );
  const text = small.replace(/queues:\n.*\n/, `queues:\n${queues.join('')}`);
  expect(complaint(text)).toMatch(
    /^f:6:3: queues and the reasons, tags and links are told to each desk, and \d+ bytes/,
  );
});

test('a file that is not there, or no file, is refused by name', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'deskside-'));
  const absent = join(folder, 'centre.yaml');
  await expect(loadCentre(absent)).rejects.toThrow(
    `${absent}: there is no such file; CENTRE must name the centre’s file.`,
  );
  await expect(loadCentre(folder)).rejects.toThrow('it can’t be read (EISDIR)');
  writeFileSync(absent, small);
  expect((await loadCentre(absent)).name).toBe('Small');
});

function complaint(text: string): string | null {
  try {
    parseCentre(text, 'f');
    return null;
  } catch (error) {
    expect((error as Error).message).not.toContain('\n');
    return (error as Error).message;
  }
}
