import * as v from 'valibot';
import { CommandId } from '../../protocol/ids.ts';

/**
 * The id of a command that follows from something that happened: told twice, by a desk that was
 * restarted in between, it is the same command (TRUST-2).
 */
export function stableId(what: string, id: string): CommandId {
  const plain = v.safeParse(CommandId, `${what}-${id}`);
  if (plain.success) return plain.output;
  return `${what}-${fingerprint(id)}` as CommandId;
}

/** 128 bits of FNV-1a, as hexadecimal digits: for ids with a dot in them, or longer than they may be. */
function fingerprint(text: string): string {
  let hash = 0x6c62272e07bb014262b821756295c58dn;
  for (let n = 0; n < text.length; n++)
    hash = BigInt.asUintN(128, (hash ^ BigInt(text.charCodeAt(n))) * 0x1000000000000000000013bn);
  return hash.toString(16).padStart(32, '0');
}
