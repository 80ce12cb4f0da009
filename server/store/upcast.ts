import type { EventBody } from './contract.ts';
import { toVersion2 } from './version-2.ts';

/** Lifts an event's body from one version to the next; it must not change the one it is given. */
export type Upcaster = (body: OldBody) => OldBody;
type OldBody = Readonly<Record<string, unknown>>;

/**
 * Stored events are never rewritten: the upcaster at index i lifts version i + 1 to i + 2
 * whenever an event is read. Append only, one for each step of EVENT_VERSION, each with an event
 * of the old shape in `test/server/store/upcast.test.ts`.
 */
export const upcasters: readonly Upcaster[] = [toVersion2];

/** The body in today's shape. Throws when a newer program wrote it: guessing would lose facts. */
export function upcast(body: unknown, version: number, list = upcasters): EventBody {
  const newest = list.length + 1;
  if (version > newest) {
    throw new Error(`A stored event has version ${version}; this program knows up to ${newest}.`);
  }
  const lifted = list.slice(version - 1).reduce((old, lift) => lift(old), body as OldBody);
  return lifted as unknown as EventBody;
}
