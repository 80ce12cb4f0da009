import type { Reloaded } from '../centre/reload.ts';
import type { Log } from '../log.ts';

/** An operator who sent a signal looks there for what came of it. */
export function loggedReload(reload: () => Promise<Reloaded>, log: Log): () => Promise<Reloaded> {
  return async () => {
    const done = await reload();
    if (done.type === 'in-force') log.info({}, 'the centre’s file was read anew');
    else log.warn({ why: done.why }, 'the centre’s file was not taken; the set-up stays');
    return done;
  };
}
