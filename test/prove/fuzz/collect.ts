import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** `node --import ./test/prove/fuzz/collect.ts …`: garbage is gone every second, so that memory shows what is held. */
const EVERY_MS = 1_000;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
setInterval(() => {
  collect();
  collect();
}, EVERY_MS).unref();
