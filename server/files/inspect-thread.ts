import { parentPort, workerData } from 'node:worker_threads';
import { redact } from '../../guard/redact.ts';
import { stepBack } from '../step-back.ts';
import { type Inspected, inspect } from './inspect.ts';

stepBack();
const file = workerData as Inspected;
const policy = { entities: file.guard, patterns: [] };

/** Looks through one file, says what was found, and ends. GUARD-1: a file can't be masked, so what would be is dropped. */
parentPort?.postMessage(await inspect(file, (text) => redact(text, policy).found.length > 0));
