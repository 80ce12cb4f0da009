import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where `npm run build` leaves the extension. */
const BUILT = '.output/chrome-mv3';

/**
 * The built extension with the permission for the test's server given beforehand: the browser's own
 * prompt for it can't be answered without a person. Nothing else differs from what ships.
 */
export async function extensionFor(origins: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'deskside-extension-'));
  await cp(BUILT, folder, { recursive: true });
  const file = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  await writeFile(file, JSON.stringify({ ...manifest, host_permissions: origins }));
  return folder;
}
