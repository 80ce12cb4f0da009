import type { AgentEvent } from '../../protocol/agent-events.ts';
import { type AgentId, agentOf } from '../../protocol/ids.ts';
import type { Store } from '../store/contract.ts';
import { readLog } from './read-log.ts';
import { positionBefore, type Window } from './window.ts';

export const ledgerColumns = [
  'time',
  'agent',
  'name',
  'what',
  'channel',
  'from',
  'to',
  'reason',
  'by',
  'byAgent',
] as const;
export type LedgerRow = Readonly<Record<(typeof ledgerColumns)[number], string>>;

/** STATE-10: who was in which status when, and who changed it; one row for each change. */
export async function* ledgerRows(
  store: Pick<Store, 'readAll' | 'newest'>,
  { from, to }: Window,
  nameOf: (agent: AgentId) => string,
): AsyncGenerator<LedgerRow> {
  for await (const { stream, at, body } of readLog(store, await positionBefore(store, from))) {
    if (at >= to) return;
    const agent = agentOf(stream);
    const facts = agent === null ? null : factsOf(body as AgentEvent);
    if (agent === null || facts === null) continue;
    const time = new Date(at).toISOString();
    yield { ...blank, time, agent, name: nameOf(agent), ...facts };
  }
}

const blank: LedgerRow = {
  ...{ time: '', agent: '', name: '', what: '', channel: '', from: '', to: '', reason: '' },
  ...{ by: '', byAgent: '' },
};

/** Null: not of the ledger. */
function factsOf(body: AgentEvent): Partial<LedgerRow> | null {
  switch (body.type) {
    case 'status-changed': {
      const { channel, from, to, reason, by } = body;
      const byAgent = by.kind === 'supervisor' ? by.agent : '';
      return { what: 'status', channel, from, to, reason: reason ?? '', by: by.kind, byAgent };
    }
    case 'do-not-disturb-set':
      return { what: body.on ? 'do-not-disturb-on' : 'do-not-disturb-off', by: 'agent' };
    case 'signed-in':
    case 'signed-out':
      return { what: body.type, by: 'agent' };
    case 'unreachable':
    case 'reachable':
      return { what: body.type, by: 'system' };
    default:
      return null;
  }
}
