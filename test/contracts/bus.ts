import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AgentId, InteractionId } from '../../protocol/ids.ts';
import type { Bus, Ephemeral } from '../../server/bus/contract.ts';

export type MadeBus = {
  /** One bus for each node; a bus inside of one process has one. */
  readonly nodes: readonly [Bus, ...Bus[]];
  /** What subscribers threw. */
  readonly errors: readonly unknown[];
};

/** What every maker of a bus keeps, besides that it may lose anything. */
export function busContract(name: string, make: () => Promise<MadeBus>): void {
  describe(name, () => {
    let made: MadeBus;
    let bus: Bus;
    beforeEach(async () => {
      made = await make();
      [bus] = made.nodes;
    });
    afterEach(() => Promise.all(made.nodes.map((node) => node.close())));

    test('a nudge is heard by every subscriber of every node, the teller’s own included', async () => {
      const heard = made.nodes.flatMap((node) => [firstNudge(node), firstNudge(node)]);
      bus.nudge(7);
      expect(await Promise.all(heard)).toEqual(heard.map(() => 7));
    });

    test('an ephemeral frame arrives as it was told', async () => {
      const heard = made.nodes.map(firstTelling);
      bus.tell(typing('Ana'));
      expect(await Promise.all(heard)).toEqual(heard.map(() => typing('Ana')));
    });

    test('what one node tells is heard in its order', async () => {
      const heard: string[] = [];
      const last = until(bus, (word) => {
        heard.push(nameOf(word));
        return nameOf(word) === 'last';
      });
      for (const word of ['1', '2', '3', 'last']) bus.tell(typing(word));
      await last;
      expect(heard).toEqual(['1', '2', '3', 'last']);
    });

    test('nudges and ephemeral frames are told apart', async () => {
      let nudges = 0;
      bus.onNudge(() => {
        nudges += 1;
      });
      const heard = firstTelling(bus);
      bus.tell(typing('Ana'));
      await heard;
      expect(nudges).toBe(0);
    });

    test('a subscription that was ended hears nothing any more', async () => {
      let count = 0;
      const end = bus.onTell(() => {
        count += 1;
      });
      const first = firstTelling(bus);
      bus.tell(typing('one'));
      await first;
      end();
      const second = firstTelling(bus);
      bus.tell(typing('two'));
      await second;
      expect(count).toBe(1);
    });

    test('the same function may listen twice, and each of the two ends by itself', async () => {
      let count = 0;
      const hear = () => {
        count += 1;
      };
      const end = bus.onNudge(hear);
      bus.onNudge(hear);
      const first = firstNudge(bus);
      bus.nudge(1);
      await first;
      expect(count).toBe(2);
      end();
      const second = firstNudge(bus);
      bus.nudge(2);
      await second;
      expect(count).toBe(3);
    });

    test('a subscriber that throws is reported and doesn’t keep the others from hearing', async () => {
      bus.onNudge(() => {
        throw new Error('a bug in a subscriber');
      });
      const heard = firstNudge(bus);
      bus.nudge(1);
      expect(await heard).toBe(1);
      expect(made.errors).toEqual([new Error('a bug in a subscriber')]);
    });

    test('a subscriber may tell something while it hears', async () => {
      bus.onNudge(() => bus.tell(typing('echo')));
      const heard = firstTelling(bus);
      bus.nudge(1);
      expect(nameOf(await heard)).toBe('echo');
    });

    test('telling with nobody listening, and telling after the end, are harmless', async () => {
      bus.nudge(1);
      let heard = 0;
      bus.onNudge(() => {
        heard += 1;
      });
      await bus.close();
      bus.nudge(2);
      bus.tell(typing('nobody'));
      bus.onTell(() => {
        heard += 1;
      });
      await bus.close();
      expect(heard).toBe(0);
    });
  });
}

const typing = (name: string): Ephemeral => ({
  type: 'typing',
  interaction: 'i1' as InteractionId,
  by: 'agent',
  agent: 'ana' as AgentId,
  name,
});

const nameOf = (word: Ephemeral) => (word.type === 'typing' ? (word.name ?? '') : '');

const firstNudge = (bus: Bus) => new Promise<number>((resolve) => bus.onNudge(resolve));

const firstTelling = (bus: Bus) => new Promise<Ephemeral>((resolve) => bus.onTell(resolve));

const until = (bus: Bus, enough: (word: Ephemeral) => boolean) =>
  new Promise<void>((resolve) => {
    bus.onTell((word) => {
      if (enough(word)) resolve();
    });
  });
