import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { faults } from '../prove/faults.ts';
import { mutations } from './mutations.ts';

/**
 * `node --import ./test/simulation/mutate.ts …` with MUTATION=<name>: loads the shipped source with
 * that fault in it. A change whose text isn't there exactly once ends the process with 2.
 */
const mutation = [...mutations, ...Object.values(faults)].find(
  (one) => one.name === process.env.MUTATION,
);
if (mutation === undefined) {
  process.stderr.write(`no such mutation: ${process.env.MUTATION}\n`);
  process.exit(2);
}
const root = fileURLToPath(new URL('../../', import.meta.url));

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    const changes = mutation.changes.filter(
      (one) => url.startsWith('file:') && fileURLToPath(url) === root + one.file,
    );
    if (changes.length === 0) return loaded;
    let source = String(loaded.source);
    for (const { file, find, put } of changes) {
      if (source.split(find).length !== 2) {
        process.stderr.write(`the mutation "${mutation.name}" no longer fits ${file}\n`);
        process.exit(2);
      }
      source = source.replace(find, () => put);
    }
    return { ...loaded, source };
  },
});
