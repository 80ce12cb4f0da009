/** The server as `npm run dev` watches it. */
import { runServer } from '../main.ts';

// All that main imports has been reported to the watcher by now. The store's threads would report
// theirs over the same line as their answers.
delete process.env.WATCH_REPORT_DEPENDENCIES;
await runServer();
