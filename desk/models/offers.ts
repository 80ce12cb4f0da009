import type { AgentCommand } from '../../protocol/commands.ts';
import type { OfferId } from '../../protocol/ids.ts';
import type { AgentCopy, OfferRow, OutboxRow } from '../disk/rows.ts';
import type { Desk } from './desk-context.ts';
import { queueName, shortId, skillName } from './names.ts';
import type { OffersModel, OfferView } from './panel-model.ts';
import { steady } from './steady.ts';

export function offersModel({ overview, ask }: Desk): OffersModel {
  const answer = async (type: 'accept' | 'reject', { interaction, offer }: OfferView) => {
    if (answeringOf(overview.peek()?.outbox ?? [], offer) === null)
      await ask({ type, interaction, offer });
  };
  return {
    open: steady(() => {
      const seen = overview.value;
      if (seen === null) return [];
      return [...seen.offers]
        .sort((a, b) => a.startedAt - b.startedAt || (a.offer < b.offer ? -1 : 1))
        .map((row) => offerView(row, seen.agent, seen.outbox));
    }),
    accept: (offer) => answer('accept', offer),
    reject: (offer) => answer('reject', offer),
  };
}

function offerView(
  row: OfferRow,
  agent: AgentCopy | null,
  outbox: readonly OutboxRow[],
): OfferView {
  const { offer, interaction, channel, enqueuedAt, answerBy, answerMs, content } = row;
  const skills = row.why.skills.map((one) => ({ ...one, skill: skillName(agent, one.skill) }));
  return {
    offer,
    interaction,
    channel,
    queue: queueName(agent, row.queue),
    name: content?.name ?? null,
    shortId: shortId(interaction),
    email: content?.email ?? null,
    phone: content?.phone ?? null,
    subject: content?.subject ?? null,
    entryPage: content?.entryPage ?? null,
    enqueuedAt,
    answerBy,
    answerMs,
    why: { ...row.why, skills },
    answering: answeringOf(outbox, offer),
  };
}

/** What the agent answered here and the server hasn't refused; the row goes together with the offer. */
export function answeringOf(
  outbox: readonly OutboxRow[],
  offer: OfferId,
): 'accept' | 'reject' | null {
  const row = outbox.find(({ state, command }) => state !== 'refused' && answers(command, offer));
  const type = row?.command.type;
  return type === 'accept' || type === 'reject' ? type : null;
}

const answers = (command: AgentCommand, offer: OfferId): boolean =>
  (command.type === 'accept' || command.type === 'reject') && command.offer === offer;
