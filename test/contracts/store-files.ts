import { describe, expect, test } from 'vitest';
import type { FileId, InteractionId } from '../../protocol/ids.ts';
import type { FileLimits, NewEvent, NewFile, Store } from '../../server/store/contract.ts';
import { appendTo, chat, type MadeStore, message, said } from './store-world.ts';

const wide: FileLimits = {
  ...{ openOfOwner: 100, openBytesOfOwner: 1e9, openInAll: 100 },
  ...{ ofInteraction: 100, bytesOfInteraction: 1e9 },
};
const file = (id: string, fields: Partial<NewFile> = {}): NewFile => ({
  id: id as FileId,
  interaction: 'i1' as InteractionId,
  owner: 'customer:ana',
  bytes: 100,
  name: 'Rechnung.pdf',
  at: 1_000,
  ...fields,
});
const idOf = (id: string) => id as FileId;
const ready = { state: 'ready', type: 'application/pdf', name: 'Rechnung.pdf' } as const;
const withFiles = (...ids: string[]): NewEvent => {
  const files = ids.map((id) => ({ id: idOf(id), type: 'application/pdf', bytes: 100 }));
  return { body: { ...said, files } as never, content: { text: 'here' } };
};

async function arrived(store: Store, ...ids: string[]): Promise<void> {
  for (const id of ids) {
    await store.files.create(file(id), wide);
    await store.files.settle(idOf(id), ready);
  }
}

export function fileTests(made: () => MadeStore): void {
  describe('files', () => {
    test('CHAT-6: a file is coming, then ready with its type, and is found after a restart', async () => {
      const { store, reopen } = made();
      expect(await store.files.create(file('f1'), wide)).toBe('created');
      const [coming] = await store.files.byIds([idOf('none'), idOf('f1')]);
      expect(coming).toMatchObject({ ...file('f1'), state: 'coming', type: '', seq: null });
      expect((await store.files.coming('', 5)).map(({ id }) => id)).toEqual(['f1']);
      expect(await store.files.settle(idOf('f1'), ready)).toBe(true);
      expect(await store.files.settle(idOf('f1'), { state: 'refused', refusal: 'too-many' })).toBe(
        false,
      );
      const again = await reopen();
      expect(await again.files.byIds([idOf('f1')])).toMatchObject([{ ...ready, refusal: null }]);
      expect(await again.files.coming('', 5)).toEqual([]);
    });

    test('a refused file keeps why, and nothing that its sender wrote', async () => {
      const { store } = made();
      await store.files.create(file('f1'), wide);
      await store.files.settle(idOf('f1'), { state: 'refused', refusal: 'file-sensitive' });
      expect(await store.files.byIds([idOf('f1')])).toMatchObject([
        { state: 'refused', refusal: 'file-sensitive', name: '' },
      ]);
    });

    test('CHAT-6: a message takes its files with it, each once; a file that another one has is refused and nothing is stored', async () => {
      const { store } = made();
      await arrived(store, 'f1', 'f2');
      const i1 = chat('i1');
      await store.append(appendTo(i1, 0, [message('hello'), withFiles('f1')]));
      expect(await store.files.byIds([idOf('f1')])).toMatchObject([{ seq: 2, name: '' }]);
      expect(await store.append(appendTo(i1, 2, [withFiles('f2', 'f1')]))).toEqual({
        type: 'file-taken',
        file: 'f1',
      });
      expect(await store.files.byIds([idOf('f2')])).toMatchObject([{ seq: null }]);
      expect(await store.read(i1, 2, 10, 1_000)).toEqual([]);
    });

    test('CHAT-6: a file that is coming, refused, unknown or of another interaction goes into no message', async () => {
      const { store } = made();
      await arrived(store, 'f3');
      await store.files.create(file('f1'), wide);
      await store.files.create(file('f2'), wide);
      await store.files.settle(idOf('f2'), { state: 'refused', refusal: 'file-unsafe' });
      for (const [stream, id] of [
        ['i1', 'f1'],
        ['i1', 'f2'],
        ['i1', 'f9'],
        ['i2', 'f3'],
      ] as const)
        expect(await store.append(appendTo(chat(stream), 0, [withFiles(id)]))).toEqual({
          type: 'file-taken',
          file: id,
        });
    });

    test('TRUST-5: more than a limit allows is refused by the name of what is full', async () => {
      const { store } = made();
      const { create } = store.files;
      const [i2, i3] = ['i2', 'i3'] as unknown as readonly [InteractionId, InteractionId];
      const ben = { owner: 'agent:ben' };
      await create(file('f1'), wide);
      expect(await create(file('f2'), { ...wide, openOfOwner: 1 })).toBe('owner');
      expect(await create(file('f2'), { ...wide, openBytesOfOwner: 199 })).toBe('owner');
      expect(await create(file('f2', ben), { ...wide, ofInteraction: 1 })).toBe('interaction');
      expect(await create(file('f2', ben), { ...wide, bytesOfInteraction: 199 })).toBe(
        'interaction',
      );
      const elsewhere = { ...ben, interaction: i2 };
      expect(await create(file('f2', elsewhere), { ...wide, openInAll: 1 })).toBe('all');
      const narrow = { ...wide, openOfOwner: 1, openBytesOfOwner: 100, openInAll: 2 };
      expect(await create(file('f2', elsewhere), narrow)).toBe('created');
      await store.files.settle(idOf('f1'), ready);
      await store.append(appendTo(chat('i1'), 0, [withFiles('f1')]));
      expect(await create(file('f3', { interaction: i3 }), narrow)).toBe('created');
    });

    test('CHAT-6: a file that was refused, or whose message was blanked, weighs nothing any more', async () => {
      const { store } = made();
      const narrow = { ...wide, openBytesOfOwner: 100, bytesOfInteraction: 100 };
      await store.files.create(file('f1'), wide);
      expect(await store.files.create(file('f2'), narrow)).toBe('owner');
      await store.files.settle(idOf('f1'), { state: 'refused', refusal: 'file-unreadable' });
      expect(await store.files.create(file('f2'), narrow)).toBe('created');
      await store.files.settle(idOf('f2'), ready);
      await store.append(appendTo(chat('i1'), 0, [withFiles('f2')]));
      expect(await store.files.create(file('f3'), narrow)).toBe('interaction');
      await store.append(appendTo(chat('i1'), 1, [message('bye')], { blank: [1] }));
      expect(await store.files.create(file('f3'), narrow)).toBe('created');
    });

    test('what no message took is an orphan once it is old; what one holds is not, until its words are blanked', async () => {
      const { store } = made();
      await arrived(store, 'f1', 'f2');
      await store.files.create(file('f3', { at: 5_000 }), wide);
      const orphans = async (before: number) =>
        (await store.files.orphans(before, 10)).map(({ id }) => id);
      await store.append(appendTo(chat('i1'), 0, [withFiles('f1')]));
      expect(await orphans(5_000)).toEqual(['f2']);
      expect(await orphans(5_001)).toEqual(['f2', 'f3']);
      expect(await store.files.forget(idOf('f1'))).toBe(false);
      expect(await store.files.forget(idOf('f2'))).toBe(true);
      expect(await store.files.forget(idOf('f2'))).toBe(false);
      await store.append(appendTo(chat('i1'), 1, [message('bye')], { blank: [1] }));
      expect(await store.files.byIds([idOf('f1')])).toMatchObject([{ state: 'removed' }]);
      expect(await orphans(0)).toEqual(['f1']);
      expect(await store.files.forget(idOf('f1'))).toBe(true);
    });
  });
}
