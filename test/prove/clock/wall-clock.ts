import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LIBRARIES = ['x86_64-linux-gnu', 'aarch64-linux-gnu']
  .map((name) => `/usr/lib/${name}/faketime/libfaketimeMT.so.1`)
  .concat('/usr/lib/faketime/libfaketimeMT.so.1');

/**
 * The machine's clock as one process and all its threads see it, to be put forward and back while
 * it runs. What passes (the monotonic clock) stays what it is.
 */
export function wallClock(folder: string) {
  const library = LIBRARIES.find((one) => existsSync(one));
  if (library === undefined)
    throw new Error('libfaketime is missing: install it (Debian: apt-get install faketime).');
  const file = join(folder, 'wall-clock');
  const put = (seconds: number) => writeFileSync(file, `${seconds < 0 ? '' : '+'}${seconds}\n`);
  put(0);
  return {
    put,
    env: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
  };
}
