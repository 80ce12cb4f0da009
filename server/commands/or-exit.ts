import { StartError } from '../settings.ts';

/** What is in the way is said in one line, and the process ends with its code; bugs are thrown. */
export async function orExit<T>(start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(`Deskside can’t start. ${error.message}\n`);
    process.exit(error.exitCode);
  }
}
