import type { DeskDisk } from './contract.ts';
import { draftsDisk } from './drafts.ts';
import type { Engine } from './engine.ts';
import { inboundDisk } from './inbound.ts';
import { outboxDisk } from './outbox.ts';
import { sessionDisk } from './session.ts';
import { viewsDisk } from './views.ts';

/** The desk's disk on a maker's engine. */
export const createDisk = (engine: Engine): DeskDisk => ({
  ...sessionDisk(engine),
  ...inboundDisk(engine),
  ...outboxDisk(engine),
  ...draftsDisk(engine),
  ...viewsDisk(engine),
  close: engine.close,
});
