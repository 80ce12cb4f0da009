import * as v from 'valibot';
import { CommandId } from '../../protocol/ids.ts';
import type { RefusalName } from '../../protocol/refusals.ts';

/** A frame as its schema says, or why not; `id` names the command that it would have been. */
export type ReadFrame<Frame> =
  | { readonly frame: Frame }
  | { readonly refusal: RefusalName; readonly id: CommandId | null };

/** One schema per type of frame, and of a command in it: nothing is tried twice. */
export type FrameSchemas<Frame> = {
  readonly frames: ReadonlyMap<unknown, v.GenericSchema<unknown, Frame>>;
  readonly commands: ReadonlyMap<unknown, v.GenericSchema<unknown, Frame>>;
};

type OfType = { readonly type: { readonly literal: string } };
type Option<Frame> = v.GenericSchema<unknown, Frame> & { readonly entries: OfType };
type Commands = { readonly options: readonly { readonly entries: OfType }[] };

/** Of a union's options; a frame with a command gets a schema for each of the commands. */
export function schemasByType<Frame>(options: readonly Option<Frame>[]): FrameSchemas<Frame> {
  const frames = new Map(options.map((option) => [option.entries.type.literal, option]));
  const { entries } = frames.get('command') ?? {};
  const { command } = (entries ?? {}) as { readonly command?: Commands };
  const commands = (command?.options ?? []).map((one) => {
    const frame = v.object({ ...entries, command: one } as never);
    return [one.entries.type.literal, frame as unknown as Option<Frame>] as const;
  });
  return { frames, commands: new Map(commands) };
}

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
  const schema = json === null ? undefined : schemaOf(schemas, json);
  if (schema === undefined) return { refusal: 'bad-frame', id: commandIdOf(json) };
  const parsed = v.safeParse(schema, json, { abortEarly: true });
  if (parsed.success) return { frame: parsed.output };
  const tooLong = parsed.issues.some(({ message }) => message === 'text-too-long');
  return { refusal: tooLong ? 'text-too-long' : 'bad-frame', id: commandIdOf(json) };
}

function schemaOf<Frame>(
  { frames, commands }: FrameSchemas<Frame>,
  { type, command }: Readonly<Record<string, unknown>>,
): v.GenericSchema<unknown, Frame> | undefined {
  if (type !== 'command') return frames.get(type);
  return commands.get((command as { readonly type?: unknown } | null | undefined)?.type);
}

/** So that even a command nobody can read is settled for its sender. */
export function commandIdOf(json: Readonly<Record<string, unknown>> | null): CommandId | null {
  const id = json?.id;
  return v.is(CommandId, id) ? (id as CommandId) : null;
}
