import { isIP } from 'node:net';
import { Hono } from 'hono';
import type { Metrics } from '../metrics/metrics.ts';
import type { TrustedProxies } from '../people/address.ts';
import type { Env } from './request.ts';

/** What a proxy leaves on a request that it passes on. */
const passedOn = ['X-Forwarded-For', 'Forwarded', 'Via', 'X-Real-IP'];

/**
 * GET /metrics, for who connects directly from one of these addresses. Whatever came through a
 * proxy came from anywhere, so it finds nothing here.
 */
export function metricsRoute(
  metrics: Pick<Metrics, 'text' | 'contentType'>,
  from: TrustedProxies,
): Hono<Env> {
  return new Hono<Env>().get('/metrics', async (c) => {
    const address = (c.env.incoming?.socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
    const version = isIP(address);
    const isKnown = version !== 0 && from.check(address, version === 4 ? 'ipv4' : 'ipv6');
    if (!isKnown || passedOn.some((name) => c.req.header(name) !== undefined)) return c.notFound();
    return c.body(await metrics.text(), 200, {
      'Content-Type': metrics.contentType,
      'Cache-Control': 'no-store',
    });
  });
}
