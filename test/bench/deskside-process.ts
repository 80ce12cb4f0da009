import { createLog } from '../../server/log.ts';
import { type Running, startServer } from '../../server/main.ts';
import { readSettings } from '../../server/settings.ts';
import { reportOnRequest, tellParent } from './process-figures.ts';

/**
 * `node deskside-process.ts DATA_DIR CENTRE`: Deskside as it runs everywhere, with its limits,
 * marks and routing. Nothing is said on its log but what went wrong.
 */
const [dataDir, centre] = process.argv.slice(2);
const settings = readSettings({ PORT: '0', DATA_DIR: dataDir, CENTRE: centre });
let running: Running | null = null;
// Threads write their profiles only when they end by themselves.
reportOnRequest(async () => running?.close());
try {
  running = await startServer(settings, createLog('warn'));
  tellParent({ type: 'ready', port: Number(new URL(running.url).port) });
} catch (error) {
  tellParent({ type: 'failed', why: (error as Error).message });
}
