import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { methodNotAllowed } from 'hono/method-not-allowed';
import type { Centre } from './centre/centre.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { TrustedProxies } from './people/address.ts';
import type { People } from './people/people.ts';
import { customerOf } from './people/secret.ts';
import { extensionCors, knownOrigins } from './routes/api-doors.ts';
import { type AuditDeps, auditRoute } from './routes/audit.ts';
import { createWho } from './routes/credential.ts';
import { demoRoutes } from './routes/demo.ts';
import { type ExportDeps, exportRoutes } from './routes/exports.ts';
import { type FilesDoorDeps, filesRoutes } from './routes/files.ts';
import { headers } from './routes/headers.ts';
import { healthRoutes } from './routes/health.ts';
import { type HistoryDeps, historyRoutes } from './routes/history.ts';
import { inviteRoutes } from './routes/invite.ts';
import { metricsRoute } from './routes/metrics.ts';
import { addressOf, type Env, refuse, type Web } from './routes/request.ts';
import { serverRoute } from './routes/server.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { type TranscriptDeps, transcriptRoutes } from './routes/transcripts.ts';
import { widgetRoutes } from './routes/widget.ts';

export type AppDeps = {
  readonly people: People;
  readonly centre: Centre;
  readonly log: Log;
  /** Rejects when nothing can be stored, or the server is closing. */
  readonly probe: () => Promise<void>;
  readonly web: Web;
  readonly metrics: Pick<Metrics, 'text' | 'contentType'>;
  /** Who may read them. */
  readonly metricsFrom: TrustedProxies;
  readonly transcripts: Pick<TranscriptDeps, 'store' | 'interaction' | 'printer'>;
  readonly exports: Pick<ExportDeps, 'store' | 'audit'>;
  readonly history: Omit<HistoryDeps, 'people' | 'centre'>;
  /** What people send each other. */
  readonly attachments: Pick<FilesDoorDeps, 'files' | 'shown' | 'interaction'>;
  readonly audit: AuditDeps['audit'];
  readonly files: {
    /** Where the widget was built into. */
    readonly widget: string;
    /** The demo's pages; null: there is no demo. */
    readonly demo: string | null;
  };
};

/** Credentials and tokens; nothing larger comes over HTTP. */
const BODY_BYTES_MAX = 8 * 1024;

/** Every HTTP door of the server. It listens nowhere: `app.fetch` is called by main, or by a test. */
export function createApp(deps: AppDeps): Hono<Env> {
  const { people, centre, log, probe, web, metrics, metricsFrom } = deps;
  const { transcripts, exports, history, audit, files } = deps;
  const app = new Hono<Env>();
  const centreName = () => centre.name;
  const note = (facts: object, what: string) => log.info(facts, what);

  app.use(async (c, next) => {
    const from = performance.now();
    await next();
    const ms = Math.round(performance.now() - from);
    const { method, path } = c.req;
    log.debug({ method, path, status: c.res.status, ms, address: addressOf(c, web) }, 'request');
  });
  app.use(headers(web));
  app.use(methodNotAllowed({ app }));

  app.use('/api/*', extensionCors(web), knownOrigins(web));
  const small = bodyLimit({
    maxSize: BODY_BYTES_MAX,
    onError: (c) => refuse(c, 413, 'frame-too-large'),
  });
  app.use('/api/*', small);
  app.use('/invite', small);

  app.route('/api', serverRoute(centreName));
  app.route('/api', sessionRoutes({ people, centreName, web, note }));
  app.route('/api', transcriptRoutes({ people, centre, ...transcripts }));
  app.route('/api', historyRoutes({ people, centre, ...history }));
  app.route('/api', exportRoutes({ people, centre, note, ...exports }));
  app.route(
    '/',
    filesRoutes({
      ...deps.attachments,
      who: createWho({ people, centre, customerOf }),
      web,
      bug: (error) => log.error({ error }, 'a file could not be taken or given'),
    }),
  );
  app.route('/api', auditRoute({ people, centre, audit }));
  app.route('/', inviteRoutes({ people, centreName, web, note }));
  app.route('/', healthRoutes(probe));
  app.route('/', metricsRoute(metrics, metricsFrom));
  app.route('/', widgetRoutes({ centre, web, folder: files.widget }));
  if (files.demo !== null) app.route('/', demoRoutes(files.demo));
  else app.get('/', (c) => c.text(`This is the Deskside server of ${centre.name}.\n`));

  app.notFound((c) => c.text('Not found.\n', 404));
  app.onError((error, c) => {
    if (error.name === 'StoreUnavailable') return refuse(c, 503, 'try-later', 1_000);
    log.error({ error, path: c.req.path }, 'a request failed');
    return refuse(c, 500, 'try-later');
  });
  return app;
}
