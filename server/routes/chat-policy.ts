import type { Site } from '../centre/centre.ts';

/**
 * The chat page's Content-Security-Policy: nothing from elsewhere, and framed only by pages of
 * these sites. `'self'` in connect-src doesn't cover WebSockets in older Safari, so the host is
 * named.
 */
export function chatPolicy(sites: readonly Pick<Site, 'origins'>[], host: string | null): string {
  const sockets = host === null ? '' : ` ws://${host} wss://${host}`;
  const ancestors = new Set(sites.flatMap(({ origins }) => origins.map(source)));
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "media-src 'self'",
    `connect-src 'self'${sockets}`,
    "form-action 'none'",
    "base-uri 'none'",
    `frame-ancestors ${ancestors.size === 0 ? "'none'" : [...ancestors].join(' ')}`,
  ].join('; ');
}

const source = (origin: string): string => (origin === 'self' ? "'self'" : origin);
