/** To a thread: jobs, answered in their order by one `answers` or `failed`; or the end. */
export type ToThread<Job> = readonly Job[] | 'close';

export type FromThread =
  | readonly [type: 'ready']
  /** It could not start: the name and the message of the error. */
  | readonly [type: 'refused', name: string, message: string]
  /**
   * Fewer answers than jobs: the others are asked again. A bug is a job that can't be done
   * whatever the weather.
   */
  | readonly [type: 'answers', answers: readonly unknown[], bugs: readonly Bug[]]
  /** Nothing is known of any job of this batch. */
  | readonly [type: 'failed', reason: string];

/** Node itself may send over the same line: under `--watch` a thread reports what it imports. */
export const isFromThread = (message: unknown): message is FromThread =>
  Array.isArray(message) && types.includes(message[0]);

const types: readonly unknown[] = [
  'ready',
  'refused',
  'answers',
  'failed',
] satisfies FromThread[0][];

export type Bug = readonly [index: number, message: string];
