import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { caching } from './caching.ts';
import type { Env } from './request.ts';

/**
 * The demo shop and CRM: `/demo` is `index.html`, `/demo/NAME` is `NAME.html`, and their
 * pictures and styles lie beside them. `/` leads there.
 */
export function demoRoutes(folder: string): Hono<Env> {
  return new Hono<Env>()
    .get('/', (c) => c.redirect('/demo'))
    .get('/demo/*', compress(), caching('no-cache'), fileOf(folder));
}

const fileOf = (root: string) =>
  serveStatic({
    root,
    rewriteRequestPath(path) {
      const name = path.slice('/demo'.length);
      return /\.[a-z0-9]+$|^\/?$/.test(name) ? name : `${name}.html`;
    },
  });
