import type { CommandId } from '../../protocol/ids.ts';

/** 22 characters: 128 bits. */
export const newCommandId = (): CommandId => randomText(16) as CommandId;

/** 43 characters: 256 bits. */
export const newSecret = (): string => randomText(32);

function randomText(bytes: number): string {
  const text = String.fromCharCode(...crypto.getRandomValues(new Uint8Array(bytes)));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
