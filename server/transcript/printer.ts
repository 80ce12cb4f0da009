import { Piscina } from 'piscina';
import type { Letter, Print, Printed, PrintJob } from './print-thread.ts';
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

/** Waiting included. The longest transcript takes 5 s, 15 s on a busy core. */
const PRINT_MS_MAX = 60_000;
/** More than this nobody waits for: at 75 ms each it is 8 s. */
const WAITING_MAX = 100;
/** The thread takes 200 MB; nobody needs it at night. */
const IDLE_MS = 60_000;

/** The compiler begins with 35 MB, so this is 2,000 entries; the longest transcript adds 110 MB. */
const MEMORY_MAX = 128 * 1024 * 1024;

/** `memoryMax`: bytes; a thread that has taken more for its PDFs ends, and another takes over. */
export function createPrinter(memoryMax = MEMORY_MAX): Printer {
  let pool = createPool();
  let turn: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let isClosed = false;

  async function print(as: PrintJob['as'], transcript: Transcript, manner: Manner): Promise<Print> {
    if (waiting >= WAITING_MAX) throw new PrinterBusy('too many transcripts are being made');
    const signal = AbortSignal.timeout(PRINT_MS_MAX);
    waiting++;
    // One after the other, so that a thread can be replaced between two.
    const printed = turn.then(() => printNow({ as, transcript, manner }, signal));
    turn = printed.catch(() => {}).finally(() => waiting--);
    return printed;
  }

  async function printNow(job: PrintJob, signal: AbortSignal): Promise<Print> {
    if (isClosed) throw new PrinterBusy('no transcripts are made any more');
    try {
      const { print, memory } = await pool.run(job, { name: 'print', signal });
      if (memory > memoryMax) await replace();
      return print;
    } catch (error) {
      if (signal.aborted) throw new PrinterBusy('a transcript took too long');
      await replace();
      throw error;
    }
  }

  async function replace(): Promise<void> {
    await pool.destroy();
    if (!isClosed) pool = createPool();
  }

  return {
    text: (transcript, manner) => print('text', transcript, manner) as Promise<string>,
    pdf: (transcript, manner) => print('pdf', transcript, manner) as Promise<Uint8Array>,
    letter: (transcript, manner) => print('letter', transcript, manner) as Promise<Letter>,
    close: async () => {
      isClosed = true;
      await pool.destroy();
      await turn;
    },
  };
}

const createPool = () =>
  new Piscina<PrintJob, Printed>({
    filename: new URL('./print-thread.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
    execArgv: [],
  });
