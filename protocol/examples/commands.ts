import type { AgentCommand, CustomerCommand } from '../commands.ts';
import { at, commitment, interaction, type OneOfEach, offer, queue } from './story.ts';

export const agentCommands = {
  'set-status': { type: 'set-status', channel: 'chat', to: 'not-ready', reason: 'lunch' },
  'sign-out': { type: 'sign-out' },
  'can-show': { type: 'can-show' },
  'offer-shown': { type: 'offer-shown', interaction, offer },
  accept: { type: 'accept', interaction, offer },
  reject: { type: 'reject', interaction, offer },
  post: { type: 'post', interaction, text: 'It leaves the warehouse today.' },
  end: { type: 'end', interaction },
  'mark-done': {
    type: 'mark-done',
    interaction,
    dispositions: ['answered'],
    note: 'Parcel was held at the depot.',
    resolved: true,
    answers: { cause: 'carrier' },
    tags: ['parcel'],
    data: { order: '1042' },
    sendTranscript: true,
    workflow: 'stop',
  },
  'extend-wrap-up': { type: 'extend-wrap-up', interaction, to: 'more' },
  'add-note': { type: 'add-note', interaction, text: 'Depot says Monday.' },
  'set-tags': { type: 'set-tags', interaction, tags: ['parcel'] },
  'set-data': { type: 'set-data', interaction, data: { order: '1042' } },
  park: { type: 'park', interaction, forMs: 86_400_000 },
  unpark: { type: 'unpark', interaction },
  'make-commitment': {
    type: 'make-commitment',
    commitment,
    about: interaction,
    due: at + 3_600_000,
    channel: 'voice',
    note: 'Tell her when it left the depot.',
    contact: '+55 11 91234 5678',
  },
  'end-commitment': { type: 'end-commitment', commitment, outcome: 'kept' },
} satisfies OneOfEach<AgentCommand>;

export const customerCommands = {
  start: {
    type: 'start',
    queue,
    language: 'en',
    name: 'Ana Silva',
    email: 'ana@example.org',
    phone: '+55 11 91234 5678',
    subject: 'Order 1042',
    entryPage: 'https://shop.example/orders/1042',
  },
  post: { type: 'post', interaction, text: 'Where is my parcel? 📦' },
  leave: { type: 'leave', interaction },
} satisfies OneOfEach<CustomerCommand>;
