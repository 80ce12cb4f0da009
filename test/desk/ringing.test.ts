import { describe, expect, test } from 'vitest';
import { answerOffer } from '../../desk/background/answer.ts';
import { atMostEvery } from '../../desk/background/at-most-every.ts';
import { badgeOf, badgeState } from '../../desk/background/badge-state.ts';
import { type Bell, createRinging } from '../../desk/background/ringing.ts';
import { memoryDisk } from '../../desk/disk/memory.ts';
import type { OfferId } from '../../protocol/ids.ts';
import { heldClock } from './held-clock.ts';
import { settled } from './link-world.ts';
import {
  accepted,
  account,
  agentPart,
  chat1,
  chat2,
  commandId,
  fromCustomer,
  granted,
  interactionPart,
  offer1,
  offerEnded,
  offerMade,
  started,
  T,
  welcome,
} from './parts.ts';

const offer2 = 'offer-2' as OfferId;

/** A bell that writes down what it is told. */
async function bellUnderTest(fails: Partial<Bell> = {}) {
  const told: string[] = [];
  const troubles: string[] = [];
  const tell = (what: string) => async () => void told.push(what);
  const clock = heldClock(T);
  const disk = memoryDisk().open();
  await disk.signIn(account);
  await disk.applyWelcome(welcome());
  await disk.setTime({ serverNow: T, at: T });
  const ringing = createRinging(
    {
      blink: (on) => tell(on ? 'blinks' : 'blinks no more')(),
      sound: (on) => tell(on ? 'sounds' : 'is silent')(),
      notify: ({ offer }, queue) => tell(`shows ${offer} of ${queue}`)(),
      unnotify: (offer) => tell(`hides ${offer}`)(),
      ...fails,
    },
    clock,
    (what) => troubles.push(what),
  );
  const follow = async () => ringing.follow(await disk.overview());
  const news = () => told.splice(0);
  return { clock, disk, follow, news, troubles };
}

describe('ringing', () => {
  test('OFFER-3: an offer blinks, sounds and is notified once, until it is over', async () => {
    const { disk, follow, news } = await bellUnderTest();
    await disk.applyBatch([agentPart(0, offerMade())]);
    await follow();
    expect(news()).toEqual(['blinks', 'sounds', 'shows offer-1 of Billing']);
    await disk.applyBatch([
      agentPart(1, { type: 'offer-shown', offer: offer1, answerBy: T + 45_000 }),
    ]);
    await follow();
    expect(news()).toEqual([]);
    await disk.applyBatch([agentPart(2, offerEnded('rescinded'))]);
    await follow();
    expect(news()).toEqual(['blinks no more', 'is silent', 'hides offer-1']);
  });

  test('OFFER-3: it is silent as soon as it is answered here, and rings again when that is refused', async () => {
    const { clock, disk, follow, news } = await bellUnderTest();
    await disk.applyBatch([agentPart(0, offerMade())]);
    await follow();
    news();
    await answerOffer(disk, clock, () => commandId(1), offer1, 'accept');
    await follow();
    expect(news()).toEqual(['blinks no more', 'is silent', 'hides offer-1']);
    await disk.refuse(commandId(1), 'not-routable');
    await follow();
    expect(news()).toEqual(['blinks', 'sounds', 'shows offer-1 of Billing']);
  });

  test('a bell that a stopped worker has left on is silenced', async () => {
    const { follow, news } = await bellUnderTest();
    await follow();
    expect(news()).toEqual(['blinks no more', 'is silent']);
    await follow();
    expect(news()).toEqual([]);
  });

  test('two offers have two notifications and one sound', async () => {
    const { disk, follow, news } = await bellUnderTest();
    await disk.applyBatch([agentPart(0, offerMade(), offerMade(offer2, chat2))]);
    await follow();
    expect(news()).toEqual([
      'blinks',
      'sounds',
      'shows offer-1 of Billing',
      'shows offer-2 of Billing',
    ]);
    await disk.applyBatch([agentPart(2, offerEnded('expired'))]);
    await follow();
    expect(news()).toEqual(['hides offer-1']);
  });

  test('cut off from the server, it stops by itself when the time to answer is over', async () => {
    const { clock, disk, follow, news } = await bellUnderTest();
    await disk.applyBatch([agentPart(0, offerMade())]);
    await disk.applyBatch([
      agentPart(1, { type: 'offer-shown', offer: offer1, answerBy: T + 20_000 }),
    ]);
    await follow();
    news();
    clock.advance(19_999);
    await settled();
    expect(news()).toEqual([]);
    clock.advance(1);
    await settled();
    expect(news()).toEqual(['blinks no more', 'is silent', 'hides offer-1']);
    expect(clock.waiting()).toBe(0);
  });

  test('OFFER-4: without sound and notification the badge is enough; without the badge it isn’t shown', async () => {
    const no = () => Promise.reject(new Error('not here'));
    const quiet = await bellUnderTest({ sound: no, notify: no });
    await quiet.disk.applyBatch([agentPart(0, offerMade())]);
    await quiet.follow();
    expect(quiet.news()).toEqual(['blinks']);
    expect(quiet.troubles).toEqual(['no sound', 'no notification']);
    const blind = await bellUnderTest({ blink: no });
    await blind.disk.applyBatch([agentPart(0, offerMade())]);
    await expect(blind.follow()).rejects.toThrow('not here');
    await expect(blind.follow()).rejects.toThrow('not here');
  });
});

describe('answering outside of the panel', () => {
  test('OFFER-3: Accept writes the same row as the panel, and the panel comes to it', async () => {
    const { clock, disk } = await bellUnderTest();
    await disk.applyBatch([agentPart(0, offerMade())]);
    await answerOffer(disk, clock, () => commandId(1), offer1, 'accept');
    await answerOffer(disk, clock, () => commandId(2), offer1, 'reject');
    expect(await disk.waiting(0)).toMatchObject([
      { id: commandId(1), command: { type: 'accept', interaction: chat1, offer: offer1 } },
    ]);
    expect(await disk.fact('selected')).toBe(chat1);
  });

  test('a click on an offer that is over does nothing', async () => {
    const { clock, disk } = await bellUnderTest();
    await answerOffer(disk, clock, () => commandId(1), offer1, 'accept');
    expect(await disk.waiting(0)).toEqual([]);
  });
});

test('a burst shows at once and then every 300 ms, its last state included', () => {
  const clock = heldClock(T);
  const shown: number[] = [];
  const show = atMostEvery(300, clock, () => shown.push(clock.now() - T));
  for (let n = 0; n < 8; n++) {
    show();
    clock.advance(100);
  }
  clock.advance(1_000);
  expect(shown).toEqual([0, 300, 600, 900]);
});

describe('the badge', () => {
  test('it counts what nobody has read', async () => {
    const { disk } = await bellUnderTest();
    await disk.setConnection({ state: 'live', downSince: null });
    await disk.applyBatch([
      agentPart(0, granted()),
      interactionPart(chat1, 0, started, accepted, fromCustomer('a'), fromCustomer('b')),
    ]);
    const state = badgeState(await disk.overview());
    expect(state).toEqual({ connection: 'live', status: 'not-ready', unread: 2 });
    expect(badgeOf(state).text).toBe('2');
  });

  const usual = { connection: 'live', status: 'ready', unread: 0 } as const;
  test.each([
    [usual, ' '],
    [{ ...usual, unread: 120 }, '99+'],
    [{ ...usual, status: 'rona' }, '!'],
    [{ ...usual, status: 'refused' }, '!'],
    [{ ...usual, connection: 'connecting', unread: 3 }, '…'],
    [{ ...usual, connection: 'open-elsewhere' }, '!'],
    [{ ...usual, connection: 'signed-out' }, ''],
  ] as const)('%j is %j', (state, text) => {
    expect(badgeOf(state).text).toBe(text);
  });
});
