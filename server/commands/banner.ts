import { existsSync } from 'node:fs';
import type { Centre } from '../centre/centre.ts';
import { DEMO_PASSWORD } from '../people/accounts.ts';
import { isDemoOpen, type Settings } from '../settings.ts';
import { builtExtension } from './paths.ts';

/** What a person who has just started the server wants to know. */
export function banner(settings: Settings, centre: Centre, url: string): string {
  const isDemo = settings.centre === null;
  const lines = [
    '',
    `Deskside is running for ${centre.name}${isDemo ? ' (demo)' : ''}.`,
    '',
    row('Server', url),
    ...(isDemo ? [row('Customer’s page', `${url}/demo`), row('CRM page', `${url}/demo/crm`)] : []),
    row('Data', settings.dataDir),
    '',
    ...signIns(settings, centre),
    '',
    ...extension(),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

function signIns(settings: Settings, centre: Centre): string[] {
  if (isDemoOpen(settings)) {
    return [
      row('Agents', `password ${DEMO_PASSWORD}`),
      ...centre.agents.map(({ name, email, role }) =>
        row('', `${email}  ${name}${role === 'agent' ? '' : `, ${role}`}`),
      ),
    ];
  }
  const why =
    settings.centre === null
      ? ['The demo’s sign-ins are off: others than this machine may reach the server.']
      : [];
  return [
    ...why.map((line) => row('Agents', line)),
    row(
      why.length === 0 ? 'Agents' : '',
      'npm run agent:invite -- --email NAME@EXAMPLE lets one set a password',
    ),
  ];
}

function extension(): string[] {
  if (!existsSync(builtExtension)) return [row('Extension', 'not built yet: npm run build')];
  return [
    row('Extension', builtExtension),
    row('', 'Chrome: chrome://extensions → Developer mode → Load unpacked → this folder'),
  ];
}

const row = (name: string, value: string): string => `  ${name.padEnd(18)}${value}`;
