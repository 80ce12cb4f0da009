import { resolve } from 'node:path';
import { getCountries } from 'libphonenumber-js/max';
import * as v from 'valibot';
import { isEmailAddress } from '../protocol/parts.ts';
import { type LogLevel, logLevels } from './log.ts';
import { parseSmtpUrl, type SmtpSettings } from './mail/smtp-url.ts';
import { parseProxies, type TrustedProxies } from './people/address.ts';
import { extensionId } from './people/origins.ts';

/** What the environment says, checked and with every default. */
export type Settings = {
  /** 0: any free one. */
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** The centre's file; null: the demo's. */
  readonly centre: string | null;
  readonly publicOrigin: string | null;
  readonly proxies: TrustedProxies;
  readonly isBehindProxy: boolean;
  readonly extensionIds: readonly string[];
  readonly logLevel: LogLevel;
  /** Who may read /metrics. */
  readonly metricsFrom: TrustedProxies;
  /** ISO 3166-1 alpha-2: phone numbers without `+` are of there; null: of nowhere. */
  readonly phoneCountry: string | null;
  /** Null: mails are files in the data directory. */
  readonly smtp: SmtpSettings | null;
  /** Whom mails come from. */
  readonly mailFrom: string;
};

/** The server can't start, for a reason that is no bug: one line, and the code to exit with. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly exitCode: number;
  constructor(message: string, why: keyof typeof exitCodes) {
    super(message);
    this.exitCode = exitCodes[why];
  }
}

/** 1 is a bug; 6, Node is too old, is said by `commands/run.js`. */
export const exitCodes = { setting: 2, port: 3, data: 4, newerDatabase: 5, build: 7 } as const;

/** @throws StartError that names the variable and what was expected. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const { success, output, issues } = v.safeParse(Environment, given, { abortEarly: true });
  if (!success) {
    const [{ path, message }] = issues;
    const name = String(path?.[0]?.key);
    throw new StartError(
      // It may hold a password.
      name === 'SMTP_URL'
        ? `${name} must be ${message}.`
        : `${name} must be ${message}, not ${JSON.stringify(given[name])}.`,
      'setting',
    );
  }
  return {
    port: output.PORT,
    host: output.HOST,
    dataDir: resolve(output.DATA_DIR),
    centre: output.CENTRE === undefined ? null : resolve(output.CENTRE),
    publicOrigin: output.PUBLIC_URL ?? null,
    proxies: output.TRUSTED_PROXIES,
    isBehindProxy: given.TRUSTED_PROXIES !== undefined,
    extensionIds: output.EXTENSION_IDS,
    logLevel: output.LOG_LEVEL,
    metricsFrom: output.METRICS_FROM,
    phoneCountry: output.PHONE_COUNTRY ?? null,
    smtp: output.SMTP_URL ?? null,
    mailFrom: mailFromOf(output.MAIL_FROM, output.SMTP_URL),
  };
}

/**
 * May the demo's agents sign in with the password that everybody knows? Only where nobody but
 * this machine can reach the server: no other host, no proxy before it, no public address.
 */
export function isDemoOpen(settings: Settings): boolean {
  const { centre, host, publicOrigin, isBehindProxy } = settings;
  const isPublic = publicOrigin !== null && !isLoopback(new URL(publicOrigin).hostname);
  return centre === null && isLoopback(host) && !isBehindProxy && !isPublic;
}

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || /^127(\.\d{1,3}){3}$/.test(host) || /^\[?::1\]?$/.test(host);

const portMessage = 'a port from 0 to 65535';
const urlMessage = 'an address without a path, like https://desk.example';
const idsMessage = 'ids of Chromium extensions (32 letters a–p), with commas between them';

const smtpMessage =
  'a mail server like smtps://user:password@mail.example or smtp://user:password@mail.example:587';
const mailMessage = 'an e-mail address like desk@shop.example';

const networks = v.pipe(
  v.string(),
  v.check(
    (text) => parseProxies(text) !== null,
    'addresses and networks like 127.0.0.1, 10.0.0.0/8',
  ),
  v.transform((text) => parseProxies(text) as TrustedProxies),
);

export const Environment = v.object({
  PORT: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,5}$/, portMessage),
      v.transform(Number),
      v.maxValue(65_535, portMessage),
    ),
    '8787',
  ),
  HOST: v.optional(
    v.pipe(v.string(), v.regex(/^[A-Za-z0-9.:_-]+$/, 'a host name or an address')),
    '127.0.0.1',
  ),
  DATA_DIR: v.optional(v.string(), 'data'),
  CENTRE: v.optional(v.string()),
  PUBLIC_URL: v.optional(
    v.pipe(
      v.string(),
      v.check((text) => originOf(text) !== null, urlMessage),
      v.transform((text) => originOf(text) ?? ''),
    ),
  ),
  TRUSTED_PROXIES: v.optional(networks, ''),
  EXTENSION_IDS: v.optional(
    v.pipe(
      v.string(),
      v.transform((text) => text.split(',').map((id) => id.trim())),
      v.check((ids) => ids.every((id) => /^[a-p]{32}$/.test(id)), idsMessage),
    ),
    extensionId,
  ),
  METRICS_FROM: v.optional(networks, '127.0.0.1, ::1'),
  PHONE_COUNTRY: v.optional(v.picklist(getCountries(), 'a country like DE, GB or BR')),
  SMTP_URL: v.optional(
    v.pipe(
      v.string(),
      v.check((text) => parseSmtpUrl(text) !== null, smtpMessage),
      v.transform((text) => parseSmtpUrl(text) as SmtpSettings),
    ),
  ),
  MAIL_FROM: v.optional(v.pipe(v.string(), v.check(isEmailAddress, mailMessage))),
  LOG_LEVEL: v.optional(v.picklist(logLevels, `one of ${logLevels.join(', ')}`), 'info'),
});

/** A mail server takes no mail from nobody. @throws StartError */
function mailFromOf(given: string | undefined, smtp: SmtpSettings | undefined): string {
  if (given === undefined && smtp !== undefined)
    throw new StartError(`MAIL_FROM must be ${mailMessage} when there is an SMTP_URL.`, 'setting');
  return given ?? 'deskside@localhost';
}

/** `https://desk.example/` → `https://desk.example`; null when it is more or less than an origin. */
function originOf(text: string): string | null {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  return url.href === `${url.origin}/` ? url.origin : null;
}
