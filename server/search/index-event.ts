import type { DatabaseSync } from 'node:sqlite';
import { type InteractionId, interactionOf } from '../../protocol/ids.ts';
import type { InteractionEvent } from '../../protocol/interaction-events.ts';
import type { Content } from '../../protocol/parts.ts';
import { emailKey, phoneKey } from '../people/contact.ts';
import type { StoredEvent } from '../store/contract.ts';
import { SEQS, textId } from './index-file.ts';
import { textOf } from './text-of.ts';

/** Takes one event after the other into the index; `flush` before the transaction ends. */
export function createIndexing(db: DatabaseSync, country: string | null) {
  const sql = prepare(db);
  let texts: [id: number, text: string][] = [];

  function take({ stream, position, seq, at, body, content }: StoredEvent): void {
    const name = interactionOf(stream);
    if (name === null) return;
    const event = body as InteractionEvent;
    if (event.type === 'started') {
      const { customer, channel } = event;
      sql.start.run(position, name, customer, channel, at);
      label(position, 'customer', customer);
    }
    const id = event.type === 'started' ? position : known(name);
    if (id === null || seq >= SEQS) return;
    takeFacts(id, event, at);
    if (content) takeWords(id, seq, event, content);
  }

  function known(name: InteractionId): number | null {
    return (sql.known.get(name)?.id as number | undefined) ?? null;
  }

  function takeFacts(id: number, event: InteractionEvent, at: number): void {
    switch (event.type) {
      case 'started':
        label(id, 'channel', event.channel);
        label(id, 'queue', event.queue);
        return;
      case 'queued':
      case 'placed':
        label(id, 'queue', event.queue);
        return;
      case 'message-left':
        sql.channel.run('email', id);
        label(id, 'channel', 'email');
        return;
      case 'accepted':
        label(id, 'agent', event.agent);
        return;
      case 'joined':
        if (event.role !== 'monitor') label(id, 'agent', event.agent);
        return;
      case 'owner-changed':
        label(id, 'agent', event.to);
        return;
      case 'tags-set':
        replace(id, 'tag', event.tags);
        return;
      case 'marked-done':
        replace(id, 'disposition', event.dispositions);
        sql.done.run(at, id);
        return;
      case 'amended':
        replace(id, 'disposition', event.dispositions);
        return;
      case 'abandoned':
        sql.done.run(at, id);
        return;
      case 'content-removed':
        for (const seq of event.seqs) forget(id, seq);
        return;
      default:
        return;
    }
  }

  function takeWords(id: number, seq: number, event: InteractionEvent, content: Content): void {
    const text = textOf(event, content);
    if (text !== '') texts.push([textId(id, seq), text]);
    if (event.type !== 'started' && event.type !== 'message-left') return;
    const { name = null, subject = null, phone = '', email = '', verifiedId = '' } = content;
    sql.give.run(id, seq, name, subject);
    // Of `SITE/ID` people know the second half.
    const atSite = verifiedId.slice(verifiedId.indexOf('/') + 1);
    const keys = [
      ['phone', phoneKey(phone, country)],
      ['email', emailKey(email)],
      ['customer', verifiedId],
      ['customer', atSite],
      ['verified', verifiedId],
    ] as const;
    for (const [kind, value] of keys)
      if (value !== null && value !== '') sql.label.run(kind, value, id, seq);
  }

  function forget(id: number, seq: number): void {
    flush();
    sql.forgetText.run(textId(id, seq));
    sql.forgetLabels.run(id, seq);
    sql.forgetGiven.run(id, seq);
  }

  const label = (id: number, kind: string, value: string) => sql.label.run(kind, value, id, 0);

  function replace(id: number, kind: string, values: readonly string[]): void {
    sql.unlabel.run(id, kind);
    for (const value of values) label(id, kind, value);
  }

  /** In the order of their ids: FTS5 begins a new segment whenever an id is lower than the last. */
  function flush(): void {
    for (const [id, text] of texts.sort(([one], [two]) => one - two)) sql.text.run(id, text);
    texts = [];
  }

  return {
    take,
    flush,
    /** After a rollback. */
    forgetUnwritten(): void {
      texts = [];
    },
  };
}

function prepare(db: DatabaseSync) {
  return {
    start: db.prepare(`
      INSERT INTO interactions (id, name, customer, channel, started_at) VALUES (?, ?, ?, ?, ?)`),
    known: db.prepare('SELECT id FROM interactions WHERE name = ?'),
    channel: db.prepare('UPDATE interactions SET channel = ? WHERE id = ?'),
    done: db.prepare('UPDATE interactions SET done_at = ? WHERE id = ?'),
    label: db.prepare(`
      INSERT INTO labels (kind, value, interaction, seq) VALUES (?, ?, ?, ?)
      ON CONFLICT DO NOTHING`),
    unlabel: db.prepare('DELETE FROM labels WHERE interaction = ? AND kind = ?'),
    give: db.prepare('INSERT INTO given (interaction, seq, name, subject) VALUES (?, ?, ?, ?)'),
    text: db.prepare('INSERT INTO texts (rowid, text) VALUES (CAST(? AS INTEGER), ?)'),
    forgetText: db.prepare('DELETE FROM texts WHERE rowid = CAST(? AS INTEGER)'),
    forgetLabels: db.prepare('DELETE FROM labels WHERE interaction = ? AND seq = ?'),
    forgetGiven: db.prepare('DELETE FROM given WHERE interaction = ? AND seq = ?'),
  };
}
