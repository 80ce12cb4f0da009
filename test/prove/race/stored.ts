import type { AgentEvent } from '../../../protocol/agent-events.ts';
import { agentOf } from '../../../protocol/ids.ts';
import { databaseIn } from '../../../server/commands/data-directory.ts';
import { openSqlite } from '../../../server/store/sqlite/open-sqlite.ts';
import type { Told } from './judge.ts';

const PAGE = 5_000;

/** What is on the disk once the server is gone, in the order in which it was stored. */
export async function storedRace(dataDir: string) {
  const store = await openSqlite({ file: databaseIn(dataDir) });
  const told: Told[] = [];
  const streams = new Map<string, AgentEvent[]>();
  const outcomes = new Map<string, number>();
  const open = new Set<string>();
  let started = 0;
  let position = 0;
  try {
    for (;;) {
      const page = await store.readAll(position, PAGE);
      for (const { stream, body, principal, commandId, position: at } of page) {
        position = at;
        const agent = agentOf(stream);
        if (agent !== null) {
          const event = body as AgentEvent;
          told.push({ agent, step: `${principal} ${commandId}`, event });
          const before = streams.get(agent);
          if (before === undefined) streams.set(agent, [event]);
          else before.push(event);
          continue;
        }
        count(
          body.type === 'offer-ended' || body.type === 'request-ended'
            ? `${body.type}: ${body.outcome}`
            : body.type,
        );
        if (body.type === 'started') {
          started++;
          open.add(stream);
        }
        if (body.type === 'marked-done' || body.type === 'abandoned') open.delete(stream);
      }
      if (page.length < PAGE) break;
    }
  } finally {
    await store.close();
  }
  function count(what: string): void {
    outcomes.set(what, (outcomes.get(what) ?? 0) + 1);
  }
  return { told, streams, outcomes, started, open: open.size };
}
