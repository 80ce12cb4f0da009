import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { AgentEvent } from '../../protocol/agent-events.ts';
import {
  interactionOf,
  interactionStream,
  type QueueId,
  type StreamName,
} from '../../protocol/ids.ts';
import type { InteractionEvent } from '../../protocol/interaction-events.ts';
import type { InteractionState } from '../interactions/state.ts';
import type { StoredEvent } from '../store/contract.ts';
import { createPhaseCounts, type Phase, phaseOf, phases } from './phases.ts';

/** What is kept of an open interaction: enough to count it when it moves. */
type Known = {
  queue: QueueId;
  phase: Phase;
  /** It waits since then; null: it was answered before this process, and its times are not measured. */
  waitsSince: number | null;
  acceptedAt: number | null;
  replied: boolean;
};

export type QueueMetrics = {
  /** What was open when the process began. */
  readonly seed: (state: InteractionState) => void;
  readonly hear: (events: readonly StoredEvent[]) => void;
  readonly size: () => number;
};

/** Figures per queue, read from the log: nothing that a message waits for. */
export function queueMetrics(
  registers: Registry[],
  targetMs: (queue: QueueId) => number | null,
): QueueMetrics {
  const known = new Map<StreamName, Known>();
  const counts = createPhaseCounts();
  const labelNames = ['queue'];
  new Gauge({
    name: 'deskside_interactions',
    help: 'Open interactions by queue and phase.',
    labelNames: ['queue', 'phase'],
    registers,
    collect() {
      for (const [queue, all] of counts.entries())
        for (const phase of phases) this.set({ queue, phase }, all[phase]);
    },
  });
  const started = counter('started', 'Interactions that came to the queue.');
  const answered = new Counter({
    name: 'deskside_answered_total',
    help: 'Interactions that an agent accepted, by whether that was within the queue’s target.',
    labelNames: ['queue', 'within_target'],
    registers,
  });
  const abandoned = counter('abandoned', 'Interactions whose customer left before an agent came.');
  const rona = counter('rona', 'Offers that were shown and not answered in time.');
  const done = new Counter({
    name: 'deskside_done_total',
    help: 'Interactions that were marked done, by whom, and whether something mandatory was missing.',
    labelNames: ['queue', 'by', 'incomplete'],
    registers,
  });
  const wait = seconds('wait', 'From coming to the queue until an agent accepted.', WAITS);
  const reply = seconds('first_reply', 'From coming to the queue until the first reply.', WAITS);
  const handle = seconds('handle', 'From accepting until it was done.', WORK);

  function counter(name: string, help: string) {
    return new Counter({ name: `deskside_${name}_total`, help, labelNames, registers });
  }
  function seconds(name: string, help: string, buckets: number[]) {
    return new Histogram({
      name: `deskside_${name}_seconds`,
      help,
      labelNames,
      buckets,
      registers,
    });
  }

  function enter(stream: StreamName, entry: Known): void {
    known.set(stream, entry);
    counts.move(entry.queue, 1, entry.phase);
  }
  function leave(stream: StreamName, entry: Known): void {
    known.delete(stream);
    counts.move(entry.queue, -1, entry.phase);
  }
  function move(entry: Known, phase: Phase, queue = entry.queue): void {
    counts.move(entry.queue, -1, entry.phase);
    entry.phase = phase;
    entry.queue = queue;
    counts.move(queue, 1, phase);
  }

  function take(stream: StreamName, body: InteractionEvent | AgentEvent, at: number): void {
    if (body.type === 'started' || body.type === 'placed') {
      started.inc({ queue: body.queue });
      enter(stream, fresh(body.queue, at));
      return;
    }
    const entry = known.get(stream);
    if (entry === undefined) return;
    const { queue } = entry;
    switch (body.type) {
      case 'bot-started':
        move(entry, 'with-bot');
        return;
      case 'queued':
        if (body.reason === 'bot' || body.reason === 'replied')
          Object.assign(entry, fresh(entry.queue, at), { phase: entry.phase });
        move(entry, 'waiting', body.queue);
        return;
      case 'offered':
        move(entry, 'offered');
        return;
      case 'offer-ended':
        if (body.outcome === 'expired') rona.inc({ queue });
        return;
      case 'accepted': {
        const { waitsSince } = entry;
        move(entry, 'active');
        if (waitsSince === null || entry.acceptedAt !== null) return;
        entry.acceptedAt = at;
        const target = targetMs(queue);
        const within = target !== null && at - waitsSince <= target;
        answered.inc({ queue, within_target: String(within) });
        wait.observe({ queue }, (at - waitsSince) / 1000);
        return;
      }
      case 'message-posted':
        if (entry.replied || body.author.kind !== 'agent' || entry.waitsSince === null) return;
        entry.replied = true;
        reply.observe({ queue }, (at - entry.waitsSince) / 1000);
        return;
      case 'parked':
        move(entry, 'parked');
        return;
      case 'unparked':
        move(entry, 'active');
        return;
      case 'ended':
        move(entry, 'wrapping');
        return;
      case 'abandoned':
        abandoned.inc({ queue });
        leave(stream, entry);
        return;
      case 'marked-done':
        done.inc({ queue, by: body.by, incomplete: String(body.incomplete) });
        if (entry.acceptedAt !== null) handle.observe({ queue }, (at - entry.acceptedAt) / 1000);
        leave(stream, entry);
        return;
      default:
    }
  }

  return {
    seed(state) {
      const phase = phaseOf(state);
      const stream = interactionStream(state.id);
      if (phase === null || known.has(stream)) return;
      const { queue } = state;
      /** Nobody has had it yet: since when it waits is known, and that no agent has written. */
      const isNew = state.lastOwner === null;
      const waitsSince = isNew ? state.enqueuedAt : null;
      enter(stream, { queue, phase, waitsSince, acceptedAt: null, replied: !isNew });
    },
    hear(events) {
      for (const { stream, body, at } of events)
        if (interactionOf(stream) !== null) take(stream, body, at);
    },
    size: () => known.size,
  };
}

const fresh = (queue: QueueId, at: number): Known => ({
  queue,
  phase: 'waiting',
  waitsSince: at,
  acceptedAt: null,
  replied: false,
});

/** In seconds; service levels are told in 10, 20, 30. */
const WAITS = [5, 10, 20, 30, 60, 120, 300, 600, 1800];
const WORK = [30, 60, 120, 300, 600, 1200, 1800, 3600, 7200];
