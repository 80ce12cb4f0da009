import { StoreUnavailable } from '../contract.ts';
import { createJobQueue, type Queued, type QueueLimits } from './job-queue.ts';
import { type Launched, launchThread } from './launch-thread.ts';
import type { FromThread, ToThread } from './thread-message.ts';

/** The main thread's half of a worker thread that does jobs, one batch at a time. */
export type JobThread<Job> = {
  /**
   * The job's answer. All jobs that arrive while a batch is under way go as the next batch; with
   * nothing under way a job goes at once. Rejects with StoreUnavailable when the thread fails,
   * stops or has too many jobs waiting, with another Error when the job itself can't be done.
   */
  readonly ask: (job: Job, weight: number) => Promise<unknown>;
  /** Jobs that are not answered yet. */
  readonly unanswered: () => number;
  /** Finishes what was asked, then ends the thread. */
  readonly close: () => Promise<void>;
};

export type JobThreadOptions = QueueLimits & {
  /** As it is called in warnings. */
  readonly name: string;
  readonly entry: URL;
  readonly data: unknown;
  readonly warn: (message: string) => void;
  /** So many jobs were answered together, so long after they were sent. */
  readonly served?: (jobs: number, ms: number) => void;
};

/**
 *   up ── stopped by itself ──▶ restarting ── ready ──▶ up
 *   │                               └── can't start, or stopped before any answer ──▶ down
 *   └── close ──▶ closing ── all answered ──▶ down
 */
type State = 'up' | 'restarting' | 'closing' | 'down';

/** Starts the thread; rejects when it can't open what it works on. */
export async function startJobThread<Job>(options: JobThreadOptions): Promise<JobThread<Job>> {
  const { name, entry, data, warn, served = () => {} } = options;
  const queue = createJobQueue<Job>(name, options);
  let underWay: Queued<Job>[] = [];
  let sentAt = 0;
  let answered = false;
  let failing = false;
  let thread = await launchThread(name, entry, data);
  let state: State = 'up';
  let restarted = Promise.resolve();
  let closed: Promise<void> | null = null;
  follow(thread);

  function follow({ onMessage, ended }: Launched): void {
    answered = false;
    onMessage(hear);
    void ended.then(stopped);
  }

  function send(): void {
    if (underWay.length > 0 || (state !== 'up' && state !== 'closing')) return;
    underWay = queue.take();
    if (underWay.length > 0) {
      try {
        sentAt = performance.now();
        thread.worker.postMessage(underWay.map(({ job }) => job) satisfies ToThread<Job>);
      } catch (error) {
        // Something in a job can't be copied to another thread: a bug, but no reason to stand still.
        for (const { reject } of underWay.splice(0)) reject(error as Error);
        send();
      }
    } else if (state === 'closing') {
      thread.worker.postMessage('close' satisfies ToThread<Job>);
    }
  }

  function hear(message: FromThread): void {
    const batch = underWay.splice(0);
    answered = true;
    if (message[0] !== 'answers') {
      const reason = message[0] === 'failed' ? message[1] : message[0];
      if (!failing) warn(`${name}: ${reason}`);
      failing = true;
      send();
      rejectAll(batch, `${name}: ${reason}`);
      return;
    }
    if (failing) warn(`${name} works again`);
    failing = false;
    const [, answers, bugs] = message;
    const ms = performance.now() - sentAt;
    queue.putBack(batch.slice(answers.length));
    // The thread gets its next batch before the answers of this one are looked at.
    send();
    for (const [index, why] of bugs) batch[index]?.reject(new Error(`${name}: ${why}`));
    for (const [index, answer] of answers.entries()) batch[index]?.resolve(answer);
    served(answers.length, ms);
  }

  function stopped(cause: string): void {
    const again = state === 'up' && answered;
    if (state === 'up') {
      warn(`${name} stopped (${cause}); ${again ? 'starting it again' : 'giving it up'}`);
    }
    state = again ? 'restarting' : 'down';
    rejectAll(underWay.splice(0), `${name} stopped`);
    if (again) restarted = restart();
    else queue.rejectAll(`${name} stopped`);
  }

  async function restart(): Promise<void> {
    try {
      thread = await launchThread(name, entry, data);
      follow(thread);
      state = 'up';
      send();
    } catch (error) {
      state = 'down';
      queue.rejectAll(`${name} is not running`);
      warn(`${name} can’t be started again: ${(error as Error).message}`);
    }
  }

  async function end(): Promise<void> {
    await restarted;
    if (state === 'up') {
      state = 'closing';
      send();
    }
    await thread.ended;
  }

  return {
    ask(job, weight) {
      if (closed !== null || state === 'down') {
        return Promise.reject(new StoreUnavailable(`${name} is not running`));
      }
      const answer = queue.add(job, weight);
      send();
      return answer;
    },
    unanswered: () => underWay.length + queue.size(),
    close() {
      closed ??= end();
      return closed;
    },
  };
}

function rejectAll(batch: readonly Queued<unknown>[], reason: string): void {
  for (const { reject } of batch) reject(new StoreUnavailable(reason));
}
