import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { openDexieDisk } from '../../desk/disk/dexie/open.ts';
import { memoryDisk } from '../../desk/disk/memory.ts';
import { diskContract } from '../contracts/disk.ts';

diskContract('memory', async () => {
  const { open } = memoryDisk();
  return { open, remove: async () => {} };
});

let made = 0;
diskContract('Dexie', async () => {
  const name = `contract-${made++}`;
  return { open: () => openDexieDisk(name), remove: () => Dexie.delete(name) };
});
