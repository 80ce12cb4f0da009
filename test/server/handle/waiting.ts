import type { CommandId, StreamName } from '../../../protocol/ids.ts';
import { Spine, type SpineSettings } from '../spine.ts';

/** A server on which ana waits, and nobody routes. */
export async function waiting(settings: SpineSettings = {}) {
  const world = new Spine(settings);
  const id = await world.comes('ana');
  return { world, id, stream: `interaction:${id}` as StreamName };
}

export const command = (name: string) => `a-command-id-${name}` as CommandId;

/** The texts that stand in a stream. */
export const messages = async (world: Spine, stream: StreamName): Promise<string[]> =>
  (await world.store.read(stream, 0, 1_000, 1_000_000)).flatMap(({ content }) =>
    content?.text === undefined ? [] : [content.text],
  );
