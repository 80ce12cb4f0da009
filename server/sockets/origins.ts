import { isExtension } from '../people/origins.ts';
import type { DoorName } from './session.ts';

export type OriginRules = {
  /** `https://desk.example`, or null: as the request's Host says. */
  readonly publicOrigin: string | null;
  /** Chromium extensions that may open the agents' door. */
  readonly extensionIds: readonly string[];
};

/**
 * May a page of this origin open this door? The customers' takes the server's own pages only (the
 * chat is an iframe of it), the agents' our extension. Everything that is no browser can claim
 * any origin: what keeps those out is the token and the secret.
 */
export const isOriginAllowed =
  ({ publicOrigin, extensionIds }: OriginRules) =>
  (door: DoorName, origin: string | undefined, host: string | undefined): boolean => {
    if (origin === undefined) return false;
    if (door === 'agent') return isExtension(origin, extensionIds);
    const url = URL.parse(origin);
    if (url === null || !/^https?:$/.test(url.protocol)) return false;
    if (publicOrigin !== null && url.origin === new URL(publicOrigin).origin) return true;
    return (
      publicOrigin === null &&
      url.host !== '' &&
      url.host === URL.parse(`${url.protocol}//${host}`)?.host
    );
  };
