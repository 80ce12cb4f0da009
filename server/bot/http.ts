import * as v from 'valibot';
import { limits } from '../../protocol/limits.ts';
import { recordBy } from '../../protocol/parts.ts';
import { type Bot, BotFailed, type BotReply } from './contract.ts';
import type { HttpBot } from './setup.ts';

/**
 * A bot behind HTTP, in the shape of Rasa's REST channel: `POST {sender, message}` is answered by
 * a list of `{recipient_id, text, buttons}`. An entry's `custom` may hold `{data: {key: value}}`
 * and `{handover: true, note, queue}`. What a customer says first is `message`; that they have
 * come is said to nobody, as Rasa begins with the first message.
 */
export function httpBot({ url, timeoutSeconds }: HttpBot): Bot {
  return {
    async answer({ conversation, message }, signal) {
      if (message === null) return { says: [], data: {}, handOver: null };
      const late = AbortSignal.timeout(timeoutSeconds * 1000);
      const body = JSON.stringify({ sender: conversation, message });
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'application/json' },
          body,
          redirect: 'error',
          signal: AbortSignal.any([signal, late]),
        });
        if (!response.ok) {
          await response.body?.cancel();
          throw new BotFailed(`it answered HTTP ${response.status}`);
        }
        return replyOf(await textOf(response), conversation);
      } catch (error) {
        if (error instanceof BotFailed) throw error;
        if (late.aborted) throw new BotFailed(`no answer in ${timeoutSeconds} s`, 'time-out');
        throw new BotFailed('it can’t be reached');
      }
    },
  };
}

/** Words of one answer, no more than anybody else’s; a bot that says more is talking to itself. */
const ANSWER_BYTES_MAX = limits.frameUpBytes;
const MESSAGES_MAX = 20;
const BUTTONS_MAX = 20;

const Short = v.pipe(v.string(), v.maxLength(limits.fieldCharacters));
const Message = v.object({
  recipient_id: v.nullish(v.string()),
  text: v.nullish(v.pipe(v.string(), v.maxBytes(limits.textBytes)), ''),
  buttons: v.nullish(
    v.pipe(
      v.array(v.object({ title: Short, payload: v.optional(Short) })),
      v.maxLength(BUTTONS_MAX),
    ),
    [],
  ),
  custom: v.nullish(
    v.object({
      data: v.optional(
        v.pipe(
          recordBy(
            v.pipe(v.string(), v.minLength(1), v.maxLength(limits.dataKeyCharacters)),
            v.pipe(v.union([v.string(), v.number(), v.boolean()]), v.transform(String)),
          ),
          v.check((data) => Object.keys(data).length <= limits.dataKeys),
        ),
        {},
      ),
      handover: v.optional(v.boolean(), false),
      note: v.optional(v.pipe(v.string(), v.maxBytes(limits.noteBytes)), ''),
      queue: v.optional(v.nullable(Short), null),
    }),
  ),
});
const Answer = v.pipe(v.array(Message), v.maxLength(MESSAGES_MAX));

function replyOf(text: string, conversation: string): BotReply {
  const answer = v.safeParse(Answer, parsed(text));
  if (!answer.success) throw new BotFailed('its answer isn’t a list of messages');
  /** What it says to another customer is none of this one's business. */
  if (answer.output.some(({ recipient_id: to }) => (to ?? conversation) !== conversation))
    throw new BotFailed('its answer is for somebody else');
  const says = answer.output.flatMap(({ text, buttons }) =>
    text.trim() === '' && buttons.length === 0
      ? []
      : [{ text, buttons: buttons.map(({ title, payload = title }) => ({ title, payload })) }],
  );
  const data: Record<string, string> = {};
  let handOver: BotReply['handOver'] = null;
  for (const { custom } of answer.output) {
    if (custom == null) continue;
    for (const [key, value] of Object.entries(custom.data))
      data[key] = value.slice(0, limits.dataCharacters);
    if (custom.handover) handOver = { note: custom.note, queue: custom.queue as never };
  }
  if (Object.keys(data).length > limits.dataKeys) throw new BotFailed('it fills too much data');
  return { says, data, handOver };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Stops reading where an answer has become too long to be one. */
async function textOf({ body }: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body ?? []) {
    bytes += piece.byteLength;
    if (bytes > ANSWER_BYTES_MAX) throw new BotFailed('its answer is too long');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
