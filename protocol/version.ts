/**
 * The protocol's version. The server speaks this one and the one before.
 *
 * 1 (2026-11): the first; never shipped.
 * 2 (2026-11): the whole chat service.
 */
export const PROTOCOL = 2;
export const PROTOCOL_OLDEST = 2;

/** The version that stored events carry; older shapes are lifted by `server/store/upcast.ts`. */
export const EVENT_VERSION = 2;
