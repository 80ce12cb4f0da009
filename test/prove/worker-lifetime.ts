import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import { demoCentre, loadCentre } from '../../server/centre/load-centre.ts';
import { DEMO_PASSWORD } from '../../server/people/accounts.ts';
import { deskBrowser } from '../e2e/desk-browser.ts';
import { extensionFor } from '../e2e/extension.ts';
import { panelOn } from '../e2e/panel.ts';
import { realServer } from '../e2e/real-server.ts';
import { unattended } from '../e2e/unattended.ts';
import { until } from '../e2e/until.ts';
import type { Verdict } from './verdict.ts';
import { watchDoor } from './watch-door.ts';

/** Starting up, connecting and the first alarm aren't idleness. */
const SETTLE_MS = 20_000;
const CPU_SHARE_MAX = 0.005;

/**
 * The worker of an agent who is ready and idle, in a browser that nobody is attached to, watched
 * from outside. Beside it runs the worker of another extension, which holds a socket and says
 * nothing: Chrome must stop that one, else this proves nothing.
 */
export async function workerLifetime({ minutes }: { minutes: number }): Promise<Verdict[]> {
  const ending: (() => Promise<unknown>)[] = [];
  try {
    const profile = await mkdtemp(join(tmpdir(), 'deskside-profile-'));
    ending.unshift(() => rm(profile, { recursive: true, force: true }));
    const server = await realServer();
    ending.unshift(server.remove);
    const door = await watchDoor(server.url);
    ending.unshift(door.close);
    await signInAndGoReady(profile, door.url);

    const silent = await silentWorker();
    ending.unshift(silent.close);
    const extension = await extensionFor(['http://127.0.0.1/*']);
    ending.unshift(() => rm(extension, { recursive: true, force: true }));
    const before = door.opened();
    const browser = await unattended(profile, [extension, silent.folder]);
    ending.unshift(browser.close);
    await until('the desk to connect', () => door.open() === 1 && door.opened() > before);
    await pause(SETTLE_MS);

    const from = { opened: door.opened(), at: Date.now(), seconds: browser.extensionSeconds() };
    await pause(minutes * 60_000);
    const again = door.opened() - from.opened;
    const stoppedMs = silent.stoppedMs();
    // The silent one's process may have ended with its worker; what still runs is ours.
    const used = [...browser.extensionSeconds()].map(
      ([pid, seconds]) => seconds - (from.seconds.get(pid) ?? 0),
    );
    const share = used.reduce((sum, one) => sum + one, 0) / ((Date.now() - from.at) / 1000);
    const n = `${minutes} min`;
    return [
      {
        claim: 'Chrome does not stop the worker of an agent who is ready and idle',
        n,
        seed: '-',
        holds: door.open() === 1 && again === 0 && stoppedMs !== null,
        seen: `connected anew ${again} ×; a silent worker was ${stoppedMs === null ? 'never stopped' : `stopped after ${Math.round(stoppedMs / 1000)} s`}`,
      },
      {
        claim: 'idle and ready, the worker takes ≤ 0.5 % of a processor',
        n,
        seed: '-',
        holds: used.length > 0 && share <= CPU_SHARE_MAX,
        seen: `${(share * 100).toFixed(2)} %`,
      },
    ];
  } finally {
    for (const end of ending) await end();
  }
}

async function signInAndGoReady(profile: string, server: string): Promise<void> {
  const desk = await deskBrowser(profile);
  try {
    const panel = panelOn(await desk.openPanel());
    const maya = (await loadCentre(demoCentre)).agent('maya');
    await panel.signIn(server, maya?.email ?? '', DEMO_PASSWORD);
    await panel.goReady();
  } finally {
    await desk.close();
  }
}

/** An extension that opens a socket and never says a word on it. */
async function silentWorker() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  let stoppedMs: number | null = null;
  server.on('connection', (socket) => {
    const since = Date.now();
    socket.on('close', () => {
      stoppedMs ??= Date.now() - since;
    });
  });
  const folder = await mkdtemp(join(tmpdir(), 'deskside-silent-'));
  const { port } = server.address() as AddressInfo;
  const manifest = {
    manifest_version: 3,
    name: 'Silent',
    version: '1',
    minimum_chrome_version: '116',
    background: { service_worker: 'worker.js' },
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(
    join(folder, 'worker.js'),
    `self.socket = new WebSocket('ws://127.0.0.1:${port}');`,
  );
  return {
    folder,
    stoppedMs: () => stoppedMs,
    close: async () => {
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
