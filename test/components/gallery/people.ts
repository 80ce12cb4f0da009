import type { InteractionTab, OfferView, TranscriptRow } from '../../../desk/models/panel-model.ts';
import type { CommandId, InteractionId, OfferId } from '../../../protocol/ids.ts';
import { fixtureNow } from '../fixture-model.ts';

const minute = 60_000;
/** Minutes before now. */
export const ago = (minutes: number) => fixtureNow - minutes * minute;

type Message = Extract<TranscriptRow, { kind: 'message' }>;
let made = 0;

function message(from: Message['from'], minutes: number, text: string | null): Message {
  made += 1;
  return {
    kind: 'message',
    key: `s${made}`,
    seq: made,
    from,
    mine: false,
    name: null,
    at: ago(minutes),
    text,
    state: null,
    refusal: null,
    commandId: null,
  };
}

export const customer = (minutes: number, text: string | null, name: string | null = null) => ({
  ...message('customer', minutes, text),
  name,
});

export const automatic = (minutes: number, text: string) => message('system', minutes, text);

export const colleague = (minutes: number, name: string, text: string): Message => ({
  ...message('agent', minutes, text),
  name,
});

export function mine(minutes: number, text: string, state: Message['state'] = 'read'): Message {
  const row = message('agent', minutes, text);
  const commandId = `command-${row.key}-aaaaaaaa` as CommandId;
  const refusal = state === 'failed' ? 'not-active' : null;
  return { ...row, mine: true, name: 'Marta', state, refusal, commandId };
}

export function line(
  minutes: number,
  what: Extract<TranscriptRow, { kind: 'line' }>['line'],
): TranscriptRow {
  made += 1;
  return { kind: 'line', key: `s${made}`, seq: made, at: ago(minutes), line: what };
}

export function tab(name: string | null, changes: Partial<InteractionTab> = {}): InteractionTab {
  const id = (name ?? 'visitor')
    .toLowerCase()
    .replace(/[^a-z]+/g, '-')
    .slice(0, 20);
  return {
    interaction: id as InteractionId,
    name,
    shortId: '4821',
    queue: 'Billing',
    channel: 'chat',
    acceptedAt: ago(2.2),
    waitingSince: null,
    wrapUp: null,
    unread: 0,
    customer: 'here',
    isParked: false,
    colour: 0,
    ...changes,
  };
}

export function offer(changes: Partial<OfferView> = {}): OfferView {
  return {
    offer: 'offer-1' as OfferId,
    interaction: 'joao' as InteractionId,
    channel: 'chat',
    queue: 'Billing',
    name: 'João Pereira',
    shortId: '5107',
    email: 'joao@example.com',
    phone: '+55 21 3555-0199',
    subject: 'Wrong amount on invoice',
    entryPage: 'https://shop.example/checkout?utm_source=mail',
    enqueuedAt: fixtureNow - 66_000,
    answerBy: fixtureNow + 32_000,
    answerMs: 45_000,
    why: {
      reason: 'load',
      skills: [
        { skill: 'Billing', proficiency: 5 },
        { skill: 'Portuguese', proficiency: 4 },
      ],
      candidates: 3,
      step: 1,
      passedOver: {},
    },
    answering: null,
    ...changes,
  };
}
