import { type AgentId, agentOf, type InteractionId } from '../../protocol/ids.ts';
import type { Role } from '../../protocol/members.ts';
import type { StoredEvent } from '../../server/store/contract.ts';
import { must } from './broken.ts';

type Grant = {
  readonly seq: number;
  readonly interaction: InteractionId;
  readonly epoch: number;
  readonly role: Role;
  until: number;
  done: boolean;
};

/** I8: which interactions each agent might ever see, from when to when. */
export function createGrants() {
  const grants = new Map<AgentId, Grant[]>();

  return {
    take({ body, stream, seq }: StoredEvent): void {
      const id = agentOf(stream);
      if (id === null) return;
      if (body.type === 'granted') {
        const list = grants.get(id) ?? [];
        const { interaction, epoch, role } = body;
        list.push({ seq, interaction, epoch, role, until: Number.POSITIVE_INFINITY, done: false });
        grants.set(id, list);
      } else if (body.type === 'revoked') {
        const open = grants
          .get(id)
          ?.find((one) => one.interaction === body.interaction && one.epoch === body.epoch);
        must(open !== undefined, `I8: ${stream} is revoked what was never granted`);
        if (open === undefined) return;
        open.until = seq;
        open.done = body.reason === 'done';
      }
    },
    /** What an agent may hold once their stream was read up to `seq`. */
    of: (id: AgentId, seq: number) =>
      (grants.get(id) ?? [])
        .filter((one) => one.seq <= seq)
        .map((one) => ({ ...one, over: one.until <= seq })),
  };
}
