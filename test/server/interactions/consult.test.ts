import { test } from 'vitest';
import type { InteractionEvent } from '../../../protocol/interaction-events.ts';
import type { MemberRole } from '../../../protocol/members.ts';
import type { Command } from '../../../server/interactions/command.ts';
import { agent, by, byCustomer, chat, given, givenIn, saying, type Told } from '../given.ts';
import { id, on, post, ready, signedIn, talking, who } from '../stories.ts';

/** HAND-5: bo asks cy for advice. */
const consulted = (...more: (Told | readonly Told[])[]) =>
  given(
    ready('bo'),
    signedIn('cy'),
    signedIn('di'),
    talking('c1', 'bo'),
    comes('cy', 'consultant'),
    ...more,
  );

const joined = (name: string, role: MemberRole, epoch: number, was: MemberRole | null = null) =>
  ({ type: 'joined', agent: who(name), name, role, was, epoch }) as const;
const left = (
  name: string,
  role: MemberRole,
  reason: Extract<InteractionEvent, { type: 'left' }>['reason'],
) => ({ type: 'left', agent: who(name), name, role, reason }) as const;
const granted = (epoch: number, role: MemberRole | 'owner') =>
  ({ type: 'granted', interaction: id('c1'), epoch, role, channel: 'chat' }) as const;
const revoked = (
  epoch: number,
  role: MemberRole | 'owner',
  reason: 'role-changed' | 'transferred' | 'ended',
) => ({ type: 'revoked', interaction: id('c1'), epoch, role, reason }) as const;

function comes(name: string, role: MemberRole, epoch = 2): Told[] {
  return [chat('c1', joined(name, role, epoch)), agent(name, granted(epoch, role))];
}

const aside = (colleague: string, text = 'May I refund it?'): Command => ({
  type: 'post-side',
  interaction: id('c1'),
  with: who(colleague),
  text,
});
const ask = (kind: 'consult' | 'join', to: string, note = ''): Command => ({
  type: 'request',
  interaction: id('c1'),
  kind,
  to: who(to),
  note,
});
const giveTo = (to: string, note = ''): Command => ({
  type: 'transfer',
  interaction: id('c1'),
  to: { kind: 'agent', agent: who(to) },
  note,
  draft: '',
  dispositions: [],
});
const said = (author: string, text: string): Told =>
  chat(
    'c1',
    saying(
      {
        type: 'side-message-posted',
        author: { agent: who(author), name: author },
        owner: who('bo'),
        with: who('cy'),
      },
      { text },
    ),
  );

test('HAND-5: owner and consultant talk aside, both ways', () => {
  consulted()
    .when(aside('cy'), by('bo'))
    .thenTells(said('bo', 'May I refund it?'))
    .when(aside('cy', 'Up to 40 €.'), by('cy'))
    .thenTells(said('cy', 'Up to 40 €.'));
});

test('HAND-5: a consultant says nothing to the customer and writes no note, but may leave', () => {
  consulted()
    .when(post('c1'), by('cy'))
    .thenRefused('not-allowed')
    .when({ type: 'add-note', interaction: id('c1'), text: 'Refund' }, by('cy'))
    .thenRefused('not-allowed')
    .when(on('leave', 'c1'), by('cy'))
    .thenTells(
      chat('c1', left('cy', 'consultant', 'left')),
      agent('cy', { ...revoked(2, 'consultant', 'ended'), reason: 'left' }),
    )
    .when(aside('cy'), by('cy'))
    .thenRefused('unknown-interaction')
    .when(aside('cy'), by('bo'))
    .thenRefused('not-inside');
});

test('HAND-5: nobody speaks aside for somebody else, to a guest, or from outside', () => {
  consulted(comes('di', 'guest', 3))
    .when(aside('di'), by('cy'))
    .thenRefused('not-allowed')
    .when(aside('di'), by('bo'))
    .thenRefused('not-inside')
    .when(aside('di'), by('di'))
    .thenRefused('not-allowed')
    .when(aside('cy'), by('eve'))
    .thenRefused('unknown-interaction')
    .when(aside('cy'), byCustomer())
    .thenRefused('not-allowed');
});

test('HAND-5: in one step the consultant is a guest: nobody is asked twice', () => {
  consulted()
    .when(ask('join', 'cy', 'About the refund.'), by('bo'))
    .thenTells(
      chat(
        'c1',
        saying(
          { type: 'note-added', author: { kind: 'agent', agent: who('bo'), name: 'bo' } },
          { text: 'About the refund.' },
        ),
        left('cy', 'consultant', 'role-changed'),
        joined('cy', 'guest', 3, 'consultant'),
      ),
      agent('cy', revoked(2, 'consultant', 'role-changed'), granted(3, 'guest')),
    );
});

test('HAND-5: in one step the consultant is the owner, with the parcel', () => {
  consulted()
    .when(giveTo('cy', 'Refund agreed.'), by('bo'))
    .thenTells(
      chat(
        'c1',
        saying(
          { type: 'transferred', from: who('bo'), to: { kind: 'agent', agent: who('cy') } },
          { note: 'Refund agreed.' },
        ),
        left('cy', 'consultant', 'role-changed'),
        {
          type: 'owner-changed',
          from: who('bo'),
          to: who('cy'),
          name: 'cy',
          epoch: 3,
          reason: 'transferred',
          was: 'consultant',
        },
      ),
      agent('bo', revoked(1, 'owner', 'transferred')),
      agent('cy', revoked(2, 'consultant', 'role-changed'), granted(3, 'owner')),
    );
});

test('HAND-5: who is consulted is not asked for advice again; others are asked as ever', () => {
  consulted()
    .when(ask('consult', 'cy'), by('bo'))
    .thenRefused('already-inside')
    .when(giveTo('di'), by('bo'))
    .when(giveTo('di'), by('bo'))
    .thenRefused('already-asked');
});

test('CAP-3: a consultant with twelve chats takes this one too, since it counts already', () => {
  const others = Array.from({ length: 11 }, (_, n) =>
    agent('cy', {
      type: 'granted',
      interaction: id(`other-${n}`),
      epoch: 1,
      role: 'owner',
      channel: 'chat',
    }),
  );
  const world = givenIn(
    {},
    ready('bo'),
    signedIn('cy'),
    talking('c1', 'bo'),
    comes('cy', 'consultant'),
    others,
  );
  world.when(ask('join', 'cy'), by('bo'));
  world.thenTells(
    chat('c1', left('cy', 'consultant', 'role-changed'), joined('cy', 'guest', 3, 'consultant')),
    agent('cy', revoked(2, 'consultant', 'role-changed'), granted(3, 'guest')),
  );
});
