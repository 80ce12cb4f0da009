import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { QueueId } from '../../protocol/ids.ts';
import type { RefusalName } from '../../protocol/refusals.ts';
import { type QueueMetrics, queueMetrics } from './queues.ts';

/** What operators watch, in Prometheus' text format. */
export type Metrics = QueueMetrics & {
  readonly contentType: string;
  readonly text: () => Promise<string>;
  /** A group commit of so many appends took so long, on its way to the writer and back included. */
  readonly committed: (appends: number, ms: number) => void;
  readonly refused: (refusal: RefusalName) => void;
  /** Before any command was looked at. */
  readonly refusedAtDoor: (door: 'agent' | 'customer', why: RefusalName | 'too-slow') => void;
  /** Asked whenever somebody looks. */
  readonly watch: (now: () => Live) => void;
  readonly close: () => void;
};

/** How much is here at the moment. */
export type Live = { readonly desks: number; readonly customers: number };

/** Every so often the event loop's delay is looked at; a finer look would cost an idle server its sleep. */
const LAG_LOOK_MS = 20;

/** @param targetMs within which a queue wants to be answered; null: the queue is unknown. */
export function createMetrics(targetMs: (queue: QueueId) => number | null): Metrics {
  const register = new Registry();
  const registers = [register];
  let live: () => Live = () => ({ desks: 0, customers: 0 });
  collectDefaultMetrics({ register, eventLoopMonitoringPrecision: LAG_LOOK_MS });
  new Gauge({
    name: 'deskside_connected',
    help: 'Who is connected now: desks, and customers (one with many tabs is one).',
    labelNames: ['who'],
    registers,
    collect() {
      const { desks, customers } = live();
      this.set({ who: 'desks' }, desks);
      this.set({ who: 'customers' }, customers);
    },
  });
  const size = new Histogram({
    name: 'deskside_commit_appends',
    help: 'Appends that shared one commit.',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
    registers,
  });
  const time = new Histogram({
    name: 'deskside_commit_seconds',
    help: 'How long a commit took until the main thread knew of it.',
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5],
    registers,
  });
  const refusals = new Counter({
    name: 'deskside_refusals_total',
    help: 'Commands that were refused, by name.',
    labelNames: ['refusal'],
    registers,
  });
  const atDoors = new Counter({
    name: 'deskside_door_refusals_total',
    help: 'Sockets and frames that were refused before any command was looked at, by door and name.',
    labelNames: ['door', 'refusal'],
    registers,
  });

  return {
    ...queueMetrics(registers, targetMs),
    contentType: register.contentType,
    text: () => register.metrics(),
    committed(appends, ms) {
      size.observe(appends);
      time.observe(ms / 1000);
    },
    refused: (refusal) => refusals.inc({ refusal }),
    refusedAtDoor: (door, refusal) => atDoors.inc({ door, refusal }),
    watch: (now) => {
      live = now;
    },
    close: () => register.clear(),
  };
}
