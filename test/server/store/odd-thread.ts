import { parentPort, workerData } from 'node:worker_threads';
import { serveJobs } from '../../../server/store/sqlite/serve-jobs.ts';
import type { Bug } from '../../../server/store/sqlite/thread-message.ts';

/** A thread that does what its jobs say, also the worst; `starts` counts how often it was started. */
export type OddJob = 'work' | 'die' | 'throw' | 'fail' | 'bug' | 'half';
export type OddData = { readonly starts: Int32Array; readonly startsMax: number };

const { starts, startsMax } = workerData as OddData;

/** As Node does under `--watch`. */
const reportImport = () => parentPort?.postMessage({ 'watch:import': ['file:///odd-thread.ts'] });
reportImport();

serveJobs<OddJob>(() => {
  if (Atomics.add(starts, 0, 1) >= startsMax) throw new Error('no more starts');
  return {
    serve(jobs) {
      reportImport();
      if (jobs.includes('die')) process.exit(3);
      if (jobs.includes('throw')) throw new Error('a bug in the thread');
      if (jobs.includes('fail')) return { send: ['failed', 'bad weather'] };
      const bugs = jobs.flatMap((job, index): Bug[] => (job === 'bug' ? [[index, 'bug']] : []));
      const reached = jobs.includes('half') ? Math.ceil(jobs.length / 2) : jobs.length;
      const answers = jobs.slice(0, reached).map((job) => `${job} of ${jobs.length}`);
      return { send: ['answers', answers, bugs.filter(([index]) => index < reached)] };
    },
    close: () => void Atomics.store(starts, 1, 1),
  };
});
