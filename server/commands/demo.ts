/** `npm run demo`: `npm start`, and a Chromium with the extension, a CRM page and the shop side by side. */
import { join } from 'node:path';
import { runServer } from '../main.ts';
import { DEMO_PASSWORD } from '../people/accounts.ts';
import { buildWhatIsNeeded } from './build.ts';
import { findChromium } from './find-chromium.ts';
import { openDemo } from './open-demo.ts';
import { orExit } from './or-exit.ts';
import { builtExtension } from './paths.ts';

await orExit(() => buildWhatIsNeeded((text) => process.stdout.write(text)));
const { settings, url, centre } = await runServer();
const executablePath = findChromium();
const missing = whatIsMissing();

if (settings.centre !== null) {
  say('The demo’s pages belong to the demo’s centre: start it without CENTRE.');
} else if (missing !== null || executablePath === null) {
  say(`No browser is opened: ${missing}.`);
  say(`The server runs; open ${url}/demo as a customer, and load the extension as said above.`);
} else {
  const profile = join(settings.dataDir, 'demo-browser');
  const windows = { url, executablePath, extension: builtExtension, profile };
  try {
    const context = await openDemo(windows);
    context.on('close', () => say('The browser was closed; the server goes on. Ctrl+C ends it.'));
    const [agent] = centre.agents;
    say('Left: the agent’s CRM page. Click the Deskside icon in its toolbar; the panel opens.');
    say(`Sign in there to ${url} as ${agent?.email}, password ${DEMO_PASSWORD}.`);
    say('Right: the shop. Open the chat in its corner and write as a customer.');
  } catch (error) {
    const [reason] = (error as Error).message.split('\n');
    say(`No browser is opened: ${executablePath} did not start (${reason}).`);
    say(`The server runs; open ${url}/demo as a customer, and load the extension as said above.`);
  }
}

function whatIsMissing(): string | null {
  const { DISPLAY, WAYLAND_DISPLAY, CHROMIUM_PATH } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) {
    return 'there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set)';
  }
  if (executablePath !== null) return null;
  return CHROMIUM_PATH
    ? `CHROMIUM_PATH is ${CHROMIUM_PATH}, which is no program`
    : 'there is no Chromium here (install one, or set CHROMIUM_PATH)';
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
