/** `npm start`: builds what needs building, then runs the server until it is told to stop. */
import { runServer } from '../main.ts';
import { buildWhatIsNeeded } from './build.ts';
import { orExit } from './or-exit.ts';

await orExit(() => buildWhatIsNeeded((text) => process.stdout.write(text)));
await runServer();
