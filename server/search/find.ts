import type { DatabaseSync } from 'node:sqlite';
import type { CustomerId, InteractionId } from '../../protocol/ids.ts';
import type { Channel } from '../../protocol/parts.ts';
import { emailKey, phoneKey } from '../people/contact.ts';
import { interactionOfText, SEQS, seqOfText, textId } from './index-file.ts';
import { matchText } from './match-text.ts';
import { type Found, type FoundPage, PAGE_MAX, type Query } from './query.ts';

/** At so many places of the index one search looks, about 15 ms; then its page is over, however short. */
const LOOKS_MAX = 2_000;
/** One look for the beginning of a word gathers all places of all such words first (`match-text.ts`): 20 ms in 200,000 messages. */
const BEGINNING_LOOKS = 200;
/** Of a text that was found its beginning is shown. */
const TEXT_SHOWN = 200;

/** So many words that begin alike are walked along by name. */
const WORDS_MAX = 64;

type Label = readonly [kind: string, value: string];
/** One of these labels must be there; none: nothing is found. */
type OneOf = readonly Label[];
/** What is looked at, in descending order of interactions; `text`: the id of what was found there. */
type Place = { readonly interaction: number; readonly text: number | null };
type Range = { readonly from: number; readonly before: number };

/** Looks into the index; interactions that it doesn't know yet are found later. */
export function createFind(db: DatabaseSync, country: string | null) {
  const sql = prepare(db);

  function find(query: Query): FoundPage {
    const labels = labelsOf(query, country);
    const match = query.text === null ? null : matchText(query.text, wordsFrom);
    const isNothing = (query.text !== null && match === null) || labels.some((one) => !one.length);
    if (isNothing) return { rows: [], next: null };
    const range = rangeOf(query);
    const limit = Math.min(query.limit, PAGE_MAX);
    const rows: Found[] = [];
    let looked = 0;
    let last: number | null = null;
    const { places, rest, isMatched } = placesOf(labels, match, range);
    const filters = rest.map(filterOf);
    const weight = !isMatched && match?.includes('" *') ? BEGINNING_LOOKS : 1;
    for (const { interaction, text } of places) {
      looked += weight;
      if (interaction !== last) {
        last = interaction;
        const found = isMatched ? text : newestText(match, interaction);
        if (found !== undefined && filters.every((has) => has(interaction)))
          rows.push(describeOne(interaction, found));
      }
      if (rows.length === limit || looked >= LOOKS_MAX) return { rows, next: last };
    }
    return { rows, next: null };
  }

  /**
   * Walks along what is rarest: a label of one customer, then the text, then any other label. The
   * rest is asked of each interaction there.
   */
  function placesOf(labels: readonly OneOf[], match: string | null, { from, before }: Range) {
    const first = labels.find((one) => one.length === 1 || isOfCustomer(one));
    if (match !== null && !isOfCustomer(first)) {
      const texts = sql.texts.iterate(match, textId(from, 0), textId(before, 0));
      return { places: placesAt(texts), rest: labels, isMatched: true };
    }
    if (first?.[0] === undefined)
      return {
        places: placesAt(sql.all.iterate(from, before)),
        rest: labels,
        isMatched: match === null,
      };
    const [one, other] = first;
    const walked =
      other === undefined
        ? sql.labelled.iterate(...one, from, before)
        : sql.ofEither.iterate(...one, other[1], from, before);
    return {
      places: placesAt(walked),
      rest: labels.filter((one) => one !== first),
      isMatched: match === null,
    };
  }

  function wordsFrom(beginning: string): readonly string[] | null {
    const words: string[] = [];
    const end = `${beginning}\u{10ffff}`;
    for (let from = beginning; ; from = `${words.at(-1)}\u0001`) {
      const word = sql.word.get(from, end)?.term as string | undefined;
      if (word === undefined) return words;
      if (words.push(word) > WORDS_MAX) return null;
    }
  }

  /** The newest text of this interaction that is found, null without anything to match, undefined for none. */
  function newestText(match: string | null, interaction: number): number | null | undefined {
    if (match === null) return null;
    const [from, to] = [textId(interaction, 0), textId(interaction, SEQS)];
    return sql.texts.get(match, from, to)?.text as number | undefined;
  }

  /** Says of an interaction whether it has one of these, which are all of a kind. */
  function filterOf(labels: OneOf): (interaction: number) => boolean {
    const [[kind] = [''], more] = labels;
    if (more === undefined)
      return (interaction) =>
        labels.some(([, value]) => sql.has.get(kind, value, interaction) !== undefined);
    // An interaction has few, an agent may have a thousand queues.
    const values = new Set(labels.map(([, value]) => value));
    return (interaction) =>
      sql.valuesOf.all(interaction, kind).some(({ value }) => values.has(String(value)));
  }

  /** As times, and as ids: interactions begin in the order of their ids. */
  function rangeOf({ from, to, after }: Query): Range {
    const firstSince = (at: number): number =>
      (sql.since.get(at)?.id as number | undefined) ?? IDS_MAX;
    return {
      from: from === null ? 0 : firstSince(from),
      before: Math.min(after ?? IDS_MAX, to === null ? IDS_MAX : firstSince(to)),
    };
  }

  function describeOne(id: number, text: number | null): Found {
    const row = sql.interaction.get(id) as InteractionRow;
    const labels = sql.labelsOf.all(id) as unknown as { kind: string; value: string }[];
    const valuesOf = (kind: string) =>
      labels.filter((label) => label.kind === kind).map(({ value }) => value);
    const given = sql.given.get(id) as { name: string | null; subject: string | null } | undefined;
    return {
      interaction: row.name as InteractionId,
      customer: row.customer as CustomerId,
      verifiedId: valuesOf('verified').at(-1) ?? null,
      channel: row.channel as Channel,
      queues: valuesOf('queue') as never,
      agents: valuesOf('agent') as never,
      dispositions: valuesOf('disposition'),
      tags: valuesOf('tag'),
      startedAt: row.started_at,
      doneAt: row.done_at,
      name: given?.name ?? null,
      subject: given?.subject ?? null,
      match:
        text === null
          ? null
          : { seq: seqOfText(text), text: String(sql.text.get(TEXT_SHOWN, text)?.text ?? '') },
    };
  }

  /** Those of these interactions that the index knows, in the order in which they were asked for. */
  function describe(interactions: readonly string[]): readonly Found[] {
    return interactions.flatMap((name) => {
      const id = sql.known.get(name)?.id as number | undefined;
      return id === undefined ? [] : [describeOne(id, null)];
    });
  }

  return { find, describe };
}

type InteractionRow = {
  readonly name: string;
  readonly customer: string;
  readonly channel: string;
  readonly started_at: number;
  readonly done_at: number | null;
};

/** More positions than any log has. */
const IDS_MAX = 2 ** 33 - 1;

/** Rarest first. */
function labelsOf(query: Query, country: string | null): readonly OneOf[] {
  const { phone, email, customer, heldBy } = query;
  const all: (OneOf | null)[] = [
    phone === null ? null : one('phone', phoneKey(phone, country)),
    email === null ? null : one('email', emailKey(email)),
    customer === null ? null : [customer].flat().map((id): Label => ['customer', id]),
    query.disposition === null ? null : one('disposition', query.disposition),
    query.tag === null ? null : one('tag', query.tag),
    query.agent === null ? null : one('agent', query.agent),
    query.queue === null ? null : one('queue', query.queue),
    query.channel === null ? null : one('channel', query.channel),
    heldBy === null ? null : heldBy.map((queue): Label => ['queue', queue]),
  ];
  return all.filter((labels) => labels !== null);
}

const one = (kind: string, value: string | null): OneOf => (value === null ? [] : [[kind, value]]);
const isOfCustomer = (labels: OneOf | undefined): boolean =>
  ['phone', 'email', 'customer'].includes(labels?.[0]?.[0] ?? '');

function* placesAt(rows: Iterable<unknown>): Generator<Place> {
  for (const row of rows) {
    const { interaction = null, text = null } = row as Partial<Place>;
    yield { interaction: interaction ?? interactionOfText(text ?? 0), text };
  }
}

function prepare(db: DatabaseSync) {
  db.exec("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab ('main', 'texts', 'instance')");
  return {
    // One seek: a list of all words with their counts would read all of their places.
    word: db.prepare('SELECT term FROM vocabulary WHERE term >= ? AND term < ? LIMIT 1'),
    // Large numbers come as REAL, and by such a bound FTS5 doesn't seek: it walks there.
    texts: db.prepare(`
      SELECT rowid AS text FROM texts
      WHERE texts MATCH ? AND rowid >= CAST(? AS INTEGER) AND rowid < CAST(? AS INTEGER)
      ORDER BY rowid DESC`),
    text: db.prepare(
      'SELECT substr(text, 1, ?) AS text FROM texts WHERE rowid = CAST(? AS INTEGER)',
    ),
    labelled: db.prepare(`
      SELECT interaction FROM labels
      WHERE kind = ? AND value = ? AND interaction >= ? AND interaction < ?
      ORDER BY interaction DESC`),
    // Sorted, so only for what few have: one customer's.
    ofEither: db.prepare(`
      SELECT DISTINCT interaction FROM labels
      WHERE kind = ? AND value IN (?, ?) AND interaction >= ? AND interaction < ?
      ORDER BY interaction DESC`),
    all: db.prepare(
      'SELECT id AS interaction FROM interactions WHERE id >= ? AND id < ? ORDER BY id DESC',
    ),
    has: db.prepare(
      'SELECT 1 FROM labels WHERE kind = ? AND value = ? AND interaction = ? LIMIT 1',
    ),
    valuesOf: db.prepare('SELECT value FROM labels WHERE interaction = ? AND kind = ?'),
    since: db.prepare(
      'SELECT id FROM interactions WHERE started_at >= ? ORDER BY started_at, id LIMIT 1',
    ),
    known: db.prepare('SELECT id FROM interactions WHERE name = ?'),
    interaction: db.prepare('SELECT * FROM interactions WHERE id = ?'),
    // The newest of a kind last.
    labelsOf: db.prepare(`
      SELECT kind, value FROM labels WHERE interaction = ? ORDER BY seq, kind, value`),
    given: db.prepare(`
      SELECT name, subject FROM given WHERE interaction = ? ORDER BY seq DESC LIMIT 1`),
  };
}
