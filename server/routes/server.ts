import { Hono } from 'hono';
import { PROTOCOL, PROTOCOL_OLDEST } from '../../protocol/version.ts';
import type { Env } from './request.ts';

/** GET /api/server: is this a Deskside, which one, and can we talk? Asked before anybody signs in. */
export const serverRoute = (centreName: () => string): Hono<Env> =>
  new Hono<Env>().get('/server', (c) =>
    c.json({
      deskside: true,
      protocol: PROTOCOL,
      protocolOldest: PROTOCOL_OLDEST,
      centre: centreName(),
    }),
  );
