import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DetailedError, Upload } from 'tus-js-client';
import { onTestFinished } from 'vitest';
import { createLog } from '../../../server/log.ts';
import { startServer } from '../../../server/main.ts';
import { readSettings } from '../../../server/settings.ts';
import { statusCommand } from '../../channels.ts';
import { type Door, event, openDoor } from '../main/door.ts';

/** A customer or an agent at both doors: a socket, and a header for the files. */
export type Person = { readonly door: Door; readonly headers: { readonly Authorization: string } };

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'deskside-files-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The whole server with the demo's centre, in this process. */
export async function server(env: Readonly<Record<string, string>> = {}) {
  const dataDir = temporaryFolder();
  const settings = readSettings({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...env });
  const running = await startServer(settings, createLog('silent'));
  onTestFinished(running.close);
  return { url: running.url, dataDir };
}

let customers = 0;

export async function customer(
  url: string,
  secret = `ana-${++customers}`.padEnd(43, '-'),
): Promise<Person> {
  const door = await openDoor(url, '/customer');
  door.send({ type: 'hello', protocol: 2, secret, site: 'demo', cursor: null });
  await door.hears((frame) => (frame.type === 'welcome' ? frame : undefined));
  return { door, headers: { Authorization: `Secret ${secret}` } };
}

export async function agent(url: string, name: string): Promise<Person> {
  const answer = await fetch(`${url}/api/sign-in`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: `${name}@harbourpine.example`, password: 'deskside-demo' }),
  });
  const { accessToken: token } = (await answer.json()) as { accessToken: string };
  const door = await openDoor(url, '/agent');
  const hello = { desk: `desk-of-${name}`, claim: true, agentSeq: 0, cursors: [] };
  door.send({ type: 'hello', protocol: 2, token, ...hello });
  await door.hears((frame) => (frame.type === 'welcome' ? frame : undefined));
  return { door, headers: { Authorization: `Bearer ${token}` } };
}

/** A customer who waits; says the interaction. */
export async function waits({ door }: Person): Promise<string> {
  const started = await door.command({ type: 'start', queue: 'delivery', language: 'en' });
  return String(started.stream).slice('interaction:'.length);
}

/** A customer and an agent who talk; says the interaction. */
export async function talk(who: Person, { door }: Person): Promise<string> {
  await door.command(statusCommand('ready'));
  const interaction = await waits(who);
  const { offer } = await door.hears(event('offer-made'));
  await door.command({ type: 'offer-shown', interaction, offer });
  await door.command({ type: 'accept', interaction, offer });
  return interaction;
}

export type Sending = {
  readonly interaction: string;
  readonly name?: string;
  readonly chunkSize?: number;
  /** Goes on with what was begun. */
  readonly uploadUrl?: string | null;
  readonly onProgress?: (sent: number) => void;
  readonly onChunkComplete?: (sent: number, bytes: number) => void;
  readonly hear?: (upload: Upload) => void;
};

/** Sends a file as a real client does; says its id, or the refusal. */
export function send(
  url: string,
  { headers }: Pick<Person, 'headers'>,
  bytes: Buffer,
  { interaction, name = 'file.txt', hear, chunkSize = 1024 * 1024, ...rest }: Sending,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const upload = new Upload(bytes, {
      endpoint: `${url}/files`,
      headers,
      chunkSize,
      metadata: { interaction, name },
      retryDelays: null,
      ...rest,
      onSuccess: () => resolve(idOf(upload.url)),
      onError: (error) => {
        const body = error instanceof DetailedError ? error.originalResponse?.getBody() : null;
        if (body) resolve((JSON.parse(body) as { refusal: string }).refusal);
        else reject(error);
      },
    });
    hear?.(upload);
    upload.start();
  });
}

export const idOf = (url: string | null): string => (url ?? '').split('/').at(-1) ?? '';

export const post = (interaction: string, files: readonly string[], text = '') => ({
  ...{ type: 'post', interaction, text, files },
});

export const get = (
  url: string,
  { headers }: Pick<Person, 'headers'>,
  id: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Response> => fetch(`${url}/files/${id}`, { headers: { ...headers, ...more } });

/** What an answer refuses, with its status. */
export const refusedBy = async (answer: Response): Promise<readonly [number, unknown]> => [
  answer.status,
  ((await answer.json()) as { refusal?: unknown }).refusal,
];

/** A PNG of one pixel. */
export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
