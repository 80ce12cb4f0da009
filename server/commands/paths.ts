import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where things are in the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));
export const builtExtension = join(root, '.output', 'chrome-mv3');
export const builtWidget = join(root, '.output', 'widget');
export const demoPages = join(root, 'widget', 'demo');
