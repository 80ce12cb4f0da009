import { isatty } from 'node:tty';
import type { Log } from '../log.ts';
import type { Running } from '../main.ts';

/** The whole closing takes less than this; systemd would kill after 10 s. */
const CLOSE_MS_MAX = 4_800;

/** SIGTERM and SIGINT close, SIGHUP reads the centre's file anew; a bug ends the process. */
export function obeySignals(running: Running, log: Log): void {
  const wasTerminal = process.stdout.isTTY === true;
  let told = false;

  const close = async (signal: NodeJS.Signals) => {
    if (told) process.exit(1);
    told = true;
    log.info({ signal }, 'closing');
    setTimeout(() => {
      log.error({}, 'closing took too long; what was acknowledged is stored');
      process.exit(1);
    }, CLOSE_MS_MAX);
    await running.close();
    log.info({}, 'closed');
    process.exit(0);
  };
  process.on('SIGTERM', close);
  process.on('SIGINT', close);
  process.on('SIGHUP', (signal) => {
    // The window that it was started in was closed: nobody would see it run on.
    if (wasTerminal && !isatty(1)) return close(signal);
    return running.reload();
  });
  process.on('uncaughtException', (error) => {
    // Everything acknowledged is on the disk, and a process with a bug in it is not to be trusted.
    log.fatal({ error }, 'a bug ended the server');
    process.exit(1);
  });
}
