import { type DestinationStream, type Logger, pino } from 'pino';

/** Structured lines for operators: never a token, never text that a person wrote. */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'fatal'>;

export const logLevels = ['debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { error: describe },
    redact: { paths: secretPaths, censor: '[secret]' },
  };
  return destination === undefined
    ? pino(options, pino.destination(2))
    : pino(options, destination);
}

/**
 * Lines for a person at a terminal instead of JSON, when there is one; undefined: JSON on stderr.
 * What makes them is there for developers only.
 */
export async function readableStream(): Promise<DestinationStream | undefined> {
  if (!process.stderr.isTTY) return undefined;
  const pretty = await import('pino-pretty').catch(() => null);
  return pretty?.default({
    destination: 2,
    sync: true,
    ignore: 'pid',
    translateTime: 'SYS:HH:MM:ss',
  });
}

/** A net under the rule: should a secret be handed over one day, it is not written. */
const secretPaths = [
  'token',
  'accessToken',
  'refreshToken',
  'password',
  'secret',
  'text',
  'content',
].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/**
 * An error as its name and where it was thrown. The messages of parsers quote what they were
 * given, and that may be a customer's words: those are left out.
 */
export function describe(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, message, code, stack } = error as NodeJS.ErrnoException;
  const quotes = name === 'SyntaxError' || name === 'ValiError' || name === 'YAMLParseError';
  const at = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name,
    ...(quotes ? {} : { message }),
    ...(code === undefined ? {} : { code }),
    at: at.slice(0, 12).map((line) => line.trim().slice('at '.length)),
    ...(error.cause === undefined ? {} : { cause: describe(error.cause) }),
  };
}
