import { type ReadonlySignal, useComputed, useSignal, useSignalEffect } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { ConversationModel, TranscriptRow } from '../../desk/models/panel-model.ts';
import { keyOf } from './group-rows.ts';

type Follow = {
  /** Messages of the customer that came while the agent was reading further up. */
  readonly fresh: ReadonlySignal<number>;
  /** The end is out of sight. */
  readonly isAway: ReadonlySignal<boolean>;
  readonly onScroll: () => void;
  readonly jump: () => void;
};

/**
 * Keeps a transcript at its end, or still while the agent reads further up, and tells the model
 * what was seen. The log is laid out from the bottom (`column-reverse`), so its scrollTop is 0 at
 * the end and negative above: what is put on top moves nothing by itself.
 */
export function useFollow(
  log: RefObject<HTMLElement | null>,
  conversation: ConversationModel,
): Follow {
  const isAway = useSignal(false);
  const lastSeen = useSignal<string | null>(null);
  /** The end as it was, known only while the agent reads further up: to ask for a place costs a layout. */
  const end = useRef<End | null>(null);
  const askedAt = useRef('');
  const { rows } = conversation;
  const last = lastKey(rows.value);

  useLayoutEffect(() => {
    const element = log.current;
    if (element === null) return;
    const before = end.current;
    if (before !== null && last !== before.last)
      element.scrollTop -= belowOf(before.message, element) - before.below;
    end.current = isAway.value ? endOf(element, last) : null;
  });

  const tell = () => {
    if (document.visibilityState !== 'visible' || isAway.value || last === '') return;
    lastSeen.value = last;
    conversation.seen();
  };
  useEffect(tell, [last]);
  useSignalEffect(() => {
    if (!isAway.value) tell();
  });
  useEffect(() => {
    document.addEventListener('visibilitychange', tell);
    return () => document.removeEventListener('visibilitychange', tell);
  });

  const onScroll = () => {
    const element = log.current;
    if (element === null) return;
    const wasAway = isAway.value;
    isAway.value = -element.scrollTop > nearEndPx;
    if (isAway.value !== wasAway) end.current = isAway.value ? endOf(element, last) : null;
    const above = element.scrollHeight - element.clientHeight + element.scrollTop;
    const first = rows.value[0]?.key ?? '';
    if (above > nearTopPx || !conversation.hasEarlier.value || askedAt.current === first) return;
    askedAt.current = first;
    conversation.earlier();
  };
  const jump = () => {
    log.current?.scrollTo({ top: 0 });
    log.current?.focus({ preventScroll: true });
  };
  const fresh = useComputed(() => freshAfter(rows.value, lastSeen.value));
  return { fresh, isAway, onScroll, jump };
}

/** The last message, and how much of the log stands below its own end. */
type End = { readonly last: string; readonly message: Element | null; readonly below: number };

function endOf(log: HTMLElement, last: string): End {
  const message = [...log.querySelectorAll('[data-from]')].at(-1) ?? null;
  return { last, message, below: belowOf(message, log) };
}

const belowOf = (message: Element | null, log: HTMLElement): number =>
  message === null
    ? 0
    : log.getBoundingClientRect().bottom - log.scrollTop - message.getBoundingClientRect().bottom;

function lastKey(rows: readonly TranscriptRow[]): string {
  const row = rows.at(-1);
  return row === undefined ? '' : keyOf(row);
}

function freshAfter(rows: readonly TranscriptRow[], seen: string | null): number {
  const at = rows.findLastIndex((row) => keyOf(row) === seen);
  const after = rows.slice(at + 1);
  return after.filter((row) => row.kind === 'message' && row.from === 'customer').length;
}

/** Half a line: closer than this counts as being there. */
const nearEndPx = 24;
/** A screen ahead, so that earlier messages are there before they are reached. */
const nearTopPx = 400;
