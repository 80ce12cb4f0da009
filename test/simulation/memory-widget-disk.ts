import type { WidgetDisk } from '../../widget/chat/disk.ts';
import { createMemoryDrive } from '../../widget/chat/memory-disk.ts';

/**
 * A customer's browser for simulations: what its tabs share survives them. `open` gives a tab its
 * handle; closing it (or crashing: the same, without asking the link) passes its turn on. `before`
 * runs ahead of every write and may delay it or, by rejecting, fail it.
 */
export function createMemoryWidgetDisk(before?: () => Promise<void>): {
  readonly open: () => WidgetDisk;
} {
  return createMemoryDrive(before);
}
