import { expect, test } from 'vitest';
import { extensionId } from '../../../server/people/origins.ts';
import { isDemoOpen, readSettings, StartError } from '../../../server/settings.ts';

test('an empty environment is a demo for this machine alone', () => {
  const { proxies: _, metricsFrom, ...settings } = readSettings({ PORT: '', PATH: '/usr/bin' });
  expect(settings).toEqual({
    port: 8787,
    host: '127.0.0.1',
    dataDir: `${process.cwd()}/data`,
    centre: null,
    publicOrigin: null,
    isBehindProxy: false,
    extensionIds: [extensionId],
    logLevel: 'info',
    phoneCountry: null,
    smtp: null,
    mailFrom: 'deskside@localhost',
  });
});

test.each<[string, string, string]>([
  ['PORT', 'eighty', 'PORT must be a port from 0 to 65535, not "eighty".'],
  ['PORT', '-1', 'PORT must be a port from 0 to 65535, not "-1".'],
  ['HOST', 'a b', 'HOST must be a host name or an address, not "a b".'],
  [
    'PUBLIC_URL',
    'desk.example',
    'PUBLIC_URL must be an address without a path, like https://desk.example, not "desk.example".',
  ],
  [
    'PUBLIC_URL',
    'https://desk.example/deskside',
    'PUBLIC_URL must be an address without a path, like https://desk.example, not "https://desk.example/deskside".',
  ],
  [
    'TRUSTED_PROXIES',
    'nginx',
    'TRUSTED_PROXIES must be addresses and networks like 127.0.0.1, 10.0.0.0/8, not "nginx".',
  ],
  [
    'EXTENSION_IDS',
    'abc',
    'EXTENSION_IDS must be ids of Chromium extensions (32 letters a–p), with commas between them, not "abc".',
  ],
  [
    'LOG_LEVEL',
    'loud',
    'LOG_LEVEL must be one of debug, info, warn, error, fatal, silent, not "loud".',
  ],
])('%s=%s is refused by name', (name, value, says) => {
  expect(() => readSettings({ [name]: value })).toThrow(new StartError(says, 'setting'));
});

test('a mail server is given with whom its mails come from; its password is never repeated', () => {
  const SMTP_URL = 'smtps://desk:p%40ss@mail.example';
  expect(readSettings({ SMTP_URL, MAIL_FROM: 'desk@shop.example' })).toMatchObject({
    smtp: { host: 'mail.example', port: 465, secure: true, user: 'desk', password: 'p@ss' },
    mailFrom: 'desk@shop.example',
  });
  expect(() => readSettings({ SMTP_URL })).toThrow(
    'MAIL_FROM must be an e-mail address like desk@shop.example when there is an SMTP_URL.',
  );
  expect(() => readSettings({ MAIL_FROM: 'Desk <desk@shop.example>' })).toThrow(
    'MAIL_FROM must be',
  );
  for (const bad of ['mail.example', 'https://desk:secret@mail.example', `${SMTP_URL}?tls=never`]) {
    expect(() => readSettings({ SMTP_URL: bad, MAIL_FROM: 'desk@shop.example' })).toThrow(
      /^SMTP_URL must be a mail server like [^,]+\.$/,
    );
  }
});

test('a public address may end with a slash', () => {
  expect(readSettings({ PUBLIC_URL: 'https://desk.example/' }).publicOrigin).toBe(
    'https://desk.example',
  );
});

test.each<[boolean, string, Record<string, string>]>([
  [true, 'on this machine', {}],
  [true, 'on this machine by name', { HOST: 'localhost' }],
  [true, 'on this machine by IPv6', { HOST: '::1', PUBLIC_URL: 'http://localhost:8787' }],
  [false, 'on every address', { HOST: '0.0.0.0' }],
  [false, 'on the local network', { HOST: '192.168.1.5' }],
  [false, 'on a host that only looks like it', { HOST: '127.0.0.1.example' }],
  [false, 'behind a proxy', { TRUSTED_PROXIES: '127.0.0.1' }],
  [false, 'at a public address', { PUBLIC_URL: 'https://desk.example' }],
  [false, 'with a centre of its own', { CENTRE: 'centre.yaml' }],
])('the password that everybody knows works (%s) %s', (open, _, env) => {
  expect(isDemoOpen(readSettings(env))).toBe(open);
});
