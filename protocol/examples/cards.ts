import type { CentreCard, SiteCard } from '../cards.ts';
import type { CentreFrame } from '../frames.ts';
import type { QueueId } from '../ids.ts';
import { bo, queue } from './story.ts';

const centre: CentreCard = {
  name: 'Harbour Goods',
  queues: [
    {
      id: queue,
      name: 'Orders',
      channels: ['chat', 'email'],
      pick: true,
      transfer: 'on-acceptance',
      parkMs: 604_800_000,
      dispositions: [{ id: 'answered', label: 'Answered' }],
      dispositionRequired: true,
      resolvedRequired: false,
      script: [
        {
          id: 'where',
          kind: 'choice',
          label: 'Where was the parcel?',
          required: { when: 'always' },
          choices: [
            { id: 'depot', label: 'At the depot' },
            { id: 'lost', label: 'Lost' },
          ],
        },
        {
          id: 'claim',
          kind: 'text',
          label: 'Number of the claim',
          required: { when: 'answered', question: 'where', is: ['lost'] },
        },
      ],
      workflow: ['claims' as QueueId],
    },
  ],
  notReadyReasons: [{ id: 'lunch', label: 'Lunch', durationMs: 2_700_000 }],
  teams: [{ id: 'north', label: 'North' }],
  skills: [{ id: 'orders', label: 'Orders' }],
  tags: [{ id: 'vip', label: 'VIP' }],
  launchLinks: [
    { id: 'crm', label: 'Customer file', url: 'https://crm.example/?mail={{customer.email}}' },
  ],
  chooseUnavailable: false,
  idleMs: 300_000,
};

export const centreFacts = {
  agent: { id: bo, name: 'Bo', role: 'agent', abilities: ['pick'], teams: ['north'] },
  limits: { chat: 4, voice: 1, email: 5, messaging: 8, 'work-item': 5 },
  centre,
} satisfies Omit<CentreFrame, 'type'>;

export const siteCard: SiteCard = {
  name: 'Harbour Goods',
  accent: '#1f6feb',
  languages: ['en', 'de'],
  queues: [{ id: queue, name: 'Orders' }],
  form: [
    { field: 'name', required: true },
    { field: 'email', required: false },
  ],
};
