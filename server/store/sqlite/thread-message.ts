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

export type Bug = readonly [index: number, message: string];
