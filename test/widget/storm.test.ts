import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CustomerLink } from '../../widget/chat/link.ts';
import { accepted, marta, queue } from './world/talking.ts';
import { createWorld } from './world/world.ts';

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('post' as const), tab: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('answer' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cut' as const), works: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reload' as const), tab: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('start' as const), tab: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('refuse' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('some' as const), frames: fc.nat(6) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.nat(20_000) }) },
);

const shownBy = (tab: CustomerLink) => {
  const { talk, pending } = tab.state();
  expect(pending).toEqual([]);
  return talk?.entries.flatMap((entry) => (entry.kind === 'message' ? [entry.text] : [])) ?? [];
};

test('TRUST-1: whatever is cut, reloaded and refused, every message is stored once, in the order of its tab, and every tab shows the same', async () => {
  const seen = { reconnected: 0, repeated: 0, reloaded: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
      const world = createWorld();
      const tabs = [await world.openTab(), await world.openTab(), await world.openTab()];
      tabs[0]!.start({ queue, language: 'en' });
      await world.settle();
      world.door.append(accepted);
      const written: { readonly tab: number; readonly text: string }[] = [];
      for (const one of steps) {
        if (one.do === 'post') {
          const text = `${written.length}`;
          if (tabs[one.tab]!.post(text)) written.push({ tab: one.tab, text });
        } else if (one.do === 'answer') {
          world.door.append({ type: 'message-posted', author: marta }, 'a');
        } else if (one.do === 'cut') world.network(one.works);
        else if (one.do === 'reload') {
          // What is on its way to the disk gets there: a browser waits for a strict write.
          await world.disks();
          tabs[one.tab]!.close();
          tabs[one.tab] = await world.openTab();
          seen.reloaded++;
        } else if (one.do === 'start') tabs[one.tab]!.start({ queue, language: 'en' });
        else if (one.do === 'refuse') world.door.refuseNext('try-later', 700);
        else if (one.do === 'some') await world.deliver(one.frames);
        else await world.pass(one.ms);
      }
      world.network(true);
      await world.pass(60_000);
      const { events } = world.door.rooms[0]!;
      const said = events.filter(({ event }) => event.type === 'message-posted');
      const stored = said.map(({ content }) => content?.text);
      const own = stored.filter((text) => text !== 'a');
      expect([...own].sort()).toEqual(written.map(({ text }) => text).sort());
      for (const tab of [0, 1, 2]) {
        const ofTab = new Set(written.filter((one) => one.tab === tab).map(({ text }) => text));
        const order = own.filter((text) => ofTab.has(text ?? '')).map(Number);
        expect(order).toEqual([...order].sort((a, b) => a - b));
      }
      for (const tab of tabs) expect(shownBy(tab)).toEqual(stored);
      expect(world.door.rooms).toHaveLength(1);
      seen.reconnected += world.knocks.length - 3;
      const ids = world.door.commands().map(({ id }) => id);
      seen.repeated += ids.length - new Set(ids).size;
    }),
    { numRuns: 150 },
  );
  expect(seen.reconnected).toBeGreaterThan(100);
  expect(seen.repeated).toBeGreaterThan(10);
  expect(seen.reloaded).toBeGreaterThan(100);
}, 60_000);
