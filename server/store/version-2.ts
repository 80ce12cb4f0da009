import type { Upcaster } from './upcast.ts';

/** Version 2 knows a status per channel; in version 1 there was the chat alone. */
export const toVersion2: Upcaster = (body) => lifts[String(body.type)]?.(body) ?? body;

const lifts: Readonly<Record<string, Upcaster>> = {
  'status-changed': (body) => ({ ...body, until: null, next: 'stay', by: { kind: body.by } }),
  'pending-set': (body) => ({
    ...body,
    channel: 'chat',
    to: 'not-ready',
    durationMs: null,
    next: 'stay',
    by: { kind: 'agent' },
  }),
  'pending-cleared': (body) => ({ ...body, channel: 'chat' }),
  /** A preference had no end, and nobody was meant. */
  queued: (body) => ({ preferredUntil: null, target: null, ...body }),
  revoked: (body) => ({ role: 'owner', ...body }),
  granted: (body) => ({ ...body, channel: 'chat' }),
  'marked-done': (body) => ({ resolved: null, sendTranscript: false, ...body }),
  'wrap-up-started': (body) => ({ ...body, blocks: false }),
};
