/** The short-lived access token: in session storage where there is one, never on the disk. */
export type AccessToken = {
  /** Whose it is: `server` and agent together. */
  readonly of: string;
  readonly token: string;
  /** On this machine's clock. */
  readonly expiresAt: number;
};

export type AccessStore = {
  readonly read: () => Promise<AccessToken | null>;
  /** Null forgets it. */
  readonly write: (token: AccessToken | null) => Promise<void>;
};

export const accessOf = (account: { readonly server: string; readonly agent: string }): string =>
  `${account.agent}@${account.server}`;

/** Where the browser has no session storage, and in tests. */
export function memoryAccess(): AccessStore {
  let kept: AccessToken | null = null;
  return {
    read: async () => kept,
    write: async (token) => {
      kept = token;
    },
  };
}
