import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Centre, createCentre } from './centre.ts';
import { CentreError } from './centre-error.ts';
import { parseCentre } from './parse-centre.ts';
import type { CentreFile } from './schema.ts';

/** A believable company to try everything with. */
export const demoCentre = fileURLToPath(new URL('./demo.yaml', import.meta.url));

/** Ten thousand agents take about 2 MiB; more is another file. */
const BYTES_MAX = 8 * 1024 * 1024;

/** @throws CentreError, one line that names the file, the place and what was expected there. */
export async function loadCentre(path: string): Promise<Centre> {
  return createCentre(await readCentreFile(path));
}

/** @throws CentreError */
export async function readCentreFile(path: string): Promise<CentreFile> {
  return parseCentre(await textOf(path), path);
}

async function textOf(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : `it can’t be read (${code})`;
    throw new CentreError(`${path}: ${why}; CENTRE must name the centre’s file.`);
  }
  if (bytes.length > BYTES_MAX) {
    throw new CentreError(`${path}: the centre’s file must not be larger than ${BYTES_MAX} bytes.`);
  }
  return bytes.toString('utf8');
}
