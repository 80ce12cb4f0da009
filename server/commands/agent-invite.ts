/** `npm run agent:invite -- --email NAME@EXAMPLE`: prints a link with which that agent sets a password. */
import { parseArgs } from 'node:util';
import { agentStream } from '../../protocol/ids.ts';
import { OPERATOR } from '../audit/acts.ts';
import { createLocalBus } from '../bus/local.ts';
import { systemClock } from '../clock.ts';
import { createPeople, INVITE_DAYS } from '../people/people.ts';
import { readSettings, StartError } from '../settings.ts';
import { databaseIn } from './data-directory.ts';
import { reachable } from './listen.ts';
import { openStore } from './open-store.ts';
import { orExit } from './or-exit.ts';
import { readCentre } from './read-centre.ts';

await orExit(async () => {
  const email = emailFrom(process.argv.slice(2));
  const settings = readSettings(process.env);
  const centre = await readCentre(settings);
  const agent = centre.agentByEmail(email);
  if (agent === null) {
    throw new StartError(`${centre.name} has no agent with the address ${email}.`, 'setting');
  }
  // The server may be running meanwhile: nothing here touches what it holds in memory.
  const store = await openStore(databaseIn(settings.dataDir), () => {});
  try {
    const clock = systemClock((await store.newest()).at);
    const people = await createPeople({ store, centre, clock, bus: createLocalBus() });
    const object = agentStream(agent.id);
    await store.audit.add([{ actor: OPERATOR, action: 'invite', object }], clock.now());
    const token = await people.invite(agent.id);
    const server = settings.publicOrigin ?? `http://${reachable(settings.host)}:${settings.port}`;
    console.log(`${agent.name} can set a password here, once, within ${INVITE_DAYS} days:`);
    console.log(`${server}/invite?token=${token}`);
  } finally {
    await store.close();
  }
});

function emailFrom(args: readonly string[]): string {
  try {
    const { values } = parseArgs({ args: [...args], options: { email: { type: 'string' } } });
    if (values.email !== undefined) return values.email;
  } catch {
    // The usage says it all.
  }
  throw new StartError('Usage: npm run agent:invite -- --email NAME@EXAMPLE', 'setting');
}
