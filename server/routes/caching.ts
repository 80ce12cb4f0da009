import { createMiddleware } from 'hono/factory';

/** Says how long an answer may be kept; errors are kept by nobody. */
export const caching = (value: string) =>
  createMiddleware(async (c, next) => {
    await next();
    if (c.res.ok) c.header('Cache-Control', value);
  });
