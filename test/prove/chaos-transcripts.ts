import { interactionOf } from '../../protocol/ids.ts';
import { databaseIn } from '../../server/commands/data-directory.ts';
import { openSqlite } from '../../server/store/sqlite/open-sqlite.ts';
import type { ChaosAgent } from './chaos-agent.ts';
import type { ChaosCustomer } from './chaos-customer.ts';
import type { Ledger } from './chaos-ledger.ts';

const PAGE = 5_000;

/** What is on the server's disk: messages by interaction, and what became of offers. */
export async function storedTranscripts(dataDir: string) {
  const store = await openSqlite({ file: databaseIn(dataDir) });
  const texts = new Map<string, string[]>();
  const shown = new Set<string>();
  let offers = 0;
  let rona = 0;
  let unseenRona = 0;
  let position = 0;
  for (;;) {
    const page = await store.readAll(position, PAGE);
    for (const { stream, body, content, position: at } of page) {
      position = at;
      const interaction = interactionOf(stream);
      if (interaction === null) continue;
      if (body.type === 'message-posted')
        texts.set(interaction, [...(texts.get(interaction) ?? []), content?.text ?? '']);
      if (body.type === 'offered') offers++;
      if (body.type === 'offer-shown') shown.add(body.offer);
      if (body.type === 'offer-ended' && body.outcome === 'expired') {
        rona++;
        if (!shown.has(body.offer)) unseenRona++;
      }
    }
    if (page.length < PAGE) break;
  }
  await store.close();
  return { texts, offers, rona, unseenRona };
}

/** Everything that isn't as it must be, in words; empty when all hold the same. */
export function compare(
  stored: Awaited<ReturnType<typeof storedTranscripts>>,
  agents: readonly ChaosAgent[],
  customers: readonly ChaosCustomer[],
  ledger: Ledger,
): string[] {
  const found: string[] = [];
  const all = [...stored.texts.values()].flat();
  const once = new Set(all);
  if (once.size !== all.length) found.push(`${all.length - once.size} messages doubled`);
  const lost = ledger.acknowledgedTexts().filter((text) => !once.has(text));
  if (lost.length > 0) found.push(`${lost.length} acknowledged messages lost, first: ${lost[0]}`);
  for (const [interaction, texts] of stored.texts) {
    const last = new Map<string, number>();
    for (const text of texts) {
      const [who = '', number = ''] = text.split(' says ');
      if (Number(number) <= (last.get(who) ?? 0))
        found.push(`${interaction}: ${text} after ${last.get(who)}`);
      last.set(who, Number(number));
    }
  }
  for (const customer of customers) {
    const interaction = customer.interaction();
    const theirs = customer.texts().join('\n');
    if (interaction === null || theirs !== (stored.texts.get(interaction) ?? []).join('\n'))
      found.push(`the customer of ${interaction} holds something else`);
  }
  for (const agent of agents)
    for (const interaction of agent.interactions())
      if (agent.texts(interaction).join('\n') !== (stored.texts.get(interaction) ?? []).join('\n'))
        found.push(`${agent.agent} holds something else of ${interaction}`);
  return found;
}
