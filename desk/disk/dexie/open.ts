import type { DeskDisk } from '../contract.ts';
import { createDisk } from '../create-disk.ts';
import { dexieEngine } from './engine.ts';

/** The desk's disk in this browser profile, shared by all contexts of the extension. */
export const openDexieDisk = (name = 'deskside'): DeskDisk => createDisk(dexieEngine(name));
