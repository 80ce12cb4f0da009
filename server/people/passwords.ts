import { hash, type Options, verify } from '@node-rs/argon2';

/** argon2id with OWASP's first choice: 19 MiB, two passes, about 15 ms of one core. */
const cost = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } satisfies Options;

/** Characters. Longer than any person types, short enough to hash at once. */
export const passwordLength = { min: 12, max: 256 } as const;

export type Passwords = {
  /** A PHC string. */
  readonly hash: (password: string) => Promise<string>;
  /** Takes the same time for a right, a wrong and a missing hash: nobody learns who exists. */
  readonly verify: (stored: string | null, password: string) => Promise<boolean>;
};

export async function createPasswords(): Promise<Passwords> {
  const nobodys = await hash(crypto.randomUUID(), cost);
  return {
    hash: (password) => hash(plain(password), cost),
    async verify(stored, password) {
      const right = await verify(stored ?? nobodys, plain(password));
      return right && stored !== null;
    },
  };
}

/** Keyboards write the same letter in several ways (ü as one sign or as two). */
const plain = (password: string): string => password.normalize('NFKC');
