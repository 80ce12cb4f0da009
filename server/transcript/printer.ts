import { Piscina } from 'piscina';
import type { Letter, Print, PrintJob } from './print-thread.ts';
import type { Manner } from './sheet.ts';
import type { Transcript } from './transcript.ts';

/** Makes files of transcripts, in a thread of its own. */
export type Printer = {
  /** UTF-8. Each rejects with PrinterBusy, or with another Error where it can't be done (a bug). */
  readonly text: (transcript: Transcript, manner: Manner) => Promise<string>;
  readonly pdf: (transcript: Transcript, manner: Manner) => Promise<Uint8Array>;
  readonly letter: (transcript: Transcript, manner: Manner) => Promise<Letter>;
  readonly close: () => Promise<void>;
};

/** So many wait already, or one took too long: try again later. */
export class PrinterBusy extends Error {
  override readonly name = 'PrinterBusy';
}

/** The longest transcript takes 2 s on a slow core; a document that takes this long never ends. */
const PRINT_MS_MAX = 30_000;
/** More than this nobody waits for: at 50 ms each it is 5 s. */
const WAITING_MAX = 100;
/** The fonts take 60 MB; nobody needs them at night. */
const IDLE_MS = 60_000;

export function createPrinter(): Printer {
  const pool = new Piscina<PrintJob, Print>({
    filename: new URL('./print-thread.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    maxQueue: WAITING_MAX,
    idleTimeout: IDLE_MS,
    execArgv: [],
  });
  async function print(as: PrintJob['as'], transcript: Transcript, manner: Manner): Promise<Print> {
    const signal = AbortSignal.timeout(PRINT_MS_MAX);
    try {
      return await pool.run({ as, transcript, manner }, { name: 'print', signal });
    } catch (error) {
      const isFull = (error as Error).message.startsWith('Task queue is at limit');
      if (isFull || signal.aborted) throw new PrinterBusy('too many transcripts are being made');
      throw error;
    }
  }
  return {
    text: (transcript, manner) => print('text', transcript, manner) as Promise<string>,
    pdf: (transcript, manner) => print('pdf', transcript, manner) as Promise<Uint8Array>,
    letter: (transcript, manner) => print('letter', transcript, manner) as Promise<Letter>,
    close: () => pool.destroy(),
  };
}
