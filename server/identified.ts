import type { Command } from './interactions/command.ts';

/** What the words of a site's token say; null: it can't be believed. */
export type Identify = (token: string) => Promise<Readonly<Record<string, string>> | null>;

/** The command with what the site vouches for in place of its token; null: the token isn't good. */
export async function identified(
  command: Command,
  identify: Identify = async () => null,
): Promise<Command | null> {
  if (!('identity' in command) || command.identity === undefined) return command;
  const identity = await identify(command.identity);
  return identity && { ...command, ...identity };
}
