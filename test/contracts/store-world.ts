import type { AgentId, CommandId, InteractionId, StreamName } from '../../protocol/ids.ts';
import { interactionStream } from '../../protocol/ids.ts';
import type {
  Append,
  AppendResult,
  EventBody,
  Mark,
  NewEvent,
  Session,
  Store,
  StreamAppend,
} from '../../server/store/contract.ts';

/** A store under test, and what may be done to it from outside. */
export type MadeStore = {
  readonly store: Store;
  /** Closes the store and opens another one over what it left. */
  readonly reopen: () => Promise<Store>;
  /** All that lies on the disk now, as one text. */
  readonly onDisk: () => Promise<string>;
  /** Closes what is open and clears away. */
  readonly end: () => Promise<void>;
};

export type MakeStore = () => Promise<MadeStore>;

export const chat = (id: string): StreamName => interactionStream(id as InteractionId);
export const agent = (id: string) => id as AgentId;

let commands = 0;
/** A command id that no other test has. */
export const newId = () => `command-${String(++commands).padStart(12, '0')}` as CommandId;

export const said: EventBody = { type: 'message-posted', author: { kind: 'customer' } };
export const returned: EventBody = { type: 'customer-returned' };

export const message = (text: string): NewEvent => ({ body: said, content: { text } });
export const messages = (count: number) =>
  Array.from({ length: count }, (_, index) => message(`message ${index + 1}`));

/** An append of one stream; every field can be given. */
export function appendTo(
  stream: StreamName,
  expected: number,
  events: readonly NewEvent[],
  rest: Partial<Append> & Partial<Pick<StreamAppend, 'blank' | 'snapshot'>> = {},
): Append {
  const { blank, snapshot = null, ...command } = rest;
  const part = { stream, expected, events, snapshot, ...(blank && { blank }) };
  return aCommand({ streams: [part], ...command });
}

/** A command with its answer; every field can be given. */
export function aCommand(fields: Partial<Append>): Append {
  const commandId = fields.commandId ?? newId();
  return {
    principal: 'ana',
    commandId,
    hash: `hash of ${commandId}`,
    answer: `{"answer":"${commandId}"}`,
    at: 1_000,
    streams: [],
    ...fields,
  };
}

/** The position, or a failed test. */
export function positionOf(result: AppendResult): number {
  if (result.type !== 'appended') throw new Error(`not appended: ${JSON.stringify(result)}`);
  return result.position;
}

/** Texts of a stream, as a reader gets them. */
export async function textsOf(store: Store, stream: StreamName): Promise<unknown[]> {
  const events = await store.read(stream, 0, 1_000, 1_000_000);
  return events.map(({ content }) => content?.text ?? content);
}

export const open = (state: unknown, key: string | null = null) => ({ state, open: true, key });
export const over = (state: unknown) => ({ state, open: false, key: null });

export const mark = (delivered: number, read: number, reader: Mark['reader'] = 'customer') => ({
  interaction: 'i1' as InteractionId,
  reader,
  delivered,
  read,
});

export const session = (id: string, fields: Partial<Session> = {}): Session => ({
  id,
  agent: agent('ana'),
  tokenHash: 'token-1',
  previousHash: null,
  rotatedAt: 1_000,
  expiresAt: 9_000,
  revoked: false,
  ...fields,
});
