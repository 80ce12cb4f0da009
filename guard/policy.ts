/** What the guard knows by itself; a centre's own patterns come with names of their own. */
export const entities = [
  'CREDIT_CARD',
  'CVV',
  'IBAN',
  'US_SSN',
  'BR_CPF',
  'BR_CNPJ',
  'EMAIL',
  'PHONE',
] as const;
export type Entity = (typeof entities)[number];

/** GUARD-1: masked, gone with its whole message, or left as it is. */
export type Action = 'redact' | 'drop' | 'allow';

export type Policy = {
  readonly entities: Readonly<Record<Entity, Action>>;
  /** A centre's own; see patterns.ts, which makes them. */
  readonly patterns: readonly Pattern[];
};

export type Pattern = {
  /** What `found` calls it. */
  readonly entity: string;
  readonly action: Action;
  /** Where it matches; must take time linear in the text. */
  readonly find: (text: string) => readonly Range[];
};

/** Offsets in UTF-16 code units, `end` exclusive. */
export type Range = { readonly start: number; readonly end: number };
export type Found = Range & { readonly entity: string };

/** Masks everything that the guard knows. */
export const strictPolicy: Policy = {
  entities: {
    CREDIT_CARD: 'redact',
    CVV: 'redact',
    IBAN: 'redact',
    US_SSN: 'redact',
    BR_CPF: 'redact',
    BR_CNPJ: 'redact',
    EMAIL: 'redact',
    PHONE: 'redact',
  },
  patterns: [],
};

export const actionOn = (policy: Policy, entity: string): Action =>
  policy.patterns.find((pattern) => pattern.entity === entity)?.action ??
  policy.entities[entity as Entity];
