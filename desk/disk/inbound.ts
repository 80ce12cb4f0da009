import type { AgentWelcome, BatchPart, CentreFrame } from '../../protocol/frames.ts';
import type { InteractionId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import { applyParts, interactionsIn } from '../inbound/apply-batch.ts';
import { applyWelcome, emptyAgentCopy, withSetUp } from '../inbound/apply-welcome.ts';
import { workOn } from '../inbound/work.ts';
import type { BatchResult, InboundDisk, MarksFrame } from './contract.ts';
import { type Engine, type Read, tableNames } from './engine.ts';
import type { Account, InteractionRow } from './rows.ts';
import { writeWork } from './write-work.ts';

/** What comes down, from its transaction's first read to its last write. */
export function inboundDisk(engine: Engine): InboundDisk {
  const { read, write } = engine;
  return {
    greeting: () =>
      read(['facts', 'interactions'], async (t) => {
        const account = await t.fact('account');
        if (account === null || !account.signedIn) return null;
        const open = (await t.openInteractions()).slice(-limits.cursors);
        return {
          account,
          agentSeq: (await t.fact('agent'))?.seq ?? 0,
          cursors: open.map(({ interaction, epoch, seq }) => ({ interaction, epoch, seq })),
        };
      }),

    applyWelcome: (welcome) => write('quick', tableNames, (t) => welcomed(t, welcome)),
    applyCentre: (centre) => write('quick', ['facts'], (t) => setUpChanged(t, centre)),
    applyBatch: (parts) => write('quick', tableNames, (t) => batched(t, parts)),
    applyMarks: (marks) =>
      write('quick', ['interactions'], async (t) => {
        const row = await t.interaction(marks.interaction);
        const after = row === null ? null : marked(row, marks);
        if (after !== null && after !== row) await t.putInteraction(after);
      }),
    markRead: (interaction, seq) =>
      write('quick', ['interactions'], async (t) => {
        const row = await t.interaction(interaction);
        if (row !== null && seq > row.readTo) await t.putInteraction(readUpTo(row, seq));
      }),

    reads: () =>
      read(['interactions'], async (t) =>
        (await t.openInteractions())
          .filter(({ readTo }) => readTo > 0)
          .map(({ interaction, readTo }) => ({ interaction, seq: readTo })),
      ),
    offers: () => read(['offers'], (t) => t.offers()),
    agent: () => read(['facts'], (t) => t.fact('agent')),

    trim: (keep) =>
      write('quick', ['interactions', 'events', 'drafts'], async (t) => {
        for (const { interaction } of await t.doneInteractions(keep.done, TRIMMED_AT_ONCE))
          await t.dropInteraction(interaction);
        const orphans = [];
        for (const draft of await t.drafts())
          if ((await t.interaction(draft.interaction)) === null) orphans.push(draft);
        orphans.sort((a, b) => b.savedAt - a.savedAt);
        for (const { interaction } of orphans.slice(keep.drafts)) await t.dropDraft(interaction);
      }),
  };
}

/** Keeps the transaction short; the next start goes on. */
const TRIMMED_AT_ONCE = 500;

type Writing = Parameters<Parameters<Engine['write']>[2]>[0];

async function welcomed(t: Writing, welcome: AgentWelcome): Promise<BatchResult['settled']> {
  const account = await t.fact('account');
  if (account === null) return [];
  await t.setFact('account', { ...withFacts(account, welcome), claim: false });
  const open = await t.openInteractions();
  const named = (welcome.snapshot?.memberships ?? []).map(({ interaction }) => interaction);
  const rows = [...open, ...(await interactions(t, named))];
  const agent = (await t.fact('agent')) ?? emptyAgentCopy(welcome);
  const work = workOn(account.agent, agent, rows, await t.offers());
  applyWelcome(work, welcome);
  return writeWork(t, work);
}

async function setUpChanged(t: Writing, centre: CentreFrame): Promise<void> {
  const [account, agent] = await Promise.all([t.fact('account'), t.fact('agent')]);
  if (account === null || agent === null) return;
  await t.setFact('account', withFacts(account, centre));
  await t.setFact('agent', withSetUp(agent, centre));
}

const withFacts = (account: Account, { agent, centre }: Omit<CentreFrame, 'type'>): Account => ({
  ...account,
  name: agent.name,
  role: agent.role,
  centre: centre.name,
});

async function batched(t: Writing, parts: readonly BatchPart[]): Promise<BatchResult> {
  const [account, agent, rows, offers] = await Promise.all([
    t.fact('account'),
    t.fact('agent'),
    interactions(t, interactionsIn(parts)),
    t.offers(),
  ]);
  // Signed out in another window while this batch was on its way: nothing of it is kept.
  if (account === null || agent === null)
    return { parts: parts.map(() => 'duplicate'), missing: [], settled: [], granted: [] };
  const work = workOn(account.agent, agent, rows, offers);
  const outcome = applyParts(work, parts);
  const settled = outcome.parts.includes('applied') ? await writeWork(t, work) : [];
  return { ...outcome, settled, granted: work.granted };
}

async function interactions(t: Read, ids: readonly InteractionId[]): Promise<InteractionRow[]> {
  const rows = await Promise.all(ids.map((id) => t.interaction(id)));
  return rows.filter((row) => row !== null);
}

function marked(row: InteractionRow, { reader, delivered, read }: MarksFrame): InteractionRow {
  if (reader === 'agent') return read > row.readTo ? readUpTo(row, read) : row;
  const before = row.customerMarks;
  if (delivered <= before.delivered && read <= before.read) return row;
  const customerMarks = {
    delivered: Math.max(before.delivered, delivered),
    read: Math.max(before.read, read),
  };
  return { ...row, customerMarks };
}

const readUpTo = (row: InteractionRow, seq: number): InteractionRow => ({
  ...row,
  readTo: seq,
  unread: row.unread.filter((one) => one > seq),
});
