import * as v from 'valibot';
import { CommandId } from '../../protocol/ids.ts';
import type { RefusalName } from '../../protocol/refusals.ts';

/** A frame as its schema says, or why not; `id` names the command that it would have been. */
export type ReadFrame<Frame> =
  | { readonly frame: Frame }
  | { readonly refusal: RefusalName; readonly id: CommandId | null };

/** One schema per type of frame: nothing is tried twice. */
export type FrameSchemas<Frame> = ReadonlyMap<unknown, v.GenericSchema<unknown, Frame>>;

export const schemasByType = <Frame>(
  options: readonly (v.GenericSchema<unknown, Frame> & {
    readonly entries: { readonly type: { readonly literal: string } };
  })[],
): FrameSchemas<Frame> =>
  new Map(
    options.map((option) => [
      option.entries.type.literal,
      option as v.GenericSchema<unknown, Frame>,
    ]),
  );

/** JSON of an object, or null. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && !Array.isArray(json)
      ? (json as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

export function readFrame<Frame>(
  schemas: FrameSchemas<Frame>,
  json: Readonly<Record<string, unknown>> | null,
): ReadFrame<Frame> {
  const schema = json === null ? undefined : schemas.get(json.type);
  if (schema === undefined) return { refusal: 'bad-frame', id: commandIdOf(json) };
  const parsed = v.safeParse(schema, json, { abortEarly: true });
  if (parsed.success) return { frame: parsed.output };
  const tooLong = parsed.issues.some(({ message }) => message === 'text-too-long');
  return { refusal: tooLong ? 'text-too-long' : 'bad-frame', id: commandIdOf(json) };
}

/** So that even a command nobody can read is settled for its sender. */
export function commandIdOf(json: Readonly<Record<string, unknown>> | null): CommandId | null {
  const id = json?.id;
  return v.is(CommandId, id) ? (id as CommandId) : null;
}
