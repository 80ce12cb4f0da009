import { cors } from 'hono/cors';
import { createMiddleware } from 'hono/factory';
import { isExtension } from '../people/origins.ts';
import { type Env, hostOf, refuse, type Web } from './request.ts';

/** Lets the extension's pages read `/api`; no credentials travel by themselves. */
export const extensionCors = ({ extensionIds }: Web) =>
  cors({
    origin: (origin) => (isExtension(origin, extensionIds) ? origin : null),
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['Authorization', 'Content-Type'],
    maxAge: 600,
  });

/** The same for files: tus says all it has to say in headers. */
export const fileCors = ({ extensionIds }: Web) =>
  cors({
    origin: (origin) => (isExtension(origin, extensionIds) ? origin : null),
    allowMethods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'],
    allowHeaders: [
      'Authorization',
      'Content-Type',
      'Range',
      'Tus-Resumable',
      'Upload-Length',
      'Upload-Metadata',
      'Upload-Offset',
    ],
    exposeHeaders: [
      'Content-Disposition',
      'Content-Range',
      'Location',
      'Tus-Resumable',
      'Upload-Length',
      'Upload-Offset',
    ],
    maxAge: 600,
  });

/** A page that is neither the extension's nor our own is told so. Programs send no origin. */
export const knownOrigins = (web: Web) =>
  createMiddleware<Env>(async (c, next) => {
    const origin = c.req.header('Origin');
    const known =
      origin === undefined ||
      isExtension(origin, web.extensionIds) ||
      origin === web.publicOrigin ||
      URL.parse(origin)?.host === hostOf(c, web);
    if (!known) return refuse(c, 403, 'wrong-origin');
    c.header('Cache-Control', 'no-store');
    await next();
    return undefined;
  });
