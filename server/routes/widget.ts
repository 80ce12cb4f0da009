import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { etag } from 'hono/etag';
import type { Centre } from '../centre/centre.ts';
import { caching } from './caching.ts';
import { chatPolicy } from './chat-policy.ts';
import { type Env, hostOf, type Web } from './request.ts';
import { siteLanguage } from './site-language.ts';

export type WidgetDeps = {
  readonly centre: Pick<Centre, 'site' | 'sites'>;
  readonly web: Pick<Web, 'publicOrigin'>;
  /** The folder that the widget was built into. */
  readonly folder: string;
};

/** Asked again after five minutes: a new version reaches every shop soon, and the loader is tiny. */
const LOADER_CACHE = 'public, max-age=300, stale-while-revalidate=86400';
/** The name of a hashed file changes with what is in it. */
const HASHED_CACHE = 'public, max-age=31536000, immutable';

/**
 * What the customer's half is made of: the loader `/widget.js` for any shop's page, the chat's
 * page `/chat?site=ID` for an iframe on that site, and its parts `/widget/assets/**`. Nothing
 * else of the build is served: its page may only be had with its policy.
 */
export function widgetRoutes({ centre, web, folder }: WidgetDeps): Hono<Env> {
  const app = new Hono<Env>();
  const small = compress();

  app.get(
    '/widget.js',
    small,
    etag(),
    caching(LOADER_CACHE),
    serveStatic({ path: join(folder, 'widget.js') }),
    (c) => c.text(NOT_BUILT, 503),
  );

  app.get(
    '/chat',
    small,
    caching('no-cache'),
    async (c, next) => {
      const site = centre.site(c.req.query('site') ?? '');
      const wanted = c.req.query('language') ?? '';
      const language = siteLanguage(wanted, site?.card.languages ?? []);
      if (language !== wanted) {
        const asked = new URLSearchParams(c.req.query());
        asked.set('language', language);
        return c.redirect(`/chat?${asked}`);
      }
      const policy = chatPolicy(site === null ? centre.sites : [site], hostOf(c, web));
      c.header('Content-Security-Policy', policy);
      return next();
    },
    serveStatic({ path: join(folder, 'chat', 'index.html') }),
    (c) => c.text(NOT_BUILT, 503),
  );

  app.get(
    '/widget/assets/*',
    small,
    caching(HASHED_CACHE),
    serveStatic({
      root: folder,
      rewriteRequestPath: (path) => path.slice('/widget'.length),
    }),
  );
  return app;
}

const NOT_BUILT = 'The chat has not been built yet: npm run build.\n';
