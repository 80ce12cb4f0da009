/** What a figure is held against: Deskside's own value or its ratio to a baseline. */
export type Aim = {
  readonly of: 'c' | 'c/a' | 'c/b';
  readonly is: 'at most' | 'at least';
  readonly value: number;
};

export type Figure = {
  readonly label: string;
  readonly unit: 'µs' | 'ms' | 'messages/s' | 's' | 'KiB' | 'ratio' | '%';
  readonly aim?: Aim;
};

const atMost = (of: Aim['of'], value: number): { aim: Aim } => ({
  aim: { of, is: 'at most', value },
});

/** Every figure of the benchmark, in the order in which they are shown. */
export const figures = {
  'closed-ack-p50': { label: 'one conversation: ack p50', unit: 'ms' },
  'closed-ack-p99': { label: 'one conversation: ack p99', unit: 'ms' },
  'closed-other-p50': { label: 'one conversation: other side p50', unit: 'ms' },
  'closed-other-p99': { label: 'one conversation: other side p99', unit: 'ms' },

  'open-500-ack-p50': { label: '500/s: ack p50', unit: 'ms' },
  'open-500-ack-p99': { label: '500/s: ack p99', unit: 'ms', ...atMost('c/b', 2) },
  'open-500-other-p50': { label: '500/s: other side p50', unit: 'ms' },
  'open-500-other-p99': { label: '500/s: other side p99', unit: 'ms', ...atMost('c/b', 2) },
  'open-500-cpu': { label: '500/s: CPU per 1,000 messages', unit: 's' },
  'open-500-block-p99': { label: '500/s: main thread p99', unit: 'ms', ...atMost('c', 10) },
  'open-500-block-max': { label: '500/s: main thread longest', unit: 'ms' },
  'open-500-waited': { label: '500/s: main thread without a core', unit: '%' },
  'open-500-late-p99': { label: '500/s: generator late p99', unit: 'ms' },
  'open-500-others': { label: '500/s: machine used by others', unit: '%' },

  'open-2000-ack-p50': { label: '2,000/s: ack p50', unit: 'ms' },
  'open-2000-ack-p99': { label: '2,000/s: ack p99', unit: 'ms', ...atMost('c/b', 2) },
  'open-2000-other-p50': { label: '2,000/s: other side p50', unit: 'ms' },
  'open-2000-other-p99': { label: '2,000/s: other side p99', unit: 'ms', ...atMost('c/b', 2) },
  'open-2000-cpu': { label: '2,000/s: CPU per 1,000 messages', unit: 's' },
  'open-2000-block-p99': { label: '2,000/s: main thread p99', unit: 'ms', ...atMost('c', 10) },
  'open-2000-block-max': { label: '2,000/s: main thread longest', unit: 'ms' },
  'open-2000-waited': { label: '2,000/s: main thread without a core', unit: '%' },
  'open-2000-late-p99': { label: '2,000/s: generator late p99', unit: 'ms' },
  'open-2000-others': { label: '2,000/s: machine used by others', unit: '%' },

  'sustained-rate': {
    label: 'highest rate held',
    unit: 'messages/s',
    aim: { of: 'c/b', is: 'at least', value: 0.6 },
  },
  'sustained-ack-p99': { label: 'at that rate: ack p99', unit: 'ms' },
  'sustained-other-p99': { label: 'at that rate: other side p99', unit: 'ms' },
  'sustained-cpu': { label: 'at that rate: CPU per 1,000 messages', unit: 's' },
  'sustained-block-p99': { label: 'at that rate: main thread p99', unit: 'ms', ...atMost('c', 10) },
  'sustained-block-max': { label: 'at that rate: main thread longest', unit: 'ms' },
  'sustained-generator': { label: 'at that rate: generator busy', unit: '%' },
  'sustained-others': { label: 'at that rate: machine used by others', unit: '%' },

  'idle-connection': { label: 'memory per idle connection', unit: 'KiB', ...atMost('c', 20) },
  'talking-connection': { label: 'memory per connection in a conversation', unit: 'KiB' },
  'restart-ready': { label: 'killed, started again: takes connections', unit: 'ms' },
  'catch-up': {
    label: 'from then: 2,000 clients caught up',
    unit: 'ms',
    ...atMost('c/b', 2),
  },

  'growth-cost-small': { label: 'CPU per 1,000 messages, small centre', unit: 's' },
  'growth-cost-large': { label: 'CPU per 1,000 messages, all tenfold', unit: 's' },
  'growth-cost': {
    label: 'cost per message, everything tenfold',
    unit: 'ratio',
    ...atMost('c', 1.1),
  },
  'routing-cost-small': { label: 'routing: CPU per 1,000, 1,000 × 10,000', unit: 'ms' },
  'routing-cost-large': { label: 'routing: CPU per 1,000, 10,000 × 100,000', unit: 'ms' },
  'routing-growth': { label: 'routing: cost of one, both tenfold', unit: 'ratio' },
  'routing-block-p99': { label: 'routing: main thread p99', unit: 'ms', ...atMost('c', 10) },
  'routing-turn-max': { label: 'routing: longest turn, collections of garbage aside', unit: 'ms' },
  'routing-block-max': { label: 'routing: main thread longest', unit: 'ms', ...atMost('c', 10) },
  'guard-message': { label: 'guard: the dearest chat message', unit: 'µs', ...atMost('c', 20) },
  'guard-hostile': { label: 'guard: 10,000 hostile digits', unit: 'ms', ...atMost('c', 20) },
  'ready-empty': { label: 'ready, nothing stored', unit: 'ms' },
  'ready-million': { label: 'ready, 1,000,000 messages stored', unit: 'ms', ...atMost('c', 3000) },

  'search-p50': { label: 'search among 1,000,000 messages p50', unit: 'ms' },
  'search-p99': { label: 'search among 1,000,000 messages p99', unit: 'ms', ...atMost('c', 50) },
  'history-p99': { label: 'a customer’s history p99', unit: 'ms', ...atMost('c', 10) },
  'history-rebuild': { label: 'index of 1,000,000 messages made anew', unit: 's' },

  'panel-click': {
    label: 'panel: click to visible conversation, 4× slower CPU',
    unit: 'ms',
    ...atMost('c', 400),
  },
  'panel-dom-p50': { label: 'browser: send to the other side’s DOM p50', unit: 'ms' },
  'panel-dom-p99': {
    label: 'browser: send to the other side’s DOM p99',
    unit: 'ms',
    ...atMost('c', 150),
  },
} as const satisfies Record<string, Figure>;

export type FigureName = keyof typeof figures;

/** What a run in a real browser brings, a value per round. */
export type PanelFigures = Readonly<
  Record<Extract<FigureName, `panel-${string}`>, readonly number[]>
>;
