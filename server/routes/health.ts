import { Hono } from 'hono';
import type { Env } from './request.ts';

/** A disk that doesn't answer in this time is not ready; balancers ask every few seconds. */
const PROBE_MS = 3_000;

/**
 * GET /healthz: the process answers. GET /readyz: it can also store, and isn't closing.
 * @param probe rejects when nothing can be stored.
 */
export function healthRoutes(probe: () => Promise<void>, probeMs = PROBE_MS): Hono<Env> {
  let underWay: Promise<boolean> | null = null;
  /** Asked a hundred times at once, the disk is asked once. */
  const isReady = (): Promise<boolean> => {
    underWay ??= within(probe(), probeMs).finally(() => {
      underWay = null;
    });
    return underWay;
  };
  return new Hono<Env>()
    .get('/healthz', (c) => c.text('ok\n', 200, uncached))
    .get('/readyz', async (c) =>
      (await isReady()) ? c.text('ready\n', 200, uncached) : c.text('not ready\n', 503, uncached),
    );
}

const uncached = { 'Cache-Control': 'no-store' };

async function within(promise: Promise<void>, ms: number): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), ms);
  try {
    return await Promise.race([promise.then(() => true).catch(() => false), late]);
  } finally {
    clearTimeout(timer);
  }
}
