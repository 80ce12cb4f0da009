import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Web } from './request.ts';

/** What a shop's page loads or frames; everything else is for nobody's page but our own. */
const embedded = /^\/(widget\.js|widget\/.*|chat|demo|demo\/.*)$/;

/** Headers of every answer, errors included; one that a route has set itself stays. */
export function headers({ publicOrigin }: Pick<Web, 'publicOrigin'>): MiddlewareHandler {
  const always = {
    overwrite: false,
    // Over plain http browsers ignore it; without a public address we don't know of any TLS.
    strictTransportSecurity: publicOrigin?.startsWith('https:') ? 'max-age=15552000' : false,
  };
  const inPages = secureHeaders({
    ...always,
    crossOriginResourcePolicy: 'cross-origin',
    crossOriginOpenerPolicy: false,
    // The chat's policy names who may frame it; this older header can't.
    xFrameOptions: false,
  });
  const ours = secureHeaders({
    ...always,
    xFrameOptions: 'DENY',
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      formAction: ["'none'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  });
  return (c, next) => (embedded.test(c.req.path) ? inPages : ours)(c, next);
}
