import { describe, expect, test } from 'vitest';
import { commandsIn, linkWorld, settled, type WorldOptions } from './link-world.ts';
import {
  agentPart,
  chat1,
  emptySnapshot,
  facts,
  offer1,
  offerEnded,
  offerMade,
  T,
} from './parts.ts';

/** Welcomed, with what follows a snapshot out of the way. */
async function liveWorld(options: WorldOptions = {}) {
  const world = await linkWorld(options);
  await world.welcomed();
  await world.batch(1, agentPart(0, { type: 'can-show' }));
  const before = world.socket().sent.length;
  const sent = () =>
    world
      .socket()
      .sent.slice(before)
      .flatMap((frame) => (frame.type === 'command' ? [frame.command] : []));
  return { ...world, sent };
}

const shown = { type: 'offer-shown', interaction: chat1, offer: offer1 } as const;

describe('showing offers', () => {
  test('OFFER-4: the server hears that an offer is shown when it is on the disk and rings', async () => {
    const seen: string[] = [];
    const world = await liveWorld({
      show: async (offers) => {
        for (const { offer } of offers) seen.push(offer);
        return true;
      },
    });
    await world.batch(2, agentPart(1, offerMade()));
    expect(seen).toEqual([offer1]);
    expect(world.sent()).toEqual([shown]);
    expect(await world.disk.offers()).toHaveLength(1);
  });

  test('OFFER-4: nothing is told as long as nobody can notice it', async () => {
    let ring: (can: boolean) => void = () => {};
    const world = await liveWorld({
      show: (offers) =>
        offers.length === 0
          ? Promise.resolve(true)
          : new Promise((resolve) => {
              ring = resolve;
            }),
    });
    await world.batch(2, agentPart(1, offerMade()));
    expect(world.sent()).toEqual([]);
    ring(true);
    await settled();
    expect(world.sent()).toEqual([shown]);
  });

  test('OFFER-4: where nothing can ring, nothing is told', async () => {
    const world = await liveWorld({ show: async (offers) => offers.length === 0 });
    await world.batch(2, agentPart(1, offerMade()));
    expect(world.sent()).toEqual([]);
  });

  test('OFFER-4: after an offer that was not shown the desk tells that it can show one again', async () => {
    const world = await liveWorld({ show: async (offers) => offers.length === 0 });
    await world.batch(2, agentPart(1, offerMade()));
    await world.batch(3, agentPart(2, offerEnded('not-shown')));
    expect(world.sent()).toEqual([{ type: 'can-show' }]);
    await world.batch(4, agentPart(3, { type: 'can-show' }));
    await world.restart();
    await world.welcomed({ snapshot: null });
    expect(commandsIn(world.socket())).toEqual([]);
  });

  test('TRUST-2: told again after a cut or a restart, it is the same command', async () => {
    const world = await liveWorld();
    await world.batch(2, agentPart(1, offerMade()));
    const [, first] = commandsIn(world.socket());
    await world.socket().close(1006);
    await world.advance(300);
    await world.welcomed({ snapshot: null });
    expect(commandsIn(world.socket())).toEqual([first]);
    await world.restart();
    await world.welcomed({ snapshot: null });
    expect(commandsIn(world.socket())).toEqual([first]);
  });

  test('an offer that is over is not told any more', async () => {
    const world = await liveWorld();
    await world.batch(2, agentPart(1, offerMade()));
    await world.socket().close(1006);
    await world.advance(300);
    await world.welcomed({ snapshot: emptySnapshot(5) });
    await world.batch(1, agentPart(5, { type: 'can-show' }));
    await world.socket().close(1006);
    await world.advance(600);
    await world.welcomed({ snapshot: null });
    expect(commandsIn(world.socket())).toEqual([]);
    expect(world.shown.at(-1)).toEqual([]);
  });

  test('an offer of a snapshot rings too, and is told unless the server knows', async () => {
    const world = await linkWorld();
    const open = { ...facts(), answerBy: null, content: { name: 'Lee' }, cutAt: null };
    await world.welcomed({ snapshot: { ...emptySnapshot(4), offers: [open] } });
    expect(world.shown.at(-1)).toHaveLength(1);
    expect(commandsIn(world.socket())).toContain('offer-shown-offer-1');
    await world.batch(1, agentPart(4, { type: 'offer-shown', offer: offer1, answerBy: T + 9_000 }));
    await world.restart();
    await world.welcomed({ snapshot: null });
    expect(commandsIn(world.socket())).not.toContain('offer-shown-offer-1');
    expect(world.shown.at(-1)).toHaveLength(1);
  });
});
