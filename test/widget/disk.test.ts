import 'fake-indexeddb/auto';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { CommandId, InteractionId, QueueId } from '../../protocol/ids.ts';
import type { OutboxCommand, OutboxRow, WidgetDisk } from '../../widget/chat/disk.ts';
import { openIndexedDisk } from '../../widget/chat/indexed-disk.ts';
import { createMemoryDrive } from '../../widget/chat/memory-disk.ts';

const interaction = 'talk-1' as InteractionId;
const id = (name: string) => name.padEnd(16, '-') as CommandId;
const row = (name: string, command: OutboxCommand): OutboxRow => ({
  id: id(name),
  command,
  at: 1,
  failed: null,
});
const post = (name: string, inside: InteractionId | null = interaction) =>
  row(name, { type: 'post', interaction: inside, text: name });
const start = row('start', { type: 'start', queue: 'q' as QueueId, language: 'en' });
const names = async (disk: WidgetDisk) =>
  (await disk.rows()).map(({ command }) => (command.type === 'post' ? command.text : command.type));

let sites = 0;
/** Two tabs of one browser. */
const makers: Record<string, () => Promise<readonly [WidgetDisk, WidgetDisk]>> = {
  memory: async () => {
    const drive = createMemoryDrive();
    return [drive.open(), drive.open()];
  },
  indexed: async () => {
    const site = `site-${++sites}`;
    return [await openIndexedDisk(site), await openIndexedDisk(site)];
  },
};

describe.each(Object.entries(makers))('the %s disk', (_, open) => {
  test('gives two tabs that ask at once the same secret, and keeps it', async () => {
    const [one, two] = await open();
    const secrets = await Promise.all([one.secret('a'), two.secret('b')]);
    expect(new Set(secrets).size).toBe(1);
    expect(await two.secret('c')).toBe(secrets[0]);
  });

  test('keeps rows in the order in which they were written, for every tab', async () => {
    const [one, two] = await open();
    for (const name of ['c', 'a', 'b']) await one.add(post(name));
    expect(await names(two)).toEqual(['c', 'a', 'b']);
  });

  test('replaces a failed row by its second try in one step, at the end', async () => {
    const [one] = await open();
    for (const name of ['a', 'b']) await one.add(post(name));
    await one.fail(id('a'), 'text-too-long');
    expect((await one.rows())[0]?.failed).toBe('text-too-long');
    await one.add(post('a2'), id('a'));
    expect(await names(one)).toEqual(['b', 'a2']);
  });

  test('gives what waited its interaction and takes the start away, in one step', async () => {
    const [one] = await open();
    for (const each of [start, post('a', null), post('b')]) await one.add(each);
    await one.place('talk-2' as InteractionId, start.id);
    const commands = (await one.rows()).map(({ command }) => command);
    expect(commands).toMatchObject([{ interaction: 'talk-2' }, { interaction: 'talk-1' }]);
  });

  test('takes away, fails or replaces what is gone already without a word', async () => {
    const [one] = await open();
    await one.remove(id('none'));
    await one.fail(id('none'), 'not-allowed');
    await one.add(post('a'), id('none'));
    expect(await names(one)).toEqual(['a']);
  });

  test('remembers how far the customer has read', async () => {
    const [one, two] = await open();
    expect(await one.readUpTo()).toBeNull();
    await one.setReadUpTo({ interaction, seq: 7 });
    expect(await two.readUpTo()).toEqual({ interaction, seq: 7 });
  });

  test('tells every tab of a change until it doesn’t want to hear of it', async () => {
    const [one, two] = await open();
    let heard = 0;
    const told = new Promise<void>((resolve) => {
      two.onChange(resolve);
    });
    const end = one.onChange(() => heard++);
    await one.add(post('a'));
    await told;
    end();
    await one.add(post('b'));
    expect(heard).toBe(1);
  });

  test('has one tab send at a time; the next gets its turn when that one closes', async () => {
    const [one, two] = await open();
    const turns: Record<string, boolean> = {};
    const wait = async (until: () => boolean) => {
      while (!until()) await setImmediate();
    };
    one.takeTurn((held) => Object.assign(turns, { one: held }), false);
    await wait(() => turns.one === true);
    two.takeTurn((held) => Object.assign(turns, { two: held }), false);
    await setImmediate();
    expect(turns).toEqual({ one: true });
    two.takeTurn((held) => Object.assign(turns, { two: held }), true);
    await wait(() => turns.two === true && turns.one === false);
    two.close();
    await wait(() => turns.one === true);
  });
});
