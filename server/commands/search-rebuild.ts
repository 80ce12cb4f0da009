/** `npm run search:rebuild`: throws the index away and makes it anew from the log. */
import { rebuildIndex } from '../search/rebuild.ts';
import { readSettings } from '../settings.ts';
import { claimDataDirectory, databaseIn, indexIn } from './data-directory.ts';
import { openStore } from './open-store.ts';
import { orExit } from './or-exit.ts';

await orExit(async () => {
  const { dataDir, phoneCountry: country } = readSettings(process.env);
  const letGo = claimDataDirectory(dataDir);
  const log = databaseIn(dataDir);
  const store = await openStore(log, console.warn);
  try {
    const events = rebuildIndex({ log, index: indexIn(dataDir), country });
    console.log(`The index is made anew: ${events} events of the log are in it.`);
  } finally {
    await store.close();
    letGo();
  }
});
