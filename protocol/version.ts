/**
 * The protocol's version. The server speaks this one and the one before.
 *
 * 1 (2026-11): the first.
 */
export const PROTOCOL = 1;
export const PROTOCOL_OLDEST = 1;

/** The version that stored events carry; older shapes are lifted by `server/store/upcast.ts`. */
export const EVENT_VERSION = 1;
